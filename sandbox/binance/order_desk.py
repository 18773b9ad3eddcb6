"""Spot orders: market sales against a book that is as deep as a test wants it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import count

from sandbox.binance import errors
from sandbox.binance.amounts import ZERO, floor8
from sandbox.binance.key import AccountState
from sandbox.binance.market import Market, Pair
from sandbox.binance.order_rules import Lot, OrderRules
from sandbox.binance.wallet import Wallet

FIRST_ORDER_ID = 28
FIRST_TRADE_ID = 56


@dataclass(frozen=True, slots=True)
class Trade:
    """One fill."""

    trade_id: int
    price: Decimal
    quantity: Decimal
    commission: Decimal
    commission_asset: str
    at: datetime

    @property
    def proceeds(self) -> Decimal:
        return floor8(self.price * self.quantity)


@dataclass(slots=True)
class Order:
    """A market sale of ``quantity`` of the pair's base, which is locked until it has ended."""

    order_id: int
    client_id: str
    pair: Pair
    quantity: Decimal
    at: datetime
    status: str = "NEW"
    trades: list[Trade] = field(default_factory=list)
    ended: datetime | None = None

    @property
    def executed(self) -> Decimal:
        return sum((trade.quantity for trade in self.trades), ZERO)

    @property
    def proceeds(self) -> Decimal:
        return sum((trade.proceeds for trade in self.trades), ZERO)


class OrderDesk:
    """Takes market sales and moves the wallet once for each."""

    def __init__(
        self, wallet: Wallet, market: Market, account: AccountState, now: Callable[[], datetime]
    ) -> None:
        self.rules = OrderRules()
        self.orders: list[Order] = []
        self._wallet = wallet
        self._market = market
        self._account = account
        self._now = now
        self._order_ids = count(FIRST_ORDER_ID)
        self._trade_ids = count(FIRST_TRADE_ID)

    def pair(self, symbol: str) -> Pair:
        """The listed pair; raises -1121."""
        found = self._market.pairs().get(symbol)
        if found is None:
            raise errors.unknown_symbol()
        return found

    def lots(self, pair: Pair) -> dict[str, Lot]:
        """What an order's quantity must pass, by the name of the filter."""
        return self.rules.lots(pair, self._market.price(pair.base))

    def status(self, symbol: str) -> str:
        """TRADING, unless a test says otherwise."""
        return self.rules.statuses.get(symbol, "TRADING")

    def sell(self, symbol: str, quantity: Decimal, client_id: str = "") -> Order:
        """A market sale; a client id guards only against a twin of an order that is still open."""
        order = Order(
            next(self._order_ids),
            client_id or f"web_{len(self.orders)}",
            self._check(symbol, quantity),
            quantity,
            self._now(),
        )
        if any(one.client_id == client_id and one.status == "NEW" for one in self.orders):
            raise errors.duplicate_order()
        self._wallet.lock(order.pair.base, quantity)
        self.orders.append(order)
        if not self.rules.resting:
            self.fill(order)
        return order

    def check_filters(self, symbol: str, quantity: Decimal) -> Pair:
        """What is asked before an order reaches the matching engine: pair and filters."""
        pair = self.pair(symbol)
        for name, lot in self.lots(pair).items():
            if not lot.lets_through(quantity):
                raise errors.filter_failure(name)
        if quantity * pair.price < self.rules.min_notional(pair):
            raise errors.filter_failure("NOTIONAL")
        return pair

    def _check(self, symbol: str, quantity: Decimal) -> Pair:
        pair = self.check_filters(symbol, quantity)
        if self.status(symbol) != "TRADING":
            raise errors.market_closed()
        if self._account.trading_locked:
            raise errors.may_not_trade()
        if self._wallet.free(pair.base) < quantity:
            raise errors.order_without_funds()
        return pair

    def fill(self, order: Order) -> None:
        """Carries an open order out; ValueError if it has ended. What it does not take is free again."""
        if order.ended:
            raise ValueError(f"order {order.order_id} has ended")
        self._wallet.unlock(order.pair.base, order.quantity)
        order.ended = self._now()
        step = self.lots(order.pair)["LOT_SIZE"].step
        wanted = order.quantity * self.rules.share
        taken = wanted - wanted % step
        if taken > ZERO:
            self._trade(order, taken, step)
        order.status = "FILLED" if order.executed == order.quantity else "EXPIRED"

    def find(self, symbol: str, order_id: int | None, client_id: str | None) -> Order:
        """By either of its names or both, the newest first; raises -2013."""
        for order in reversed(self.orders):
            named = order_id in (None, order.order_id) and client_id in (None, order.client_id)
            if order.pair.symbol == symbol and named:
                return order
        raise errors.unknown_order()

    def _trade(self, order: Order, taken: Decimal, step: Decimal) -> None:
        parts = self._parts(taken, step)
        self._wallet.withdraw(order.pair.base, taken)
        for number, part in enumerate(parts):
            price = floor8(order.pair.price * (1 - Decimal("0.0005") * number))
            order.trades.append(self._credited(order.pair, price, part))

    def _parts(self, taken: Decimal, step: Decimal) -> list[Decimal]:
        each = taken / self.rules.fills
        each -= each % step
        if each == ZERO:
            return [taken]
        return [each] * (self.rules.fills - 1) + [taken - each * (self.rules.fills - 1)]

    def _credited(self, pair: Pair, price: Decimal, quantity: Decimal) -> Trade:
        proceeds = floor8(price * quantity)
        asset, fee = self._fee(pair, proceeds)
        self._wallet.deposit(pair.quote, proceeds - fee if asset == pair.quote else proceeds)
        if asset != pair.quote and fee > ZERO:
            self._wallet.withdraw(asset, fee)
        return Trade(next(self._trade_ids), price, quantity, fee, asset, self._now())

    def _fee(self, pair: Pair, proceeds: Decimal) -> tuple[str, Decimal]:
        """In BNB where that is switched on and there is enough of it, else in the quote asset."""
        fee = floor8(proceeds * self.rules.commission)
        bnb, quote = self._market.price("BNB"), self._market.price(pair.quote)
        if self._account.spot_bnb_burn and bnb and quote and pair.quote != "BNB":
            in_bnb = floor8(fee * quote / bnb * (1 - self.rules.discount))
            if self._wallet.free("BNB") >= in_bnb:
                return "BNB", in_bnb
        return pair.quote, fee
