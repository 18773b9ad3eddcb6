"""Whether a chat can be written to, and where it is since its id changed."""

import logging
from collections.abc import Mapping
from datetime import datetime

from dust.ports import Chats, Clock

_log = logging.getLogger(__name__)


class Directory:
    """What `Chats` keeps, at hand without asking the database each time."""

    def __init__(self, chats: Chats, clock: Clock) -> None:
        self._chats = chats
        self._clock = clock
        self._muted: Mapping[int, datetime] = {}
        self._moved: Mapping[int, int] = {}

    async def load(self) -> None:
        """Reads what is stored; to be called before the first question."""
        self._muted = await self._chats.muted()
        self._moved = await self._chats.moved()

    def muted_since(self, chat_id: int) -> datetime | None:
        """Since when the chat takes no messages; None if it does."""
        return self._muted.get(chat_id)

    def home(self, chat_id: int) -> int:
        """The chat's present id."""
        return self._moved.get(chat_id, chat_id)

    async def mute(self, chat_id: int, why: object) -> None:
        """The chat takes no messages: its notices wait until something comes from it."""
        now = self._clock.now()
        self._muted = {**self._muted, chat_id: now}  # whatever comes from it now lifts it again
        if await self._chats.mute(chat_id, now):
            _log.warning("chat %s takes no messages, its notices wait: %s", chat_id, why)
        await self.load()

    async def heard(self, chat_id: int) -> None:
        """Something came from the chat: what waited for it is delivered."""
        if chat_id not in self._muted:
            return
        if await self._chats.lift(chat_id):
            _log.info("chat %s takes messages again", chat_id)
        await self.load()

    async def follow(self, old_id: int, new_id: int) -> None:
        """The group has become a supergroup: everything of it belongs to the new id."""
        if self.home(old_id) == new_id:
            return
        await self._chats.move(old_id, new_id, self._clock.now())
        await self.load()
        _log.warning(
            "group %s has become %s and keeps all it had: name the new id in ALLOWED_CHATS",
            old_id,
            new_id,
        )
