"""Binance's market sale of one token (spot documentation, "New order").

The order bears the conversion's id, which finds it again. That name guards against nothing: Binance refuses
a second order of the same name only while the first one is open.
"""

import asyncio
from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from dust.conversion import (
    Absent,
    Accepted,
    Conversion,
    ExecuteResult,
    Filled,
    Found,
    LookupResult,
    PartlyFilled,
    Pending,
    Quote,
    QuoteLine,
    Refused,
    Undecided,
)
from dust.errors import ExchangeRefused
from dust.model import LeftOut, Reason
from dust.money import DEFAULT_CURRENCY, ZERO, Money, Rates, floor_to
from dust.ports import Clock
from dust.refusal import Refusal, RefusalKind
from dust.remedy import Remedy, Wish
from exchanges.answers import Malformed
from exchanges.binance import orders
from exchanges.binance.codes import judge
from exchanges.binance.orders import Order, Sold
from exchanges.binance.pairs import Pairs
from exchanges.binance.prices import PriceBoard
from exchanges.binance.wallet import fetch_balances, missing_of, shortage
from exchanges.binance.wire import BinanceWire

#: What a token is sold for where nothing is wished, the first that it can be sold for.
TARGETS = ("USDT", "USDC", "FDUSD", "BTC", "BNB", "EUR")
#: An order's worth counts at an average price: one that is just above the minimum may be refused.
MARGIN = Decimal("1.01")
#: A coin of one US dollar that the price board does not know.
_DOLLAR = "FDUSD"
_NO_SUCH_ORDER = "-2013"
#: Of several pairs that won't do, the one is told that comes nearest to doing.
_NEAREST = (
    Reason.BELOW_MINIMUM,
    Reason.ABOVE_MAXIMUM,
    Reason.NO_BUYER,
    Reason.MARKET_CLOSED,
    Reason.NO_MARKET,
)


class Sales:
    """Implements `BinanceRemedy` for a wish of one token. What the pair's step does not take stays."""

    def __init__(self, wire: BinanceWire, board: PriceBoard, clock: Clock) -> None:
        self._wire = wire
        self._board = board
        self._clock = clock
        self._pairs = Pairs(wire, clock)

    async def prepare(self, wish: Wish) -> Quote:
        """An estimate at the best bid; of the pairs the first that will do is taken."""
        asset, taken_at = _one_of(wish), self._clock.now()
        balances, rates = await asyncio.gather(fetch_balances(self._wire), self._board.rates())
        held = next((one for one in balances if one.asset == asset), None)
        free = held.free if held else ZERO
        wanted = free if wish.amount is None else wish.amount
        short = shortage(held, wanted)
        found: QuoteLine | LeftOut
        if short is not None:
            target, found = wish.target or TARGETS[0], LeftOut(asset, short, free, wanted)
        else:
            target, found = await self._best(asset, wish.target, wanted, rates)
        if isinstance(found, LeftOut):
            return Quote(target, (), taken_at, remedy=Remedy.SALE, left_out=(found,))
        line = replace(found, remainder=free - found.amount)
        return Quote(target, (line,), taken_at, remedy=Remedy.SALE, reference=asset + target)

    async def _best(
        self, asset: str, wished: str | None, wanted: Decimal, rates: Rates
    ) -> tuple[str, QuoteLine | LeftOut]:
        """The first target that will do, or why the one that comes nearest to that won't."""
        hindrances: list[tuple[str, LeftOut]] = []
        for target in (wished,) if wished else TARGETS:
            found = await self._on(asset, target, wanted, rates)
            if isinstance(found, QuoteLine):
                return target, found
            hindrances.append((target, found))
        return min(hindrances, key=lambda one: _NEAREST.index(one[1].reason))

    async def execute(self, conversion: Conversion) -> ExecuteResult:
        """One POST."""
        sold, (line,) = _sold(conversion), conversion.quote.lines
        params = {
            "symbol": sold.symbol,
            "side": "SELL",
            "type": "MARKET",
            "quantity": f"{line.amount:f}",
            "newClientOrderId": sold.name,
            "newOrderRespType": "FULL",
        }
        return await self._wire.write(
            lambda: self._wire.client.private_post_order(params),
            lambda answer, raw: _result(answer, sold, raw),
            lambda rejection: judge(rejection, (sold.asset,), Remedy.SALE),
        )

    async def look(self, conversion: Conversion, others: Collection[Conversion]) -> LookupResult:
        """Evidence is the order of that name, and its trades; evidence of absence is that there is none,
        together with the balances."""
        sold = _sold(conversion)
        names = {"symbol": sold.symbol, "origClientOrderId": sold.name}
        try:
            made = await self._wire.read(
                lambda: self._wire.client.private_get_order(names),
                lambda answer: orders.order(answer, sold),
            )
        except ExchangeRefused as refused:
            if refused.code != _NO_SUCH_ORDER:
                raise
            return await self._without_trace(conversion)
        if made.is_open:
            return Pending()
        return await self._ended(made, sold)

    async def _ended(self, made: Order, sold: Sold) -> LookupResult:
        if made.executed == ZERO:
            return Absent(final=True)
        which = {"symbol": sold.symbol, "orderId": made.number}
        fills = await self._wire.read(
            lambda: self._wire.client.private_get_mytrades(which),
            lambda answer: orders.trades(answer, sold, made.number),
        )
        if sum(fill.amount for fill in fills) != made.executed:
            return Undecided("the list of trades does not show all of the order")
        return Found(fills, partly=not made.is_complete)

    async def _without_trace(self, conversion: Conversion) -> LookupResult:
        if conversion.reference is not None:
            return Undecided("an order that was accepted is not shown")
        missing = missing_of(conversion.quote, await fetch_balances(self._wire))
        if missing:
            return Undecided(f"there is no such order, but less of {missing[0]} is there")
        return Absent()

    async def _on(
        self, asset: str, target: str, wanted: Decimal, rates: Rates
    ) -> QuoteLine | LeftOut:
        """What this pair would bring, or why it won't do."""
        pair = await self._pairs.find(asset, target)
        if pair is None or not pair.is_open:
            reason = Reason.MARKET_CLOSED if pair else Reason.NO_MARKET
            return LeftOut(asset, reason, wanted)
        bid, average, share = await asyncio.gather(
            self._pairs.bid(pair.symbol),
            self._pairs.average(pair.symbol),
            self._pairs.commission(pair.symbol),
        )
        if bid == ZERO:
            return LeftOut(asset, Reason.NO_BUYER, wanted)
        quantity = pair.floor(wanted)
        least = pair.smallest(min(bid, average) if pair.averaged else bid, MARGIN)
        if quantity < least:
            return LeftOut(asset, Reason.BELOW_MINIMUM, wanted, least)
        if pair.most and quantity > pair.most:
            return LeftOut(asset, Reason.ABOVE_MAXIMUM, wanted, pair.most)
        return _line(asset, target, quantity, bid, share, rates)


def _one_of(wish: Wish) -> str:
    if wish.assets is None or len(wish.assets) != 1:
        raise ValueError("a sale is of one token")
    return wish.assets[0]


def _sold(conversion: Conversion) -> Sold:
    quote = conversion.quote
    return Sold(quote.reference, quote.assets[0], quote.target, conversion.id)


def _line(
    asset: str, target: str, quantity: Decimal, bid: Decimal, share: Decimal, rates: Rates
) -> QuoteLine:
    gross = floor_to(quantity * bid, orders.PLACES)
    net = floor_to(gross * (1 - share), orders.PLACES)
    money = Money(gross, DEFAULT_CURRENCY if target == _DOLLAR else target)
    worth = rates.exchange(money, rates.base)
    return QuoteLine(asset, quantity, worth.amount if worth else ZERO, gross, gross - net, net)


def _result(answer: object, sold: Sold, raw: str) -> ExecuteResult:
    made = orders.order(answer, sold)
    if made.is_open:
        return Accepted(made.number, raw)
    fills = orders.fills(answer, sold)
    if sum(fill.amount for fill in fills) != made.executed:
        raise Malformed("the fills are not all of the order")
    if not fills:
        return Refused(Refusal(RefusalKind.FAILED, made.status), raw)
    return Filled(fills, raw) if made.is_complete else PartlyFilled(fills, raw)
