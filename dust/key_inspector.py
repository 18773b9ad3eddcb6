"""Reads what the accounts' keys may do, and has the chats told what is wrong with them."""

import logging
from collections.abc import Mapping
from dataclasses import replace

from dust.errors import DustError
from dust.key_health import KeyHealth, untold
from dust.notices import Addressed, KeyWarned
from dust.ports import Audience, Clock, ExchangeAccount, KeyRecords

_log = logging.getLogger(__name__)


class KeyInspector:
    """A warning is told when it is new; a key that can't be read is no trouble of its own."""

    def __init__(
        self,
        accounts: Mapping[str, ExchangeAccount],
        records: KeyRecords,
        audience: Audience,
        clock: Clock,
    ) -> None:
        self._accounts = accounts
        self._records = records
        self._audience = audience
        self._clock = clock

    async def restart(self, account: str) -> None:
        """At the start of the process: the key is read with the next look."""
        health = await self._records.get(account)
        await self._records.save(replace(health, next_read_at=None))

    async def inspect(self, account: str, *, at_once: bool = False) -> None:
        """Reads the key's permissions if that is due, or `at_once`; not while nobody could be told."""
        health = await self._records.get(account)
        chats = await self._audience.chats(account)
        if not chats or not (at_once or health.is_due(self._clock.now())):
            return
        try:
            report = await self._accounts[account].check_key()
        except DustError as error:
            _log.info("account %s: the key's permissions could not be read: %s", account, error)
            await self._records.save(health.as_unread(self._clock.now()))
        else:
            await self._note(health, health.as_read(report, self._clock.now()), chats)

    async def _note(self, before: KeyHealth, after: KeyHealth, chats: tuple[int, ...]) -> None:
        news = untold(before.warnings, after.warnings)
        for warning in news:
            _log.warning("account %s: look at its API key: %s", after.account, warning)
        told = KeyWarned(after.account, news)
        await self._records.save(
            after, tuple(Addressed(chat_id, told) for chat_id in chats) if news else ()
        )
