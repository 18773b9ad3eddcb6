"""Who may look, who may act, and how the first owner comes to be."""

import hmac
import logging
import secrets
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from dust.chats import Directory
from dust.ports import Clock, Owners

_log = logging.getLogger(__name__)

#: How long a pairing code can be used before it is renewed.
CODE_LIFETIME = timedelta(minutes=15)
#: Wrong codes after which pairing is closed until the next start.
WRONG_TRIES = 5


class Access:
    """The union of what the settings allow and the paired owner."""

    def __init__(
        self,
        chats: Collection[int],
        users: Collection[int],
        owners: Owners,
        directory: Directory,
    ) -> None:
        self._chats = frozenset(chats)
        self._users = frozenset(users)
        self._owners = owners
        self._directory = directory
        self._owner: int | None = None

    async def load(self) -> None:
        """Reads the owner; to be called before the first question and after pairing."""
        self._owner = await self._owners.get()

    @property
    def nobody(self) -> bool:
        """Whether no chat at all may use the bot yet."""
        return not self._chats and self._owner is None

    def may_look(self, chat_id: int) -> bool:
        """Whether the chat may use the bot."""
        return chat_id in self._chats or chat_id in self._present_chats() or chat_id == self._owner

    def may_act(self, chat_id: int, user_id: int) -> bool:
        """Whether this person may convert and change settings in this chat."""
        if not self.may_look(chat_id):
            return False
        return chat_id == user_id or user_id in self._users or user_id == self._owner

    def hears(self, chat_id: int) -> bool:
        """Whether the chat takes messages, as far as is known."""
        return self._directory.muted_since(chat_id) is None

    def idle_groups(self) -> tuple[int, ...]:
        """Allowed groups in which nobody may convert."""
        if self._users or self._owner is not None:
            return ()
        return tuple(sorted(chat for chat in self._chats if chat < 0))

    def moved_groups(self) -> tuple[tuple[int, int], ...]:
        """Allowed chats that the settings name by a former id, each with its present one."""
        homes = ((chat, self._directory.home(chat)) for chat in sorted(self._chats))
        return tuple((chat, home) for chat, home in homes if chat != home)

    async def chats(self, account: str) -> tuple[int, ...]:
        """The chats that hear of the account: all that can be written to."""
        everyone = await self.everyone(account)
        return tuple(chat for chat in everyone if self._directory.muted_since(chat) is None)

    async def everyone(self, account: str) -> tuple[int, ...]:
        """The chats that may see the account: all of them."""
        owner = () if self._owner is None else (self._owner,)
        return tuple(sorted(self._present_chats().union(owner)))

    def _present_chats(self) -> frozenset[int]:
        return frozenset(self._directory.home(chat) for chat in self._chats)


class Pairing:
    """A one-time code makes the private chat that sends it the owner, once and for all."""

    def __init__(
        self, access: Access, owners: Owners, clock: Clock, announce: Callable[[str], None]
    ) -> None:
        self._access = access
        self._owners = owners
        self._clock = clock
        self._announce = announce
        self._code: str | None = None
        self._renew_at: datetime | None = None
        self._wrong = 0

    def tick(self) -> None:
        """Announces a new code when there is nobody yet and the last code is over."""
        now = self._clock.now()
        if not self._access.nobody or self._wrong >= WRONG_TRIES:
            self._code = None
            return
        if self._renew_at is None or now >= self._renew_at:
            self._code = secrets.token_urlsafe(12)
            self._renew_at = now + CODE_LIFETIME
            self._announce(self._code)

    async def redeem(self, code: str, user_id: int) -> bool:
        """Makes this person the owner if the code is right and in time."""
        now = self._clock.now()
        if self._code is None or self._renew_at is None or now >= self._renew_at:
            return False
        if not hmac.compare_digest(code.encode(), self._code.encode()):
            self._refuse()
            return False
        self._code = None
        claimed = await self._owners.claim(user_id, now)
        await self._access.load()
        return claimed

    def _refuse(self) -> None:
        self._wrong += 1
        if self._wrong >= WRONG_TRIES:
            self._code = None
            _log.warning(
                "pairing is closed after %s wrong codes; a new start shows a new code", self._wrong
            )
