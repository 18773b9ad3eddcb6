"""An exchange account that answers as a test tells it, for what the wires can't be made to do."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from dust.conversion import (
    Absent,
    Conversion,
    ExecuteResult,
    Fill,
    Filled,
    LogRecord,
    LookupResult,
    Quote,
)
from dust.delisted import Delisting
from dust.errors import ExchangeUnavailable
from dust.model import Balance, Candidates, Capabilities, KeyReport, Limits
from dust.money import Rates
from dust.remedy import EVERYTHING, Wish
from tests.factories import NOON, a_quote


class HandClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.time = NOON

    def now(self) -> datetime:
        """Where its hands are."""
        return self.time

    def jump(self, span: timedelta) -> None:
        """Moves them."""
        self.time += span


def nothing() -> None:
    """What happens during a reading, unless a test says otherwise."""


class FakeAccount:
    """Offers ADA and TRX. `result` is what the one call gives, or raises; `calls` are the calls made."""

    def __init__(self, name: str = "main") -> None:
        self.name = name
        self.capabilities = Capabilities(
            "fake", "Fake", "BNB", "BTC", 100, (Decimal("0.0001"), Decimal("0.0012"))
        )
        self.quote = a_quote()
        self.result: ExecuteResult | Exception | None = None
        self.lookup_result: LookupResult = Absent()
        self.while_reading: Callable[[], None] = nothing
        self.calls: list[Conversion] = []

    async def prepare(self, wish: Wish = EVERYTHING) -> Quote:
        """The quote for what is asked for."""
        self.while_reading()
        wanted = set(self.quote.assets if wish.assets is None else wish.assets)
        return self.quote.only(frozenset(wanted))

    async def swap_limits(self, target: str) -> Mapping[str, Limits]:
        """It swaps nothing."""
        return {}

    async def execute(self, conversion: Conversion) -> ExecuteResult:
        """Counts the call and gives the result: everything is filled, unless told otherwise."""
        self.calls.append(conversion)
        if isinstance(self.result, Exception):
            raise self.result
        return self.result or Filled(fills_for(conversion))

    async def lookup(self, conversion: Conversion, others: Collection[Conversion]) -> LookupResult:
        """What a test has put there."""
        return self.lookup_result

    async def history(self, since: datetime) -> tuple[LogRecord, ...]:
        """An empty log."""
        return ()

    async def rates(self) -> Rates:
        """There are none."""
        raise ExchangeUnavailable("no prices")

    async def candidates(self, target: str | None = None) -> Candidates:
        """An empty list."""
        return Candidates(self.name, "BNB", (), NOON)

    async def balances(self) -> tuple[Balance, ...]:
        """An empty wallet."""
        return ()

    async def check_key(self) -> KeyReport:
        """It tells nothing."""
        return KeyReport(None, None, None, None)

    async def fees_in_token(self) -> bool:
        """They are."""
        return True

    async def pay_fees_in_token(self, on: bool) -> None:
        """It stays so."""

    async def delistings(self, held: Collection[str]) -> tuple[Delisting, ...]:
        """Nothing leaves."""
        return ()

    def rest_until(self, until: datetime) -> None:
        """It never asks for a pause."""

    async def close(self) -> None:
        """There is nothing to close."""


def fills_for(conversion: Conversion, trade: str = "") -> tuple[Fill, ...]:
    """What a full execution brings; `trade` in place of the conversion's id makes trade ids."""
    return tuple(
        Fill(
            f"{trade or conversion.id}:{line.asset}",
            line.asset,
            line.amount,
            line.gross,
            line.fee,
            NOON,
        )
        for line in conversion.quote.lines
    )
