"""Conversions made outside Dustpan, found in the exchange's own log."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from dust.conversion import (
    ClosedBy,
    Conversion,
    LogRecord,
    Origin,
    Quote,
    QuoteLine,
    Settlement,
    State,
)
from dust.cooldown import ESTIMATED_LENGTH, LearnedFrom, after_conversion
from dust.money import ZERO
from dust.notices import Addressed, Corrected, Imported
from dust.ports import Audience, Clock, ConversionJournal, Cooldowns, ExchangeAccount
from dust.recognition import SAME_TIME, recognise
from dust.remedy import Remedy

#: How far back the first reading goes.
FIRST_REACH = timedelta(days=365)
#: Later readings overlap the earlier ones by this, because a record may appear late.
OVERLAP = timedelta(days=2)


class ExchangeLogReader:
    """Imports what the log shows and the journal doesn't know; corrects what was closed otherwise."""

    def __init__(
        self,
        accounts: Mapping[str, ExchangeAccount],
        journal: ConversionJournal,
        cooldowns: Cooldowns,
        audience: Audience,
        clock: Clock,
    ) -> None:
        self._accounts = accounts
        self._journal = journal
        self._cooldowns = cooldowns
        self._audience = audience
        self._clock = clock

    async def read(self, account: str, last_read_at: datetime | None) -> bool:
        """Reads the log once; False if it had to wait because a conversion of the account is live.

        Raises `dust.errors` where the exchange can't be read. The first reading tells nobody.
        """
        if await self._journal.live(account) is not None:
            return False
        now = self._clock.now()
        since = last_read_at - OVERLAP if last_read_at else now - FIRST_REACH
        records = await self._accounts[account].history(since)
        if await self._journal.live(account) is not None:
            return False  # it went live while the log was on its way: the record may be its own
        known = await self._journal.settled_between(account, since - SAME_TIME, now)
        ours = [one for one in known if one.quote.remedy is Remedy.DUST]
        told = await self._audience.everyone(account) if last_read_at else ()
        await self._start_cooldown(account, records, now)
        for record, conversion in recognise(records, ours):
            if conversion is None:
                await self._import(account, record, told)
            elif not conversion.fills:
                await self._correct(conversion, record)
        return True

    async def _import(self, account: str, record: LogRecord, told: Sequence[int]) -> None:
        imported = _imported(account, record)
        notices = tuple(Addressed(chat, Imported(imported.id)) for chat in told)
        await self._journal.add_imported(imported, notices)

    async def _correct(self, conversion: Conversion, record: LogRecord) -> None:
        filled = {fill.asset for fill in record.fills} >= set(conversion.quote.assets)
        settlement = Settlement(
            State.FILLED if filled else State.PARTLY_FILLED,
            self._clock.now(),
            fills=record.fills,
            closed_by=ClosedBy.LOOKING,
            note="the exchange's log shows it",
        )
        chat = conversion.chat_id
        notices = () if chat is None else (Addressed(chat, Corrected(conversion.id)),)
        await self._journal.correct(conversion.id, settlement, notices)

    async def _start_cooldown(
        self, account: str, records: Sequence[LogRecord], now: datetime
    ) -> None:
        newest = max((record.at for record in records), default=None)
        previous = await self._cooldowns.get(account)
        length = (previous.length if previous else None) or ESTIMATED_LENGTH
        if newest is None or newest + length <= now:
            return
        cooldown = after_conversion(previous, account, newest, LearnedFrom.LOG, now)
        if cooldown != previous:
            await self._cooldowns.save(cooldown)


def _imported(account: str, record: LogRecord) -> Conversion:
    lines = tuple(
        QuoteLine(fill.asset, fill.amount, ZERO, fill.gross, fill.fee, fill.net)
        for fill in record.fills
    )
    return Conversion(
        id=secrets.token_hex(8),
        account=account,
        chat_id=None,
        user_id=None,
        origin=Origin.EXCHANGE,
        state=State.FILLED,
        quote=Quote(record.target, lines, record.at),
        created_at=record.at,
        expires_at=record.at,
        attempt_at=record.at,
        settled_at=record.at,
        closed_by=ClosedBy.LOOKING,
        fills=record.fills,
    )
