"""Spot Convert's arithmetic: which pairs there are, their limits, and the terms of one swap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_UP, Context, Decimal

from sandbox.binance import errors
from sandbox.binance.amounts import ZERO, floor8
from sandbox.binance.market import Market
from sandbox.binance.swap_rules import SwapRules

QUOTED = ("USDT", "USDC", "BTC", "BNB")
"""What the emulated exchange swaps into. The real one has more pairs."""

_RATIO = Context(prec=8, rounding=ROUND_HALF_EVEN)
"""Ratios have eight digits that count: a coin may be worth less than 0.00000001 BTC."""


@dataclass(frozen=True, slots=True)
class SwapTerms:
    """``ratio`` is units of what is received for one of what is paid, after the spread."""

    from_amount: Decimal
    to_amount: Decimal
    ratio: Decimal

    @property
    def inverse_ratio(self) -> Decimal:
        return _RATIO.divide(Decimal(1), self.ratio)


@dataclass(frozen=True, slots=True)
class SwapQuote:
    """A binding offer; ``quote_id`` is empty where there are no funds for it."""

    quote_id: str
    from_asset: str
    to_asset: str
    terms: SwapTerms
    valid_until: datetime

    @property
    def from_amount(self) -> Decimal:
        return self.terms.from_amount

    @property
    def to_amount(self) -> Decimal:
        return self.terms.to_amount


class SwapQuotes:
    """Reckons at the market's prices of the moment."""

    def __init__(self, market: Market, rules: SwapRules) -> None:
        self._market = market
        self._rules = rules

    def is_pair(self, source: str, target: str) -> bool:
        """Whether this can be swapped for that at all."""
        traded = self._market.price(source) is not None and self._market.price(target) is not None
        closed = (source, target) in self._rules.closed
        return traded and source != target and target in QUOTED and not closed

    def limits(self, source: str, target: str) -> tuple[Decimal, Decimal]:
        """The least and the most of ``source`` that the pair takes, in units of ``source``."""
        return self._rules.limits.get((source, target)) or self.usual_limits(source)

    def usual_limits(self, asset: str) -> tuple[Decimal, Decimal]:
        """What the least and the most worth come to, in units of ``asset``."""
        in_usdt = self._price(asset) / self._price("USDT")
        return floor8(self._rules.minimum / in_usdt), floor8(self._rules.maximum / in_usdt)

    def terms(
        self, source: str, target: str, paid: Decimal | None, wanted: Decimal | None
    ) -> SwapTerms:
        """Terms for one of the two amounts, the other rounded in the exchange's favour."""
        if not self.is_pair(source, target):
            raise errors.swap_pair_unknown()
        ratio = _RATIO.multiply(self._price(source) / self._price(target), 1 - self._rules.spread)
        if wanted is None:
            terms = SwapTerms(paid or ZERO, self._down((paid or ZERO) * ratio, target), ratio)
        else:
            terms = SwapTerms(self._up(wanted / ratio, source), wanted, ratio)
        self._check(source, target, terms)
        return terms

    def _check(self, source: str, target: str, terms: SwapTerms) -> None:
        least, most = self.limits(source, target)
        if terms.from_amount < least or ZERO in (terms.from_amount, terms.to_amount):
            raise errors.swap_below_minimum()
        if terms.from_amount > most:
            raise errors.swap_above_maximum()
        sides = ((source, terms.from_amount), (target, terms.to_amount))
        if any(self._down(amount, asset) != amount for asset, amount in sides):
            raise errors.too_precise()

    def _down(self, amount: Decimal, asset: str) -> Decimal:
        return amount.quantize(self._step(asset), rounding=ROUND_DOWN)

    def _up(self, amount: Decimal, asset: str) -> Decimal:
        return amount.quantize(self._step(asset), rounding=ROUND_UP)

    def _step(self, asset: str) -> Decimal:
        return Decimal(1).scaleb(-self._rules.fraction(asset))

    def _price(self, asset: str) -> Decimal:
        price = self._market.price(asset)
        if price is None:
            raise errors.swap_pair_unknown()
        return price
