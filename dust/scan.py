"""From an exchange's answers to what a chat sees of its dust."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from dust.model import (
    Balance,
    Candidate,
    Candidates,
    Capabilities,
    DustItem,
    DustReport,
    HeldBack,
    Reason,
)
from dust.money import DEFAULT_CURRENCY, ZERO, Rates
from dust.policy import DustPolicy, policy_of
from dust.ports import Clock, ExchangeAccount, Preferences
from dust.preferences import ChatSettings

#: A balance worth more than this many times the highest ceiling is a working balance, not nearly dust.
NEARLY_DUST = 2
#: What is worth less than this, in US dollars, counts as worth nothing.
NOTHING = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at an account: what is offered, what is there, what it is worth."""

    candidates: Candidates
    balances: tuple[Balance, ...]
    rates: Rates
    taken_at: datetime


def find_dust(reading: Reading, capabilities: Capabilities, settings: ChatSettings) -> DustReport:
    """The chat's view of a reading: what its policy spares is in no total, worths are in its currency."""
    currency = reading.rates.shown_currency(settings.currency)
    policy = policy_of(settings, reading.rates)
    offered = reading.candidates.items
    spared = [policy.spares(candidate.asset, candidate.worth) for candidate in offered]
    counted = [c for c, reason in zip(offered, spared, strict=True) if reason is None]
    held_back = _held_back(reading, capabilities, policy)
    return DustReport(
        account=reading.candidates.account,
        target=reading.candidates.target,
        currency=currency,
        wanted_currency=settings.currency,
        items=tuple(
            _item(candidate, reading.rates, currency)
            for candidate in sorted(counted, key=_by_worth)
            if candidate.net > ZERO
        ),
        held_back=tuple(
            _seen(row, reading.rates, currency) for row in sorted(held_back, key=_by_worth)
        ),
        taken_at=reading.taken_at,
        remedies=capabilities.remedies,
        above_ceiling=spared.count(Reason.ABOVE_OWN_CEILING),
    )


def _by_worth(row: Candidate | HeldBack) -> tuple[Decimal, str]:
    return (-row.worth, row.asset)


def _item(candidate: Candidate, rates: Rates, currency: str) -> DustItem:
    return DustItem(
        candidate.asset,
        candidate.amount,
        rates.worth(candidate.worth, currency),
        candidate.gross,
        candidate.fee,
        candidate.net,
    )


def _seen(row: HeldBack, rates: Rates, currency: str) -> HeldBack:
    """The row in the chat's currency."""
    worthless = row.reason is Reason.TOO_SMALL or rates.worth(row.worth, DEFAULT_CURRENCY) < NOTHING
    return replace(row, worth=rates.worth(row.worth, currency), worthless=worthless)


def _held_back(
    reading: Reading, capabilities: Capabilities, policy: DustPolicy
) -> Iterable[HeldBack]:
    """Rows with the worth still in the base asset."""
    offered = {candidate.asset: candidate for candidate in reading.candidates.items}
    largest_offered = max((candidate.worth for candidate in offered.values()), default=ZERO)
    lowest, highest = capabilities.ceiling_range
    for balance in reading.balances:
        if balance.asset == reading.candidates.target:
            continue
        candidate = offered.get(balance.asset)
        unit = _unit_worth(balance, candidate)
        worth = max(unit * balance.total, candidate.worth if candidate else ZERO)
        if worth > highest * NEARLY_DUST or policy.exceeds(worth):
            continue
        if balance.asset in policy.protected:
            yield _row(balance.asset, balance.total, unit, Reason.PROTECTED)
            continue
        yield from _not_free(balance, unit)
        if candidate is None and balance.free > ZERO:
            above = unit * balance.free > max(largest_offered, lowest)
            reason = Reason.ABOVE_CEILING if above else Reason.NOT_SUPPORTED
            yield _row(balance.asset, balance.free, unit, reason)
        elif candidate is not None and candidate.net <= ZERO:
            yield _row(balance.asset, balance.free, unit, Reason.TOO_SMALL)


def _not_free(balance: Balance, unit: Decimal) -> Iterable[HeldBack]:
    for amount, reason in (
        (balance.locked, Reason.LOCKED),
        (balance.frozen, Reason.FROZEN),
        (balance.withdrawing, Reason.WITHDRAWING),
    ):
        if amount > ZERO:
            yield _row(balance.asset, amount, unit, reason)


def _row(asset: str, amount: Decimal, unit: Decimal, reason: Reason) -> HeldBack:
    return HeldBack(asset, amount, amount * unit, reason)


def _unit_worth(balance: Balance, candidate: Candidate | None) -> Decimal:
    """What one unit is worth in the base asset; zero where the exchange has no price."""
    if candidate is not None and candidate.amount > ZERO:
        return candidate.worth / candidate.amount
    return balance.worth / balance.total if balance.total > ZERO else ZERO


#: An account, and the target that its dust shall become.
_Wanted = tuple[str, str | None]


class DustScanner:
    """Reads accounts. People who ask at the same moment share one reading."""

    def __init__(
        self, accounts: Mapping[str, ExchangeAccount], preferences: Preferences, clock: Clock
    ) -> None:
        self._accounts = accounts
        self._preferences = preferences
        self._clock = clock
        self._latest: dict[_Wanted, Reading] = {}
        self._under_way: dict[_Wanted, asyncio.Task[Reading]] = {}

    async def report(
        self,
        account: str,
        chat_id: int,
        *,
        target: str | None = None,
        max_age: timedelta = timedelta(0),
    ) -> DustReport:
        """The chat's dust and what it would bring in `target` (the exchange's own one if None). A reading
        up to `max_age` old serves as well (for turning pages).

        Raises `dust.errors` where the exchange can't be read or does not convert into the target.
        """
        settings = await self._preferences.get(chat_id)
        wanted = (account, target)
        reading = self._recent(wanted, max_age) or await self._read_shared(wanted)
        return find_dust(reading, self._accounts[account].capabilities, settings)

    def _recent(self, wanted: _Wanted, max_age: timedelta) -> Reading | None:
        latest = self._latest.get(wanted)
        if latest is None or self._clock.now() - latest.taken_at >= max_age:
            return None
        return latest

    async def _read_shared(self, wanted: _Wanted) -> Reading:
        task = self._under_way.get(wanted)
        if task is None:
            task = asyncio.create_task(self._read(wanted))
            self._under_way[wanted] = task
            task.add_done_callback(partial(self._is_over, wanted))
        return await asyncio.shield(task)

    def _is_over(self, wanted: _Wanted, task: asyncio.Task[Reading]) -> None:
        self._under_way.pop(wanted, None)
        if not task.cancelled():
            task.exception()  # whoever asked has been told, or is gone

    async def _read(self, wanted: _Wanted) -> Reading:
        account, target = wanted
        exchange = self._accounts[account]
        candidates, balances, rates = await asyncio.gather(
            exchange.candidates(target), exchange.balances(), exchange.rates()
        )
        reading = Reading(candidates, balances, rates, self._clock.now())
        self._latest[wanted] = reading
        return reading
