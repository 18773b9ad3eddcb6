"""Spot pairs: what trades against what, the filters that an order must pass, prices, and the commission.

Source: spot documentation (exchangeInfo, "Filters", avgPrice, ticker/bookTicker), wallet documentation
(asset/tradeFee).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import lcm

from dust.errors import ExchangeRefused
from dust.money import ZERO
from dust.ports import Clock
from exchanges.answers import Malformed, amount, as_object, as_rows, flag, integer, positive, text
from exchanges.binance.wire import BinanceWire

#: A pair that does not exist is not asked for again this long.
MISSING_FOR = timedelta(hours=1)
#: Unknown symbol; characters that no symbol has.
_NO_SUCH_PAIR = frozenset({"-1121", "-1100"})
_MOST_PLACES = 20


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair and what it lets through as a market order.

    `step`, `least` and `most` in the base asset, `least_worth` in the quote asset; zero: no such limit.
    `averaged`: the worth of a market order counts at an average price, else at the last one.
    """

    symbol: str
    is_open: bool
    step: Decimal
    least: Decimal
    most: Decimal
    least_worth: Decimal
    averaged: bool

    def floor(self, quantity: Decimal) -> Decimal:
        """As much of it as an order may name."""
        return (quantity / self.step).to_integral_value(ROUND_FLOOR) * self.step

    def smallest(self, price: Decimal, margin: Decimal) -> Decimal:
        """The least that an order may name at this price, its worth above the minimum by `margin`."""
        least = max(self.least, self.least_worth * margin / price, self.step)
        return (least / self.step).to_integral_value(ROUND_CEILING) * self.step


class Pairs:
    """Reads one pair at a time: all of them together are megabytes."""

    def __init__(self, wire: BinanceWire, clock: Clock) -> None:
        self._wire = wire
        self._clock = clock
        self._missing: dict[str, datetime] = {}

    async def find(self, base: str, quote: str) -> Pair | None:
        """The pair, None where there is none. Unsigned, weight 20."""
        symbol = base + quote
        until = self._missing.get(symbol)
        if until is not None and self._clock.now() < until:
            return None
        ask = self._wire.client.public_get_exchangeinfo
        try:
            return await self._wire.read_public(
                lambda: ask({"symbol": symbol}), lambda answer: pair(answer, base, quote)
            )
        except ExchangeRefused as refused:
            if refused.code not in _NO_SUCH_PAIR:
                raise
        self._missing[symbol] = self._clock.now() + MISSING_FOR
        return None

    async def bid(self, symbol: str) -> Decimal:
        """What the best buyer pays for one, zero where nobody buys. Unsigned, weight 2."""
        ask = self._wire.client.public_get_ticker_bookticker
        return await self._wire.read_public(lambda: ask({"symbol": symbol}), _bid)

    async def average(self, symbol: str) -> Decimal:
        """The price that the worth of a market order is counted at. Unsigned, weight 2."""
        ask = self._wire.client.public_get_avgprice
        return await self._wire.read_public(lambda: ask({"symbol": symbol}), _average)

    async def commission(self, symbol: str) -> Decimal:
        """The share that a market order pays, without discounts. Signed, weight 1."""
        ask = self._wire.client.sapi_get_asset_tradefee
        return await self._wire.read(
            lambda: ask({"symbol": symbol}), lambda answer: _taker(answer, symbol)
        )


def pair(answer: object, base: str, quote: str) -> Pair | None:
    """The one pair that was asked for; None where the name stands for two other assets."""
    rows = as_rows(as_object(answer, "the pairs").get("symbols"), "symbols")
    if len(rows) != 1 or text(rows[0], "symbol") != base + quote:
        raise Malformed("symbols is not the one pair that was asked for")
    row = rows[0]
    if (text(row, "baseAsset"), text(row, "quoteAsset")) != (base, quote):
        return None
    filters = {text(one, "filterType"): one for one in as_rows(row.get("filters"), "filters")}
    lots = [filters[name] for name in ("LOT_SIZE", "MARKET_LOT_SIZE") if name in filters]
    least_worth, averaged = _least_worth(filters)
    return Pair(
        symbol=base + quote,
        is_open=_is_open(row),
        step=_common(_smallest_unit(row), *(amount(lot, "stepSize") for lot in lots)),
        least=max((amount(lot, "minQty") for lot in lots), default=ZERO),
        most=min(_above_zero(amount(lot, "maxQty") for lot in lots), default=ZERO),
        least_worth=least_worth,
        averaged=averaged,
    )


def _is_open(row: Mapping[str, object]) -> bool:
    kinds = row.get("orderTypes")
    market = isinstance(kinds, list) and "MARKET" in kinds
    return market and text(row, "status") == "TRADING" and row.get("isSpotTradingAllowed") is True


def _least_worth(filters: Mapping[str, Mapping[str, object]]) -> tuple[Decimal, bool]:
    """Of NOTIONAL or its older form; a switch that is missing counts as on."""
    least, averaged = ZERO, False
    for name, switch in (("NOTIONAL", "applyMinToMarket"), ("MIN_NOTIONAL", "applyToMarket")):
        row = filters.get(name)
        if row is not None and flag(row, switch) is not False:
            least = max(least, amount(row, "minNotional"))
            averaged = averaged or integer(row, "avgPriceMins") > 0
    return least, averaged


def _smallest_unit(row: Mapping[str, object]) -> Decimal:
    places = integer(row, "baseAssetPrecision")
    if not 0 <= places <= _MOST_PLACES:
        raise Malformed("baseAssetPrecision is beyond all reason")
    return Decimal(1).scaleb(-places)


def _common(unit: Decimal, *steps: Decimal) -> Decimal:
    """The smallest amount that is a multiple of every step; a step of zero does not count."""
    whole = [step / unit for step in _above_zero(steps)]
    if any(number % 1 for number in whole):
        raise Malformed("stepSize is finer than the asset")
    # Without zeros at the end: an order's quantity may not show more places than the asset has.
    return (lcm(*map(int, whole)) * unit).normalize() + ZERO


def _above_zero(amounts: Iterable[Decimal]) -> list[Decimal]:
    return [one for one in amounts if one > ZERO]


def _bid(answer: object) -> Decimal:
    return amount(as_object(answer, "the best offers"), "bidPrice")


def _average(answer: object) -> Decimal:
    return positive(as_object(answer, "the average price"), "price")


def _taker(answer: object, symbol: str) -> Decimal:
    rows = [row for row in as_rows(answer, "the fees") if text(row, "symbol") == symbol]
    if len(rows) != 1:
        raise Malformed("the fees are not those of the pair")
    share = amount(rows[0], "takerCommission")
    if share >= 1:
        raise Malformed("takerCommission is no share")
    return share
