"""Binance's answers about a spot order as values (spot documentation, "New order", "Query order", myTrades).

All functions raise `Malformed` for anything but the documented shape.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from dust.conversion import Fill
from dust.money import ZERO, floor_to
from exchanges.answers import (
    Malformed,
    amount,
    as_object,
    as_rows,
    identifier,
    moment,
    positive,
    text,
)

_OPEN = frozenset({"NEW", "PENDING_NEW", "PARTIALLY_FILLED", "PENDING_CANCEL"})
_OVER = frozenset({"FILLED", "CANCELED", "REJECTED", "EXPIRED", "EXPIRED_IN_MATCH"})
#: Every spot asset is kept with so many places.
PLACES = 8


@dataclass(frozen=True, slots=True)
class Sold:
    """Which sale is meant: its pair, the two assets of it, and the order's name that we gave."""

    symbol: str
    asset: str
    target: str
    name: str


@dataclass(frozen=True, slots=True)
class Order:
    """An order as it stands; `asked` and `executed` in the asset that is sold."""

    number: str
    status: str
    asked: Decimal
    executed: Decimal

    @property
    def is_open(self) -> bool:
        """Whether it may still be carried out, or carried further."""
        return self.status in _OPEN

    @property
    def is_complete(self) -> bool:
        """Whether all of it was carried out."""
        return self.executed == self.asked


def order(answer: object, sold: Sold) -> Order:
    """The order, which must be the sale that was meant."""
    row = as_object(answer, "the order")
    found = text(row, "symbol"), text(row, "clientOrderId"), text(row, "side")
    if found != (sold.symbol, sold.name, "SELL"):
        raise Malformed("it is another order")
    status = text(row, "status")
    made = Order(
        identifier(row, "orderId"), status, positive(row, "origQty"), amount(row, "executedQty")
    )
    if status not in _OPEN | _OVER or made.executed > made.asked:
        raise Malformed("the order's status or amounts make no sense")
    if status == "FILLED" and not made.is_complete:
        raise Malformed("the order is filled and is not")
    return made


def fills(answer: object, sold: Sold) -> tuple[Fill, ...]:
    """The trades in the answer to a new order, which hold no time of their own."""
    row = as_object(answer, "the order")
    at = moment(row, "transactTime")
    return tuple(
        _fill(one, identifier(one, "tradeId"), sold, _proceeds(one), at)
        for one in as_rows(row.get("fills"), "fills")
    )


def trades(answer: object, sold: Sold, number: str) -> tuple[Fill, ...]:
    """The trades of one order, as the account's list of trades shows them."""
    rows = as_rows(answer, "the trades")
    for row in rows:
        theirs = text(row, "symbol"), identifier(row, "orderId"), row.get("isBuyer")
        if theirs != (sold.symbol, number, False):
            raise Malformed("a trade is of another order")
    return tuple(
        _fill(one, identifier(one, "id"), sold, amount(one, "quoteQty"), moment(one, "time"))
        for one in rows
    )


def _proceeds(row: Mapping[str, object]) -> Decimal:
    return floor_to(positive(row, "price") * positive(row, "qty"), PLACES)


def _fill(row: Mapping[str, object], number: str, sold: Sold, gross: Decimal, at: datetime) -> Fill:
    fee = amount(row, "commission")
    paid_in = text(row, "commissionAsset") if fee > ZERO else sold.target
    return Fill(
        trade_id=f"{sold.symbol}:{number}",
        asset=sold.asset,
        amount=positive(row, "qty"),
        gross=gross,
        fee=fee,
        at=at,
        fee_asset=None if paid_in == sold.target else paid_in,
    )
