"""Binance's Spot Convert: a quote for one token that binds for a minute, accepted as it is or not at all.

Source: convert documentation (exchangeInfo, assetInfo, getQuote, acceptQuote, orderStatus, tradeFlow). No
page lists its error codes: what an order that does not exist is answered with is not known.
"""

from collections.abc import Collection, Mapping
from datetime import timedelta
from decimal import Decimal

from dust.conversion import (
    Absent,
    Accepted,
    Conversion,
    ExecuteResult,
    Fill,
    Found,
    LookupResult,
    Pending,
    Quote,
    QuoteLine,
    Undecided,
)
from dust.errors import ExchangeRefused
from dust.model import Balance, LeftOut, Limits, Reason
from dust.money import ZERO
from dust.ports import Clock
from dust.remedy import Remedy, Wish
from exchanges.answers import to_milliseconds
from exchanges.binance import swap_shapes
from exchanges.binance.codes import judge
from exchanges.binance.swap_rules import SwapRules
from exchanges.binance.swap_shapes import Offered, Order, Status
from exchanges.binance.wallet import fetch_balances, missing_of, shortage
from exchanges.binance.wire import BinanceWire

#: What a token is swapped for where nothing is wished.
TARGET = "USDT"
#: The longest that the documentation offers: a person reads it on a phone.
_VALID_FOR = "1m"
#: Orders are looked for in this time around the attempt, by the exchange's clock.
_BEFORE, _AFTER = timedelta(minutes=1), timedelta(minutes=5)


class Swaps:
    """Implements `BinanceRemedy` for a wish of one token."""

    def __init__(self, wire: BinanceWire, clock: Clock) -> None:
        self._wire = wire
        self._clock = clock
        self._rules = SwapRules(wire, clock)

    async def limits(self, target: str) -> Mapping[str, Limits]:
        """What of each token a swap into `target` takes; asked at most once an hour."""
        return await self._rules.limits(target)

    async def prepare(self, wish: Wish) -> Quote:
        """A quote that binds, if the exchange would take that much; weight 200, by key."""
        asset, target = _one_of(wish), wish.target or TARGET
        limits = (await self._rules.limits(target)).get(asset)
        held = await self._held(asset)
        free = held.free if held else ZERO
        wanted = await self._rules.floor(asset, free if wish.amount is None else wish.amount)
        reason = _obstacle(limits, wish.amount, wanted, held)
        if reason is None:
            offered = await self._offered(asset, target, wanted)
            if offered is not None:
                return self._quote(asset, target, offered, held)
            reason = Reason.NOT_ENOUGH
        left_out = _left_out(asset, reason, wanted, held, limits)
        now = self._clock.now()
        return Quote(target, (), now, remedy=Remedy.SWAP, left_out=(left_out,))

    async def execute(self, conversion: Conversion) -> ExecuteResult:
        """One acceptQuote. Its answer holds no amounts: they are read from the order."""
        quote = conversion.quote
        accept = self._wire.client.sapi_post_convert_acceptquote
        return await self._wire.write(
            lambda: accept({"quoteId": quote.reference}),
            lambda answer, raw: Accepted(swap_shapes.accepted(answer), raw),
            lambda rejection: judge(rejection, quote.assets, Remedy.SWAP),
        )

    async def look(self, conversion: Conversion, others: Collection[Conversion]) -> LookupResult:
        """Evidence is the order that came of the quote; evidence of absence is that neither its own page
        nor the list shows one, together with the balance."""
        order = await self._order(conversion)
        if order is not None:
            return _became(order, conversion)
        if conversion.reference is not None:
            return Undecided("an order that was accepted is not shown")
        missing = missing_of(conversion.quote, await fetch_balances(self._wire))
        if missing:
            return Undecided(f"there is no such order, but less of {missing[0]} is there")
        return Absent()

    async def _order(self, conversion: Conversion) -> Order | None:
        order_id, quote_id = conversion.reference, conversion.quote.reference
        which = {"orderId": order_id} if order_id else {"quoteId": quote_id}
        status = self._wire.client.sapi_get_convert_orderstatus
        try:
            order = await self._wire.read(lambda: status(which), swap_shapes.order)
        except ExchangeRefused:
            order = None  # which code means "no such order" is not known: the list decides
        return order or await self._listed(conversion)

    async def _listed(self, conversion: Conversion) -> Order | None:
        at = (conversion.attempt_at or conversion.created_at) - self._wire.clock_ahead
        span = {
            "startTime": to_milliseconds(at - _BEFORE),
            "endTime": to_milliseconds(at + _AFTER),
        }
        quote_id = conversion.quote.reference
        return await self._wire.read(
            lambda: self._wire.client.sapi_get_convert_tradeflow(span),
            lambda answer: swap_shapes.order_of_quote(answer, quote_id),
        )

    async def _held(self, asset: str) -> Balance | None:
        balances = await fetch_balances(self._wire)
        return next((one for one in balances if one.asset == asset), None)

    async def _offered(self, asset: str, target: str, amount: Decimal) -> Offered | None:
        """`fromAmount` may have no exponent (convert documentation, "Illegal characters")."""
        params = {
            "fromAsset": asset,
            "toAsset": target,
            "fromAmount": f"{amount:f}",
            "validTime": _VALID_FOR,
        }
        ask = self._wire.client.sapi_post_convert_getquote
        return await self._wire.read(
            lambda: ask(dict(params)), lambda answer: swap_shapes.offered(answer, amount)
        )

    def _quote(self, asset: str, target: str, offered: Offered, held: Balance | None) -> Quote:
        remainder = held.free - offered.paid if held else ZERO
        line = QuoteLine(
            asset,
            offered.paid,
            _worth(held, offered.paid),
            offered.received,
            ZERO,
            offered.received,
            max(remainder, ZERO),
        )
        return Quote(
            target,
            (line,),
            self._clock.now(),
            binding=True,
            remedy=Remedy.SWAP,
            reference=offered.quote_id,
            valid_until=offered.valid_until + self._wire.clock_ahead,
        )


def _one_of(wish: Wish) -> str:
    if wish.assets is None or len(wish.assets) != 1:
        raise ValueError("a swap is of one token")
    return wish.assets[0]


def _worth(held: Balance | None, amount: Decimal) -> Decimal:
    """In the base asset, as the wallet values it."""
    return held.worth * amount / held.total if held and held.total else ZERO


def _obstacle(
    limits: Limits | None, wished: Decimal | None, wanted: Decimal, held: Balance | None
) -> Reason | None:
    """Why the exchange would not take that much."""
    if limits is None:
        return Reason.NO_MARKET
    short = shortage(held, wished or wanted)
    if short is not None:
        return short
    if wanted < limits.least or wanted == ZERO:
        return Reason.BELOW_MINIMUM
    return Reason.ABOVE_MAXIMUM if wanted > limits.most else None


def _left_out(
    asset: str, reason: Reason, wanted: Decimal, held: Balance | None, limits: Limits | None
) -> LeftOut:
    if reason is Reason.BELOW_MINIMUM and limits:
        return LeftOut(asset, reason, wanted, limits.least, _worth(held, wanted))
    if reason is Reason.ABOVE_MAXIMUM and limits:
        return LeftOut(asset, reason, wanted, limits.most, _worth(held, wanted))
    free = held.free if held else ZERO
    return LeftOut(asset, reason, free, None if reason is Reason.NO_MARKET else wanted)


def _became(order: Order, conversion: Conversion) -> LookupResult:
    quote = conversion.quote
    if (order.source,) != quote.assets or order.target != quote.target:
        return Undecided("another order is shown under this id")
    match order.status:
        case Status.SUCCESS:
            return Found((_fill(order),))
        case Status.FAIL:
            return Absent(final=True)
        case Status.PROCESS | Status.ACCEPT_SUCCESS:
            return Pending()


def _fill(order: Order) -> Fill:
    trade = f"convert:{order.order_id}"
    return Fill(trade, order.source, order.paid, order.received, ZERO, order.at)
