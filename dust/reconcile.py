"""Unknown is settled by looking, never by sending again."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from dust.conversion import (
    TRANSITIONS,
    Absent,
    ClosedBy,
    Conversion,
    Found,
    OpenDoubt,
    Pending,
    Settlement,
    State,
    Undecided,
)
from dust.cooldown import ConversionCooldown, LearnedFrom, after_conversion
from dust.notices import Addressed, AskOwner, Notice, Outcome, Settled
from dust.ports import Clock, ConversionJournal, Cooldowns, ExchangeAccount
from dust.refusal import Refusal, RefusalKind
from dust.remedy import Remedy

_log = logging.getLogger(__name__)

#: After this time the request can no longer reach the exchange nor still be at work there: ten seconds of
#: receive window, ten until Binance's own backend gives up, thirty of our time-out, and a margin.
HORIZON = timedelta(seconds=90)
#: Proofs of absence in a row, all after the horizon, that close a doubt.
ABSENTS_NEEDED = 2
#: Conversions this much older than the attempt are held against the log too.
NEIGHBOURS = timedelta(days=1)
#: A doubt older than this is put to the owner.
ASK_AFTER = timedelta(days=1)
#: An accepted order that ends within this time needs no message of its own.
SOON = timedelta(minutes=1)
#: Seconds between looks; the last one repeats.
PAUSES = (5, 10, 20, 30, 30, 60, 120, 300, 600, 1800, 3600)


class Reconciler:
    """Looks for what became of every conversion whose answer was lost."""

    def __init__(
        self,
        accounts: Mapping[str, ExchangeAccount],
        journal: ConversionJournal,
        cooldowns: Cooldowns,
        clock: Clock,
    ) -> None:
        self._accounts = accounts
        self._journal = journal
        self._cooldowns = cooldowns
        self._clock = clock

    async def tick(self, account: str) -> None:
        """One look at each doubt of the account that is due."""
        for doubt in await self._journal.doubts(self._clock.now()):
            if doubt.conversion.account == account:
                await self._look(doubt)

    async def look_now(self, conversion_id: str) -> None:
        """Brings the next look forward; the tick does the looking."""
        await self._journal.hasten(conversion_id, self._clock.now())

    async def close_by_owner(self, conversion_id: str, *, went_through: bool) -> Conversion | None:
        """Closes a doubt that was put to the owner; None if it is no longer open."""
        conversion = await self._journal.get(conversion_id)
        if conversion is None or conversion.asked_at is None or not conversion.is_live:
            return None
        now = self._clock.now()
        state = State.FILLED if went_through else State.NOT_EXECUTED
        if state not in TRANSITIONS[conversion.state]:
            doubted = Settlement(
                State.UNKNOWN, now, note="the owner says that it did not go through"
            )
            await self._journal.settle(conversion.id, doubted)
        return await self._journal.settle(
            conversion.id,
            Settlement(state, now, closed_by=ClosedBy.OWNER, note="closed by the owner"),
            notices=_addressed(conversion, Outcome(conversion.id), in_place=True),
            cooldown=await self._cooldown(conversion, conversion.attempt_at)
            if went_through
            else None,
        )

    async def _look(self, doubt: OpenDoubt) -> None:
        conversion = doubt.conversion
        others = await self._others(conversion)
        result = await self._accounts[conversion.account].lookup(conversion, others)
        now = self._clock.now()
        match result:
            case Found(fills, partly):
                complete = {fill.asset for fill in fills} >= set(conversion.quote.assets)
                state = State.FILLED if complete and not partly else State.PARTLY_FILLED
                cooldown = await self._cooldown(conversion, max(fill.at for fill in fills))
                settlement = Settlement(state, now, fills=fills, closed_by=ClosedBy.LOOKING)
                await self._close(conversion, settlement, cooldown)
            case Absent(final=True):
                await self._close(conversion, _failed(conversion, now), None)
            case Absent() if conversion.state is State.ACCEPTED:
                await self._wait(doubt, "an order that was accepted is not shown", now)
            case Absent():
                await self._absent(doubt, now)
            case Pending():
                await self._wait(replace(doubt, absents=0), "the exchange is still at it", now)
            case Undecided(why):
                await self._wait(replace(doubt, absents=0), why, now)
            case _:
                assert_never(result)

    async def _others(self, conversion: Conversion) -> tuple[Conversion, ...]:
        """Those of its kind and about that time whose fills are known, by clocks that may differ by hours."""
        now = self._clock.now()
        since = (conversion.attempt_at or now) - NEIGHBOURS
        settled = await self._journal.settled_between(conversion.account, since, now)
        remedy = conversion.quote.remedy
        return tuple(other for other in settled if other.fills and other.quote.remedy is remedy)

    async def _absent(self, doubt: OpenDoubt, now: datetime) -> None:
        attempt_at = doubt.conversion.attempt_at or now
        if now < attempt_at + HORIZON:
            await self._wait(doubt, "no trace yet; the request may still be under way", now)
            return
        counted = replace(doubt, absents=doubt.absents + 1)
        if counted.absents >= ABSENTS_NEEDED:
            await self._close(doubt.conversion, _failed(doubt.conversion, now), None)
        else:
            await self._wait(counted, "no trace", now)

    async def _close(
        self,
        conversion: Conversion,
        settlement: Settlement,
        cooldown: ConversionCooldown | None,
    ) -> None:
        notices = _addressed(conversion, Outcome(conversion.id), in_place=True)
        if not _is_soon(conversion, settlement):
            notices += _addressed(conversion, Settled(conversion.id), in_place=False)
        try:
            await self._journal.settle(
                conversion.id, settlement, notices=notices, cooldown=cooldown
            )
        except ValueError:
            if await self._is_live(conversion.id):
                raise
            # The owner has answered meanwhile: where the log knows better, its next reading corrects that.
            _log.info("conversion %s was closed while it was looked up", conversion.id)

    async def _is_live(self, conversion_id: str) -> bool:
        conversion = await self._journal.get(conversion_id)
        return conversion is not None and conversion.is_live

    async def _wait(self, doubt: OpenDoubt, note: str, now: datetime) -> None:
        pause = timedelta(seconds=PAUSES[min(doubt.looks, len(PAUSES) - 1)])
        later = replace(doubt, looks=doubt.looks + 1, next_look_at=now + pause)
        await self._journal.note_look(later, note, now)
        conversion = doubt.conversion
        asked = conversion.asked_at is not None
        if not asked and now >= (conversion.attempt_at or now) + ASK_AFTER:
            notices = _addressed(conversion, AskOwner(conversion.id), in_place=False)
            await self._journal.ask_owner(conversion.id, notices, now)

    async def _cooldown(
        self, conversion: Conversion, at: datetime | None
    ) -> ConversionCooldown | None:
        if at is None or conversion.quote.remedy is not Remedy.DUST:
            return None
        previous = await self._cooldowns.get(conversion.account)
        return after_conversion(
            previous, conversion.account, at, LearnedFrom.SUCCESS, self._clock.now()
        )


def _is_soon(conversion: Conversion, settlement: Settlement) -> bool:
    """Whether an order that was accepted has ended while whoever confirmed it still looks at the message."""
    accepted = conversion.state is State.ACCEPTED and conversion.attempt_at is not None
    return accepted and settlement.at < (conversion.attempt_at or settlement.at) + SOON


def _failed(conversion: Conversion, now: datetime) -> Settlement:
    """The exchange says itself that it has not carried it out: a refusal of what it had accepted."""
    if conversion.state is State.ACCEPTED:
        refusal = Refusal(RefusalKind.FAILED)
        return Settlement(State.REFUSED, now, refusal=refusal, closed_by=ClosedBy.LOOKING)
    return Settlement(State.NOT_EXECUTED, now, closed_by=ClosedBy.LOOKING)


def _addressed(conversion: Conversion, notice: Notice, *, in_place: bool) -> tuple[Addressed, ...]:
    if conversion.chat_id is None:
        return ()
    return (Addressed(conversion.chat_id, notice, conversion.message_id if in_place else None),)
