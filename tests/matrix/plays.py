"""The ways to convert, as the matrices play them: what is typed, which request counts, what is said."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sandbox.binance.swap_desk import SwapStatus
from sandbox.binance.traffic import Request
from sandbox.telegram import Message
from tests.flows.house import BALANCES, DUST, LIST, LOG, House
from tests.matrix.journal_file import Leg

ACCEPT = "/sapi/v1/convert/acceptQuote"
STATUS = "/sapi/v1/convert/orderStatus"
ORDER, TRADES, OFFERS = "/api/v3/order", "/api/v3/myTrades", "/api/v3/ticker/bookTicker"


@dataclass(frozen=True, slots=True)
class Play:
    """One way to convert.

    `writes` is the path of the one request, `again` of what is read before it, `looks` of what a doubt is
    looked up with. `working`, `done` and `not_done` are what the chat says meanwhile and in the end,
    `brought` what /history says. `accepts`: the answer tells no end, which is looked up. `expired` is what
    a review says whose time is over, `after` the buttons that it keeps. `made` is what the exchange has
    carried out.
    """

    typed: str
    writes: str
    again: str
    looks: str
    working: str
    done: str
    not_done: str
    brought: str
    accepts: bool
    expired: str
    after: tuple[str, ...]
    made: Callable[[House], list[list[Leg]]]

    async def review(self, house: House) -> Message:
        """An open review."""
        return await house.ask(self.typed, "It can't be undone")

    def sent(self, house: House) -> list[Request]:
        """The requests to convert; what is read at the same path is none."""
        return [one for one in house.sent(self.writes) if one.method == "POST"]

    def legs(self, house: House) -> list[Leg]:
        """Everything that the exchange has carried out, by asset."""
        return sorted(leg for one in self.made(house) for leg in one)


def stock(house: House) -> None:
    """100 DOT worth 5 dollars each: too much for dust, and sold ten at a time."""
    house.price("DOT", "5")
    if house.free("DOT"):
        house.exchange.wallet.withdraw("DOT", house.free("DOT"))
    house.exchange.wallet.deposit("DOT", Decimal(100))


def _converted(house: House) -> list[list[Leg]]:
    return [
        sorted((row.asset, row.amount, row.gross, row.fee) for row in conversion.rows)
        for conversion in house.exchange.conversions
    ]


def _swapped(house: House) -> list[list[Leg]]:
    quotes = [one.quote for one in house.exchange.swaps.orders if one.status is SwapStatus.SUCCESS]
    return [[(one.from_asset, one.from_amount, one.to_amount, Decimal(0))] for one in quotes]


def _sold(house: House) -> list[list[Leg]]:
    made = [(order.pair.base, order.trades) for order in house.exchange.orders.orders]
    return [
        sorted((asset, one.quantity, one.proceeds, one.commission) for one in trades)
        for asset, trades in made
        if trades
    ]


PLAYS: Mapping[str, Play] = {
    "dust": Play(
        typed="/convert all",
        writes=DUST,
        again=LIST,
        looks=LOG,
        working="Converting",
        done="Converted 3 tokens",
        not_done="Not converted",
        brought="0.00245 BNB",
        accepts=False,
        expired="This review has expired. Nothing was converted",
        after=(),
        made=_converted,
    ),
    "swap": Play(
        typed="/swap ADA USDT",
        writes=ACCEPT,
        again=BALANCES,
        looks=STATUS,
        working="Swapping",
        done="Swapped",
        not_done="Not swapped",
        brought="0.997 USDT",
        accepts=True,
        expired="This price has expired",
        after=("Refresh",),
        made=_swapped,
    ),
    "sale": Play(
        typed="/sell DOT 10",
        writes=ORDER,
        again=OFFERS,
        looks=TRADES,
        working="Selling",
        done="Sold",
        not_done="Not sold",
        brought="49.95 USDT",
        accepts=False,
        expired="This price has expired",
        after=("Refresh",),
        made=_sold,
    ),
}
