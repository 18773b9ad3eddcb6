"""The rules of Spot Convert that Binance changes from time to time; all can be turned at any moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from enum import Enum


class SwapStatus(Enum):
    """The documented states of an order."""

    PROCESS = "PROCESS"
    ACCEPT_SUCCESS = "ACCEPT_SUCCESS"
    SUCCESS = "SUCCESS"
    FAIL = "FAIL"


@dataclass(slots=True)
class SwapRules:
    """``minimum`` and ``maximum`` are worths in USDT, both inclusive, of what is paid; ``limits`` has the
    least and the most of a pair, in what is paid, where they are others. None of them is published.

    ``fractions`` has the decimal places that an amount of an asset may have, where these are not eight.
    An accepted order stays ``waits_as`` for ``takes`` and then succeeds, unless ``fails``.
    ``quotes_an_hour`` is a limit on getQuote. ``closed`` are pairs that are not traded. While not
    ``authorized``, the account has not been let in: quotes and acceptances get -1002.
    """

    minimum: Decimal = Decimal(1)
    maximum: Decimal = Decimal(1_000_000)
    limits: dict[tuple[str, str], tuple[Decimal, Decimal]] = field(default_factory=dict)
    fractions: dict[str, int] = field(default_factory=dict)
    spread: Decimal = Decimal("0.003")
    takes: timedelta = timedelta(0)
    waits_as: SwapStatus = SwapStatus.PROCESS
    fails: bool = False
    quotes_an_hour: int | None = None
    closed: set[tuple[str, str]] = field(default_factory=set)
    authorized: bool = True

    def fraction(self, asset: str) -> int:
        return self.fractions.get(asset, 8)
