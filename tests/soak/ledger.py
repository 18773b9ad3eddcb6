"""What has really moved at the exchange, whichever way it went."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sandbox.binance import BinanceEmulator
from sandbox.binance.swap_desk import SwapStatus
from tests.flows.house import DUST
from tests.soak.witness import Legs

ACCEPT, ORDER = "/sapi/v1/convert/acceptQuote", "/api/v3/order"
DUST_CONVERT = "/sapi/v1/asset/dust-convert/convert"
#: Where a POST moves money.
SENDING = (DUST, DUST_CONVERT, ACCEPT, ORDER)


@dataclass(frozen=True, slots=True)
class Deed:
    """One conversion, swap or sale; `tran_id` is that of a dust conversion."""

    at: datetime
    legs: Legs
    tran_id: int | None = None

    @property
    def assets(self) -> set[str]:
        """What went."""
        return {asset for asset, *_ in self.legs}


def ledger(exchange: BinanceEmulator) -> list[Deed]:
    """What moved money; a conversion of nothing moves none."""
    return [deed for deed in _deeds(exchange) if deed.legs]


def _deeds(exchange: BinanceEmulator) -> Iterator[Deed]:
    for made in exchange.conversions:
        legs = [(row.asset, row.amount, row.gross, row.fee) for row in made.rows]
        yield Deed(made.at, tuple(sorted(legs)), made.tran_id)
    for swap in exchange.swaps.orders:
        if swap.status is SwapStatus.SUCCESS:
            quote = swap.quote
            leg = (quote.from_asset, quote.from_amount, quote.to_amount, Decimal(0))
            yield Deed(swap.at, (leg,))
    for order in exchange.orders.orders:
        sold = [
            (order.pair.base, trade.quantity, trade.proceeds, trade.commission)
            for trade in order.trades
        ]
        yield Deed(order.at, tuple(sorted(sold)))
