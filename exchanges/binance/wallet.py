"""The spot wallet: what is there, what is free, what has gone (wallet documentation, getUserAsset)."""

from collections.abc import Collection
from decimal import Decimal

from dust.conversion import Quote
from dust.model import Balance, Reason
from dust.money import ZERO
from exchanges.binance import shapes
from exchanges.binance.wire import BinanceWire

#: A balance that has fallen by no more than this share is still there: amounts are shown rounded.
STILL_THERE = Decimal("0.999")


async def fetch_balances(wire: BinanceWire) -> tuple[Balance, ...]:
    """The spot wallet; weight 5, by address."""
    return await wire.read(
        lambda: wire.client.sapiv3_post_asset_getuserasset({"needBtcValuation": "true"}),
        shapes.balances,
    )


def shortage(held: Balance | None, wanted: Decimal) -> Reason | None:
    """Why so much is not free (all of it if `wanted` is zero): it is in orders, or not there."""
    free, locked = (held.free, held.locked) if held else (ZERO, ZERO)
    if free > ZERO and wanted <= free:
        return None
    return Reason.LOCKED if locked and wanted <= free + locked else Reason.NOT_ENOUGH


def missing_of(quote: Quote, balances: Collection[Balance]) -> list[str]:
    """Tokens whose free balance is no longer what was quoted."""
    free = {balance.asset: balance.free for balance in balances}
    return [
        line.asset for line in quote.lines if free.get(line.asset, ZERO) < line.amount * STILL_THERE
    ]
