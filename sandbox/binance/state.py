"""Everything the emulated exchange knows, without a word about HTTP."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sandbox.binance.dust import DustDesk
from sandbox.binance.key import AccountState, ApiKey
from sandbox.binance.market import Market
from sandbox.binance.order_desk import OrderDesk
from sandbox.binance.rules import DustRules
from sandbox.binance.swap_desk import SwapDesk
from sandbox.binance.wallet import Wallet

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class ExchangeState:
    """One account on one exchange. ``now`` returns an aware UTC time."""

    key: ApiKey
    now: Clock = utc_now
    wallet: Wallet = field(default_factory=Wallet)
    market: Market = field(default_factory=Market)
    rules: DustRules = field(default_factory=DustRules)
    account: AccountState = field(default_factory=AccountState)
    maintenance: bool = False
    desk: DustDesk = field(init=False)
    swaps: SwapDesk = field(init=False)
    orders: OrderDesk = field(init=False)

    def __post_init__(self) -> None:
        self.market.now = self.now
        self.desk = DustDesk(self.wallet, self.market, self.rules, self.now)
        self.swaps = SwapDesk(self.wallet, self.market, self.now)
        self.orders = OrderDesk(self.wallet, self.market, self.account, self.now)
