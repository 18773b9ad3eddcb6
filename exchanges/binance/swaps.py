"""Binance's Spot Convert: a quote that binds for a minute, accepted as it is or not at all.

Source: convert documentation (exchangeInfo, getQuote, acceptQuote, orderStatus, tradeFlow).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
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
    State,
    Undecided,
)
from dust.errors import DustError, ExchangeRefused
from dust.model import LeftOut, Reason
from dust.money import ZERO, Money, floor_to
from dust.ports import Clock
from dust.remedy import Remedy, Wish
from exchanges.answers import (
    amount,
    as_object,
    as_rows,
    identifier,
    moment,
    positive,
    text,
    to_milliseconds,
)
from exchanges.binance.codes import judge
from exchanges.binance.dust_log import EARLIEST, LATEST
from exchanges.binance.prices import PriceBoard
from exchanges.binance.small_assets import fetch_balances, missing_of
from exchanges.binance.wire import BinanceWire

#: What a token is swapped for unless something else is wished.
DEFAULT_TARGET = "USDT"
#: The longest that the documentation offers: a person reads it on a phone.
_VALID_FOR = "1m"
_LIMITS_FOR = timedelta(hours=1)
#: exchangeInfo weighs 3000, for which ccxt would let the next call wait 2.5 s; it is asked once an hour.
_INFO, _INFO_COST = "convert/exchangeInfo", {"cost": 0.1}


@dataclass(frozen=True, slots=True)
class _Limits:
    """The least and the most of each asset that can be swapped for one target."""

    by_asset: Mapping[str, tuple[Decimal, Decimal]]
    until: datetime


@dataclass(frozen=True, slots=True)
class _Order:
    order_id: str
    status: str
    source: str
    target: str
    fill: Fill


class Swaps:
    """Implements `BinanceRemedy` for one token at a time."""

    def __init__(self, wire: BinanceWire, board: PriceBoard, clock: Clock) -> None:
        self._wire = wire
        self._board = board
        self._clock = clock
        self._limits: dict[str, _Limits] = {}

    async def prepare(self, wish: Wish) -> Quote:
        """A binding quote, if the exchange would take that much; weight 200, by key."""
        (asset,) = wish.assets or ("",)
        target = wish.target or DEFAULT_TARGET
        limits = (await self._limits_of(target)).get(asset)
        free = await self._free(asset)
        wanted = floor_to(free, 8) if wish.amount is None else wish.amount
        reason = _obstacle(asset, wanted, free, limits)
        if reason is None:
            quote = await self._ask(asset, target, wanted)
            if quote is not None:
                return quote
            reason = LeftOut(asset, Reason.NOT_ENOUGH, free, wanted)
        now = self._clock.now()
        return Quote(target, (), now, remedy=Remedy.SWAP, left_out=(reason,))

    async def execute(self, conversion: Conversion) -> ExecuteResult:
        """One acceptQuote. Its answer holds no amounts: the order is looked up."""
        accept = self._wire.client.sapi_post_convert_acceptquote
        quote = conversion.quote
        return await self._wire.write(
            lambda: accept({"quoteId": quote.reference}),
            lambda answer, raw: Accepted(identifier(as_object(answer, "it"), "orderId"), raw),
            lambda rejection: judge(rejection, quote.assets),
        )

    async def look(self, conversion: Conversion, others: Collection[Conversion]) -> LookupResult:
        """The order by its id, or by its quote's where no answer came."""
        order_id, quote = conversion.reference, conversion.quote
        params = {"orderId": order_id} if order_id else {"quoteId": quote.reference}
        status = self._wire.client.sapi_get_convert_orderstatus
        try:
            order = await self._wire.read(lambda: status(params), _order)
        except ExchangeRefused:
            return await self._look_further(conversion)
        return _became(order, conversion)

    async def _look_further(self, conversion: Conversion) -> LookupResult:
        """Evidence of absence is the list of orders together with the balance."""
        attempt_at = conversion.attempt_at
        if attempt_at is None or conversion.state is State.ACCEPTED:
            return Undecided("Binance does not know the order")
        theirs = attempt_at - self._wire.clock_ahead
        for quote_id, order in await self._flow(theirs + EARLIEST, theirs + LATEST):
            if quote_id == conversion.quote.reference:
                return _became(order, conversion)
        if missing_of(conversion.quote, await fetch_balances(self._wire)):
            return Undecided("Binance does not know the order, but less of the token is there")
        return Absent()

    async def _flow(self, since: datetime, until: datetime) -> list[tuple[str, _Order]]:
        params = {"startTime": to_milliseconds(since), "endTime": to_milliseconds(until)}
        flow = self._wire.client.sapi_get_convert_tradeflow
        return await self._wire.read(lambda: flow(params), _orders)

    async def _ask(self, asset: str, target: str, wanted: Decimal) -> Quote | None:
        """None where the exchange sees no funds for it."""
        params = {
            "fromAsset": asset,
            "toAsset": target,
            "fromAmount": f"{wanted:f}",
            "validTime": _VALID_FOR,
        }
        ask = self._wire.client.sapi_post_convert_getquote
        now = self._clock.now()
        row = await self._wire.read(lambda: ask(params), _quote_row)
        if not row.get("quoteId"):
            return None
        paid, received = positive(row, "fromAmount"), positive(row, "toAmount")
        worth = await self._worth(received, target)
        return Quote(
            target,
            (QuoteLine(asset, paid, worth, received, ZERO, received),),
            now,
            binding=True,
            remedy=Remedy.SWAP,
            reference=identifier(row, "quoteId"),
            valid_until=moment(row, "validTimestamp") + self._wire.clock_ahead,
        )

    async def _worth(self, received: Decimal, target: str) -> Decimal:
        """In the base asset; nothing where no price can be had: it is only shown."""
        try:
            rates = await self._board.rates()
        except DustError:
            return ZERO
        worth = rates.exchange(Money(received, target), rates.base)
        return worth.amount if worth else ZERO

    async def _free(self, asset: str) -> Decimal:
        balances = await fetch_balances(self._wire)
        return next((one.free for one in balances if one.asset == asset), ZERO)

    async def _limits_of(self, target: str) -> Mapping[str, tuple[Decimal, Decimal]]:
        known = self._limits.get(target)
        if known is None or self._clock.now() >= known.until:
            client, params = self._wire.client, {"toAsset": target}
            by_asset = await self._wire.read(
                lambda: client.request(_INFO, ["sapi"], "GET", params, _INFO_COST), _pairs
            )
            known = _Limits(by_asset, self._clock.now() + _LIMITS_FOR)
            self._limits[target] = known
        return known.by_asset


def _obstacle(
    asset: str, wanted: Decimal, free: Decimal, limits: tuple[Decimal, Decimal] | None
) -> LeftOut | None:
    if limits is None:
        return LeftOut(asset, Reason.NO_MARKET)
    least, most = limits
    if wanted > free:
        return LeftOut(asset, Reason.NOT_ENOUGH, free, wanted)
    if wanted < least:
        return LeftOut(asset, Reason.BELOW_MINIMUM, wanted, least)
    return LeftOut(asset, Reason.ABOVE_MAXIMUM, wanted, most) if wanted > most else None


def _became(order: _Order, conversion: Conversion) -> LookupResult:
    quote = conversion.quote
    if (order.source,) != quote.assets or order.target != quote.target:
        return Undecided("Binance shows another order under this id")
    match order.status:
        case "SUCCESS":
            return Found((order.fill,))
        case "FAIL":
            return Absent(final=True)
        case "PROCESS" | "ACCEPT_SUCCESS":
            return Pending()
        case _:
            return Undecided("Binance calls the order's state by a name that is not documented")


def _quote_row(answer: object) -> Mapping[str, object]:
    return as_object(answer, "the quote")


def _pairs(answer: object) -> Mapping[str, tuple[Decimal, Decimal]]:
    return {
        text(row, "fromAsset"): (
            amount(row, "fromAssetMinAmount"),
            amount(row, "fromAssetMaxAmount"),
        )
        for row in as_rows(answer, "the pairs")
    }


def _orders(answer: object) -> list[tuple[str, _Order]]:
    rows = as_rows(as_object(answer, "the orders").get("list"), "list")
    return [(identifier(row, "quoteId"), _order(row)) for row in rows]


def _order(answer: object) -> _Order:
    """`orderId` is a string in one answer and an integer in the others."""
    row = as_object(answer, "the order")
    order_id = identifier(row, "orderId")
    source = text(row, "fromAsset")
    fill = Fill(
        trade_id=f"convert:{order_id}",
        asset=source,
        amount=positive(row, "fromAmount"),
        gross=amount(row, "toAmount"),
        fee=ZERO,
        at=moment(row, "createTime"),
    )
    return _Order(order_id, text(row, "orderStatus"), source, text(row, "toAsset"), fill)
