"""The periodic report: what came, what was converted, what it brought, what lies there now."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from dust.conversion import Conversion, State
from dust.model import Snapshot, SnapshotLine
from dust.money import ZERO, Money, Rates
from dust.notices import Addressed, PeriodReport
from dust.policy import policy_of
from dust.ports import (
    Clock,
    ConversionJournal,
    ExchangeAccount,
    Preferences,
    ReportCalendar,
    Snapshots,
)
from dust.preferences import ChatSettings, next_report_at


@dataclass(frozen=True, slots=True)
class Arrival:
    """Dust that appeared within a period: `amount` in the asset, `worth` in the summary's currency."""

    asset: str
    amount: Decimal
    worth: Decimal


@dataclass(frozen=True, slots=True)
class Summary:
    """A period as one chat sees it. `brought` is the net of each target asset; `brought_worth` today's
    worth of all of it, None where a price is missing. `lies` is None when the account was never read."""

    account: str
    since: datetime
    until: datetime
    currency: str
    wanted_currency: str
    arrivals: tuple[Arrival, ...]
    conversions: tuple[Conversion, ...]
    brought: Mapping[str, Decimal]
    brought_worth: Decimal | None
    lies: Money | None
    lies_count: int


class ReportService:
    """Plans, issues and fills the periodic reports of the chats."""

    def __init__(
        self,
        accounts: Mapping[str, ExchangeAccount],
        *,
        calendar: ReportCalendar,
        preferences: Preferences,
        snapshots: Snapshots,
        journal: ConversionJournal,
        clock: Clock,
    ) -> None:
        self._accounts = accounts
        self._calendar = calendar
        self._preferences = preferences
        self._snapshots = snapshots
        self._journal = journal
        self._clock = clock

    async def plan(self, settings: ChatSettings) -> datetime | None:
        """Sets when the chat's next report is due, after its schedule or time zone has changed."""
        now = self._clock.now()
        next_at = _next(settings, now)
        await self._calendar.plan(settings.chat_id, next_at, since=now)
        return next_at

    async def resume(self, chats: Iterable[int]) -> None:
        """At the start of the process: plans what a crash left switched on but unplanned."""
        for chat_id in chats:
            settings = await self._preferences.get(chat_id)
            if settings.report is not None and await self._calendar.next_at(chat_id) is None:
                await self.plan(settings)

    async def tick(self) -> None:
        """Queues every report that is due and plans the one after it; a missed one comes once, late."""
        now = self._clock.now()
        for chat_id, since in await self._calendar.due(now):
            settings = await self._preferences.get(chat_id)
            next_at = _next(settings, now)
            if next_at is None:
                await self._calendar.plan(chat_id, None, since=now)
                continue
            notices = [
                Addressed(chat_id, PeriodReport(account, since, now)) for account in self._accounts
            ]
            await self._calendar.issue(chat_id, next_at, since=now, notices=notices)

    async def summary(self, period: PeriodReport, chat_id: int) -> Summary:
        """The contents of a report, from what was stored; the exchange is not asked."""
        settings = await self._preferences.get(chat_id)
        snapshots = await self._snapshots.between(period.account, period.since, period.until)
        conversions = tuple(
            conversion
            for conversion in await self._journal.settled_between(
                period.account, period.since, period.until
            )
            if conversion.state in (State.FILLED, State.PARTLY_FILLED)
        )
        return summarise(period, settings, snapshots, conversions)


def summarise(
    period: PeriodReport,
    settings: ChatSettings,
    snapshots: Sequence[Snapshot],
    conversions: tuple[Conversion, ...],
) -> Summary:
    """The chat's view of a period; what its policy spares is left out."""
    newest = snapshots[-1] if snapshots else None
    currency = newest.rates.shown_currency(settings.currency) if newest else settings.currency
    brought: dict[str, Decimal] = {}
    for conversion in conversions:
        target = conversion.quote.target
        brought[target] = brought.get(target, ZERO) + conversion.net
    lines = _counted(newest, settings) if newest else []
    in_base = sum((line.worth for line in lines), ZERO)
    return Summary(
        account=period.account,
        since=period.since,
        until=period.until,
        currency=currency,
        wanted_currency=settings.currency,
        arrivals=_arrivals(snapshots, currency, settings),
        conversions=conversions,
        brought=brought,
        brought_worth=_worth_of(brought, newest.rates, currency) if newest else None,
        lies=Money(newest.rates.worth(in_base, currency), currency) if newest else None,
        lies_count=len(lines),
    )


def _counted(snapshot: Snapshot, settings: ChatSettings) -> list[SnapshotLine]:
    """What was dust for the chat, at the prices of that moment."""
    policy = policy_of(settings, snapshot.rates)
    return [line for line in snapshot.lines if policy.spares(line.asset, line.worth) is None]


def _arrivals(
    snapshots: Sequence[Snapshot], currency: str, settings: ChatSettings
) -> tuple[Arrival, ...]:
    """Every increase between two snapshots, added up by asset, the most valuable first."""
    amounts: dict[str, Decimal] = {}
    worths: dict[str, Decimal] = {}
    for earlier, later in itertools.pairwise(snapshots):
        before = earlier.amounts()
        for line in _counted(later, settings):
            grown = line.amount - before.get(line.asset, ZERO)
            if grown <= ZERO or not later.rates.knows(currency):
                continue
            share = later.rates.worth(line.worth / line.amount * grown, currency)
            amounts[line.asset] = amounts.get(line.asset, ZERO) + grown
            worths[line.asset] = worths.get(line.asset, ZERO) + share
    arrivals = [Arrival(asset, amounts[asset], worths[asset]) for asset in amounts]
    return tuple(sorted(arrivals, key=lambda arrival: (-arrival.worth, arrival.asset)))


def _worth_of(brought: Mapping[str, Decimal], rates: Rates, currency: str) -> Decimal | None:
    total = ZERO
    for asset, amount in brought.items():
        worth = rates.exchange(Money(amount, asset), currency)
        if worth is None:
            return None
        total += worth.amount
    return total


def _next(settings: ChatSettings, now: datetime) -> datetime | None:
    if settings.report is None:
        return None
    return next_report_at(settings.report, settings.timezone, now)
