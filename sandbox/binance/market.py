"""Prices, and the pairs they make.

One price per asset, in BTC, is the only state; every pair's price follows from two of them, so
that no two pairs contradict each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from sandbox.binance.amounts import STEP, ZERO

MONEY = ("USDT", "USDC", "EUR", "GBP")
"""Assets that stand on the right of a pair: BTCUSDT, BNBEUR."""

START_PRICES = {
    "BTC": Decimal(1),
    "BNB": Decimal("0.01"),
    "USDT": Decimal("0.00001"),
    "USDC": Decimal("0.00001"),
    "EUR": Decimal("0.0000125"),
    "GBP": Decimal("0.000016"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A listed symbol; ``price`` is units of ``quote`` per unit of ``base``."""

    base: str
    quote: str
    price: Decimal

    @property
    def symbol(self) -> str:
        return self.base + self.quote


class Market:
    """Starts with BTC at 100000 USDT or USDC, 80000 EUR, 62500 GBP, and BNB at 0.01 BTC."""

    def __init__(self) -> None:
        self._prices = dict(START_PRICES)
        self._removed: set[str] = set()
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        self.delistings: dict[str, datetime] = {}

    def set_price(self, asset: str, in_btc: Decimal) -> None:
        """Price of one unit of ``asset`` in BTC, any number of decimal places."""
        if in_btc <= ZERO:
            raise ValueError(f"the price of {asset} must be positive, not {in_btc}")
        self._prices[asset] = in_btc

    def remove_price(self, asset: str) -> None:
        """Delist ``asset``: no price, no pairs, no dust conversion."""
        self._prices.pop(asset, None)

    def remove_pair(self, symbol: str) -> None:
        """Take one symbol off the market; the asset itself keeps its price."""
        self._removed.add(symbol)

    def delist(self, symbol: str, at: datetime) -> None:
        """Puts one symbol on the schedule; at that time (aware UTC) it is gone.

        An asset whose last pair goes that way has no price any more: as ``remove_price``.
        """
        self.delistings[symbol] = at

    def restore_pair(self, symbol: str) -> None:
        self._removed.discard(symbol)

    def assets(self) -> list[str]:
        """Every traded asset, by code."""
        return sorted(asset for asset in self._prices if not self._is_delisted(asset))

    def price(self, asset: str) -> Decimal | None:
        """BTC per unit, or None if the asset is not traded."""
        return None if self._is_delisted(asset) else self._prices.get(asset)

    def worth_btc(self, asset: str, amount: Decimal) -> Decimal | None:
        price = self.price(asset)
        return None if price is None else amount * price

    def pairs(self) -> Mapping[str, Pair]:
        """Listed pairs by symbol. A price that eight places can't show has no pair."""
        candidates = (self._pair(base, quote) for base in self._prices for quote in _quotes(base))
        return {pair.symbol: pair for pair in candidates if pair and not self._is_gone(pair.symbol)}

    def _is_delisted(self, asset: str) -> bool:
        if not any(self._has_ended(asset + quote) for quote in _quotes(asset)):
            return False
        pairs = filter(None, (self._pair(asset, quote) for quote in _quotes(asset)))
        return all(self._is_gone(pair.symbol) for pair in pairs)

    def _is_gone(self, symbol: str) -> bool:
        return symbol in self._removed or self._has_ended(symbol)

    def _has_ended(self, symbol: str) -> bool:
        at = self.delistings.get(symbol)
        return at is not None and self.now() >= at

    def _pair(self, base: str, quote: str) -> Pair | None:
        if base not in self._prices or quote not in self._prices:
            return None
        price = (self._prices[base] / self._prices[quote]).quantize(STEP)
        return Pair(base, quote, price) if price >= STEP else None


def _quotes(base: str) -> tuple[str, ...]:
    if base == "BTC":
        return MONEY
    if base == "BNB":
        return ("BTC", *MONEY)
    if base in MONEY:
        return () if base == "USDT" else ("USDT",)
    return ("BTC", "USDT")
