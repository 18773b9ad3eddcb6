"""Binance's answers about Spot Convert as values (convert documentation).

All functions raise `Malformed` for anything but the documented shape; unknown extra keys are ignored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from dust.model import Limits
from exchanges.answers import (
    Malformed,
    amount,
    as_object,
    as_rows,
    flag,
    identifier,
    integer,
    moment,
    positive,
    text,
)

#: Exchanges keep eight places of every amount; a finer one than that is no amount of an asset.
MOST_PLACES = 8


class Status(StrEnum):
    """The documented states of an order."""

    PROCESS = "PROCESS"
    ACCEPT_SUCCESS = "ACCEPT_SUCCESS"
    SUCCESS = "SUCCESS"
    FAIL = "FAIL"


@dataclass(frozen=True, slots=True)
class Offered:
    """A quote that binds until `valid_until`, a time of the exchange's clock."""

    quote_id: str
    paid: Decimal
    received: Decimal
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class Order:
    """An accepted quote. `at` is a time of the exchange's clock."""

    order_id: str
    status: Status
    source: str
    target: str
    paid: Decimal
    received: Decimal
    at: datetime


def limits(answer: object, target: str) -> Mapping[str, Limits]:
    """By source, for swaps into `target` (convert/exchangeInfo)."""
    return {
        text(row, "fromAsset"): Limits(
            amount(row, "fromAssetMinAmount"), amount(row, "fromAssetMaxAmount")
        )
        for row in as_rows(answer, "the pairs")
        if text(row, "toAsset") == target
    }


def places(answer: object) -> Mapping[str, int]:
    """How many decimal places an amount of each asset may have (convert/assetInfo)."""
    return {
        text(row, "asset"): min(max(integer(row, "fraction"), 0), MOST_PLACES)
        for row in as_rows(answer, "the assets")
    }


def offered(answer: object, asked: Decimal) -> Offered | None:
    """The quote; None where there are no funds for it, which only the missing id tells."""
    row = as_object(answer, "the quote")
    if not row.get("quoteId"):
        return None
    paid = positive(row, "fromAmount")
    if paid > asked:
        raise Malformed("fromAmount is more than was asked for")
    return Offered(
        identifier(row, "quoteId"), paid, positive(row, "toAmount"), moment(row, "validTimestamp")
    )


def accepted(answer: object) -> str:
    """The order's id. Whatever its state, what became of it is read from the order."""
    row = as_object(answer, "the answer")
    _status(row)
    return identifier(row, "orderId")


def order(answer: object) -> Order | None:
    """One order (convert/orderStatus); None for an answer that holds nothing."""
    row = as_object(answer, "the order")
    return _order(row) if row else None


def order_of_quote(answer: object, quote_id: str) -> Order | None:
    """The order that came of this quote, among all of a time (convert/tradeFlow)."""
    flow = as_object(answer, "the orders")
    for row in as_rows(flow.get("list"), "list"):
        if identifier(row, "quoteId") == quote_id:
            return _order(row)
    if flag(flow, "moreData") is not False:
        raise Malformed("there are more orders than were shown")
    return None


def _order(row: Mapping[str, object]) -> Order:
    return Order(
        order_id=identifier(row, "orderId"),
        status=_status(row),
        source=text(row, "fromAsset"),
        target=text(row, "toAsset"),
        paid=positive(row, "fromAmount"),
        received=positive(row, "toAmount"),
        at=moment(row, "createTime"),
    )


def _status(row: Mapping[str, object]) -> Status:
    try:
        return Status(text(row, "orderStatus"))
    except ValueError:
        raise Malformed("orderStatus is none of the documented ones") from None
