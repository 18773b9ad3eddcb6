"""Dust conversion: what is offered, what a conversion does to the wallet, and when it may."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import count

from sandbox.binance import errors
from sandbox.binance.amounts import ZERO, floor8
from sandbox.binance.market import Market
from sandbox.binance.rules import DustFamily, DustRules
from sandbox.binance.wallet import Wallet

FIRST_TRAN_ID = 308145879259
FIRST_TRANS_ID = 45178372831


@dataclass(frozen=True, slots=True)
class DustRow:
    """One asset of a preview or a conversion.

    ``amount`` is in units of the asset and is its whole free balance; ``gross`` and ``fee`` are in
    units of the target, each rounded down to eight places; ``worth_btc`` is exact.
    """

    asset: str
    amount: Decimal
    worth_btc: Decimal
    gross: Decimal
    fee: Decimal

    @property
    def net(self) -> Decimal:
        return self.gross - self.fee


@dataclass(frozen=True, slots=True)
class DustConversion:
    """An executed conversion. Its log group has an id of its own beside that of its rows.

    ``client_id`` is the caller's label, empty if none was given.
    """

    at: datetime
    target: str
    tran_id: int
    trans_id: int
    rows: tuple[DustRow, ...]
    family: DustFamily = DustFamily.DUST
    client_id: str = ""

    @property
    def gross(self) -> Decimal:
        return sum((row.gross for row in self.rows), ZERO)

    @property
    def fee(self) -> Decimal:
        return sum((row.fee for row in self.rows), ZERO)


class DustDesk:
    """Converts free balances of the wallet at the market's price of the moment."""

    def __init__(
        self, wallet: Wallet, market: Market, rules: DustRules, now: Callable[[], datetime]
    ) -> None:
        self._wallet = wallet
        self._market = market
        self._rules = rules
        self._now = now
        self._tran_ids = count(FIRST_TRAN_ID)
        self._trans_ids = count(FIRST_TRANS_ID)
        self.conversions: list[DustConversion] = []

    def ceiling_btc(self, family: DustFamily) -> Decimal:
        """The largest worth of one balance that ``family`` accepts."""
        base = self._rules.dribblet_base
        if base is None or family is DustFamily.DUST:
            return self._rules.ceiling_btc
        return base * self.quota_price

    @property
    def quota_price(self) -> Decimal:
        """BTC per unit of what asset/dust-convert reckons in: USDT, taken as a dollar."""
        price = self._market.price("USDT")
        if price is None:
            raise errors.no_such_product()
        return price

    def offered(self, target: str = "BNB", family: DustFamily = DustFamily.DUST) -> list[DustRow]:
        """Rows that a conversion to ``target`` would accept now, by asset code."""
        ceiling = self.ceiling_btc(family)
        rows: list[DustRow] = []
        for asset in self._wallet.balances:
            try:
                rows.append(self._row(asset, target, ceiling))
            except errors.BinanceError:
                continue
        return rows

    def convert(
        self,
        assets: Sequence[str],
        target: str = "BNB",
        family: DustFamily = DustFamily.DUST,
        client_id: str = "",
    ) -> DustConversion:
        """Convert all of ``assets`` or, with a BinanceError, none; only success starts a cooldown."""
        self._check_cooldown(family)
        wanted = [asset for asset in assets if asset not in self._rules.passed_over]
        ceiling = self.ceiling_btc(family)
        rows = tuple(self._row(asset, target, ceiling) for asset in wanted)
        for row in rows:
            self._wallet.withdraw(row.asset, row.amount)
            self._wallet.deposit(target, row.net)
        conversion = DustConversion(
            self._now(),
            target,
            next(self._tran_ids),
            next(self._trans_ids),
            rows,
            family,
            client_id,
        )
        self.conversions.append(conversion)
        return conversion

    def _check_cooldown(self, family: DustFamily) -> None:
        length, shared = self._rules.cooldown, self._rules.cooldown_shared
        counted = [done.at for done in self.conversions if shared or done.family is family]
        if counted and self._now() < counted[-1] + length:
            raise self._rules.cooldown_style.refusal(length)

    def _row(self, asset: str, target: str, ceiling_btc: Decimal) -> DustRow:
        price, target_price = self._market.price(asset), self._market.price(target)
        amount = self._free(asset)
        if price is None or target_price is None or asset in {target, *self._rules.unsupported}:
            raise errors.asset_not_supported(asset)
        worth = amount * price
        gross = floor8(worth / target_price)
        if worth > ceiling_btc:
            raise errors.above_ceiling(asset)
        if worth < self._rules.min_btc or gross == ZERO:
            raise errors.too_low(asset)
        return DustRow(asset, amount, worth, gross, floor8(gross * self._rules.fee_rate))

    def _free(self, asset: str) -> Decimal:
        balance = self._wallet.of(asset)
        if balance.total == ZERO:
            raise errors.no_such_asset()
        if balance.free == ZERO:
            raise errors.not_enough()
        return balance.free
