"""What a market lets through and how it fills; all can be turned at any moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from sandbox.binance.amounts import STEP, ZERO
from sandbox.binance.market import Pair

STEP_WORTH_BTC = Decimal("0.000001")
"""A pair's lot step is the power of ten of the base asset that is worth about this much."""
USUAL_MOST = Decimal(9_000_000_000)


@dataclass(frozen=True, slots=True)
class Lot:
    """LOT_SIZE or MARKET_LOT_SIZE, in the base asset (spot documentation, "Filters"); zero: no limit."""

    least: Decimal
    most: Decimal
    step: Decimal

    def lets_through(self, quantity: Decimal) -> bool:
        in_steps = not self.step or quantity % self.step == ZERO
        return in_steps and self.least <= quantity and (not self.most or quantity <= self.most)


@dataclass(slots=True)
class OrderRules:
    """By symbol where a test says so, else what the price suggests.

    ``market_lots`` come on top of the ``steps``. An order is filled in ``fills`` trades, each a little
    cheaper than the one before; only ``share`` of it is, the rest expires. While ``resting``, an order stays
    NEW. ``discount`` is for fees paid in BNB.
    """

    steps: dict[str, Decimal] = field(default_factory=dict)
    market_lots: dict[str, Lot] = field(default_factory=dict)
    min_notionals: dict[str, Decimal] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    commission: Decimal = Decimal("0.001")
    discount: Decimal = Decimal("0.25")
    fills: int = 1
    share: Decimal = Decimal(1)
    resting: bool = False

    def lots(self, pair: Pair, price_btc: Decimal | None) -> dict[str, Lot]:
        """Both filters of the quantity, by name."""
        step = self.steps.get(pair.symbol) or lot_step(price_btc or STEP)
        on_market = self.market_lots.get(pair.symbol) or Lot(ZERO, USUAL_MOST, ZERO)
        return {"LOT_SIZE": Lot(step, USUAL_MOST, step), "MARKET_LOT_SIZE": on_market}

    def min_notional(self, pair: Pair) -> Decimal:
        """Smallest worth of an order, in units of the quote asset."""
        usual = Decimal("0.0001") if pair.quote == "BTC" else Decimal(5)
        return self.min_notionals.get(pair.symbol, usual)


def lot_step(price_btc: Decimal) -> Decimal:
    """Smallest amount of an asset of this price that an order counts in, between 1e-8 and 1."""
    power = (STEP_WORTH_BTC / price_btc).adjusted()
    return min(Decimal(1), max(STEP, Decimal(1).scaleb(power)))
