"""What will no longer be traded: said while there is time."""

import logging
from collections.abc import Mapping
from datetime import timedelta

from dust.delisted import Delisting
from dust.errors import DustError
from dust.notices import Addressed, LeavesSoon
from dust.ports import Audience, Clock, Delistings, ExchangeAccount

_log = logging.getLogger(__name__)

#: How often the exchange's schedule is read.
INTERVAL = timedelta(days=1)


class DelistingWatch:
    """Reads the schedule once a day for what is held; a token whose last pairs go is told once."""

    def __init__(
        self,
        accounts: Mapping[str, ExchangeAccount],
        records: Delistings,
        audience: Audience,
        clock: Clock,
    ) -> None:
        self._accounts = accounts
        self._records = records
        self._audience = audience
        self._clock = clock

    async def look(self, account: str) -> None:
        """A schedule that can't be read now is read at the next look; nothing else waits for it."""
        now = self._clock.now()
        read_at = await self._records.read_at(account)
        chats = await self._audience.chats(account)
        if not chats or (read_at is not None and now < read_at + INTERVAL):
            return
        exchange = self._accounts[account]
        try:
            held = {one.asset for one in await exchange.balances()}
            found = await exchange.delistings(held)
        except DustError as error:
            _log.info("account %s: the delisting schedule could not be read: %s", account, error)
            return
        known = {one.asset: one for one in await self._records.of(account, now)}
        news = [one for one in found if one.last and not _is_told(known.get(one.asset), one)]
        notices = tuple(
            Addressed(chat_id, LeavesSoon(account, one.asset, one.at))
            for one in news
            for chat_id in chats
        )
        await self._records.save(account, found, now, notices)


def _is_told(known: Delisting | None, found: Delisting) -> bool:
    return known is not None and known.last and known.at == found.at
