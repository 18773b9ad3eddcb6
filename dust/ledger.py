"""What the journal adds up to: which conversions somebody asks for, and what all of them have brought."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from dust.conversion import Conversion
from dust.money import ZERO, Money, Rates
from dust.ports import Clock, ConversionJournal, Preferences, Snapshots
from dust.which import Kind, Which

#: How far back it is looked for how long dust lay.
WATCHED = timedelta(days=90)
_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Brought:
    """What some conversions have brought: `coins` after fees by target, `worth` of all of it in the currency
    of the statistics at the newest known prices, None where a price is missing."""

    count: int
    coins: Mapping[str, Decimal]
    worth: Decimal | None


@dataclass(frozen=True, slots=True)
class Month:
    """One calendar month in the chat's time zone."""

    year: int
    month: int
    brought: Brought


@dataclass(frozen=True, slots=True)
class Source:
    """A token that was converted `count` times; `worth` as in `Brought`, of what it brought after fees."""

    asset: str
    worth: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class Stats:
    """An account's conversions as one chat sees them, imported ones included.

    `lay` is the median of how long a token had been dust before it was converted, over `lay_count` of them,
    as far as it was watched. `unproven` counts what rests on the owner's word and is in no sum; `differing`
    those after which the balance had changed by something else than the exchange has reported. `priced_at`
    is None where no prices are known.
    """

    account: str
    currency: str
    wanted_currency: str
    all: Brought
    tokens: int
    months: tuple[Month, ...]
    fees: Brought
    sources: tuple[Source, ...]
    lay: timedelta | None
    lay_count: int
    unproven: int
    differing: int
    priced_at: datetime | None


class LedgerService:
    """Adds up what was stored; no exchange is asked."""

    def __init__(
        self,
        journal: ConversionJournal,
        snapshots: Snapshots,
        preferences: Preferences,
        clock: Clock,
    ) -> None:
        self._journal = journal
        self._snapshots = snapshots
        self._preferences = preferences
        self._clock = clock

    async def stats(self, account: str, chat_id: int) -> Stats:
        """Everything the account has ever converted, at the prices of the watcher's last look."""
        settings = await self._preferences.get(chat_id)
        newest = await self._snapshots.latest(account)
        rates = newest.rates if newest else None
        executed, _ = await self._journal.history(
            (account,), which=Which(Kind.CONVERTED), limit=_ALL, offset=0
        )
        proven = [one for one in executed if one.fills]
        currency = rates.shown_currency(settings.currency) if rates else settings.currency
        lay = _lay_times(
            await self._snapshots.presence(account, self._clock.now() - WATCHED), proven
        )
        return Stats(
            account=account,
            currency=currency,
            wanted_currency=settings.currency,
            all=_brought(proven, rates, currency),
            tokens=sum(len({fill.asset for fill in one.fills}) for one in proven),
            months=_months(proven, rates, currency, settings.timezone),
            fees=_fees(proven, rates, currency),
            sources=_sources(proven, rates, currency),
            lay=sorted(lay)[len(lay) // 2] if lay else None,
            lay_count=len(lay),
            unproven=len(executed) - len(proven),
            differing=sum(one.unexplained is not None for one in proven),
            priced_at=rates.taken_at if rates else None,
        )


def _brought(conversions: Sequence[Conversion], rates: Rates | None, currency: str) -> Brought:
    coins = _sum((one.quote.target, one.net) for one in conversions)
    return Brought(len(conversions), coins, _worth(coins, rates, currency))


def _fees(conversions: Sequence[Conversion], rates: Rates | None, currency: str) -> Brought:
    own = ((one.quote.target, one.fee) for one in conversions)
    others = (pair for one in conversions for pair in one.fees_elsewhere.items())
    coins = {asset: fee for asset, fee in _sum((*own, *others)).items() if fee > ZERO}
    return Brought(len(conversions), coins, _worth(coins, rates, currency))


def _sum(pairs: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for asset, amount in pairs:
        sums[asset] = sums.get(asset, ZERO) + amount
    return sums


def _worth(coins: Mapping[str, Decimal], rates: Rates | None, currency: str) -> Decimal | None:
    total = ZERO
    for asset, amount in coins.items():
        worth = rates.exchange(Money(amount, asset), currency) if rates else None
        if worth is None:
            return None
        total += worth.amount
    return total


def _months(
    conversions: Sequence[Conversion], rates: Rates | None, currency: str, zone: ZoneInfo
) -> tuple[Month, ...]:
    """Newest first."""
    by_month: dict[tuple[int, int], list[Conversion]] = {}
    for one in conversions:
        local = (one.attempt_at or one.created_at).astimezone(zone)
        by_month.setdefault((local.year, local.month), []).append(one)
    return tuple(
        Month(*key, _brought(by_month[key], rates, currency))
        for key in sorted(by_month, reverse=True)
    )


def _sources(
    conversions: Sequence[Conversion], rates: Rates | None, currency: str
) -> tuple[Source, ...]:
    """The most valuable first; what has no price is left out."""
    worths: dict[str, Decimal] = {}
    counts: dict[str, int] = {}
    for one in conversions:
        for fill in one.fills:
            worth = _worth({one.quote.target: fill.net}, rates, currency)
            if worth is not None:
                worths[fill.asset] = worths.get(fill.asset, ZERO) + worth
        for asset in {fill.asset for fill in one.fills}:
            counts[asset] = counts.get(asset, 0) + 1
    sources = [Source(asset, worths[asset], counts[asset]) for asset in worths]
    return tuple(sorted(sources, key=lambda source: (-source.worth, source.asset)))


def _lay_times(
    presence: Sequence[tuple[datetime, frozenset[str]]], conversions: Sequence[Conversion]
) -> list[timedelta]:
    """For each converted token how long it had been among the dust without a break, where that was seen."""
    times = []
    for one in conversions:
        at = one.attempt_at or one.created_at
        before = [(seen_at, assets) for seen_at, assets in presence if seen_at <= at]
        for asset in {fill.asset for fill in one.fills}:
            since = _since(before, asset)
            if since is not None:
                times.append(at - since)
    return times


def _since(before: Sequence[tuple[datetime, frozenset[str]]], asset: str) -> datetime | None:
    since = None
    for seen_at, assets in reversed(before):
        if asset not in assets:
            break
        since = seen_at
    return since
