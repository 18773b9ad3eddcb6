"""Why one token is dust, and what would clear it."""

import asyncio
from dataclasses import dataclass
from decimal import Decimal

from dust.compare import Option, compare_remedies
from dust.delisted import Delisting
from dust.model import Balance, Reason
from dust.money import ZERO, Rates
from dust.ports import ExchangeAccount
from dust.remedy import Remedy
from dust.review import Standing

#: What a token is measured against on the market, where its pairs are looked at.
MARKET_TARGET = "USDT"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One token as it stands: its balance (None: nothing of it), what each remedy would do, and what is in
    the way. `each` is what one unit is worth in the base asset, zero where there is no price."""

    asset: str
    balance: Balance | None
    options: tuple[Option, ...]
    standing: Standing
    delisting: Delisting | None
    rates: Rates
    fees_in_token: bool | None

    @property
    def each(self) -> Decimal:
        """What one unit is worth, in the base asset."""
        if self.balance is None or self.balance.total == ZERO:
            return ZERO
        return self.balance.worth / self.balance.total

    def option(self, remedy: Remedy) -> Option | None:
        """What this remedy would do; None where the exchange does not have it."""
        return next((one for one in self.options if one.remedy is remedy), None)

    @property
    def missing(self) -> Decimal | None:
        """How much more of the token the smallest order needs; None where that is not what is in the way."""
        sale = self.option(Remedy.SALE)
        row = sale.left_out if sale else None
        if row is None or row.reason is not Reason.BELOW_MINIMUM:
            return None
        if row.amount is None or row.limit is None or row.limit <= row.amount:
            return None
        return row.limit - row.amount


async def diagnose(
    exchange: ExchangeAccount, asset: str, standing: Standing, delisting: Delisting | None
) -> Diagnosis:
    """Asks the exchange for all of it at once. Raises `dust.errors` where the wallet can't be read."""
    balances, rates, own, market, fees = await asyncio.gather(
        exchange.balances(),
        exchange.rates(),
        compare_remedies(exchange, asset, exchange.capabilities.target, {Remedy.DUST}),
        compare_remedies(exchange, asset, MARKET_TARGET, {Remedy.SWAP, Remedy.SALE}),
        _fees_in_token(exchange),
    )
    balance = next((one for one in balances if one.asset == asset), None)
    return Diagnosis(asset, balance, own + market, standing, delisting, rates, fees)


async def _fees_in_token(exchange: ExchangeAccount) -> bool | None:
    if exchange.capabilities.fee_token is None:
        return None
    return await exchange.fees_in_token()
