"""Spot Convert: quotes that bind for some seconds, and the orders that come of accepting them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from itertools import count

from sandbox.binance import errors
from sandbox.binance.amounts import ZERO, floor8
from sandbox.binance.market import Market
from sandbox.binance.wallet import Wallet

FIRST_ORDER_ID = 933256278426274426
FIRST_QUOTE_ID = 12415572564
QUOTED = ("USDT", "USDC", "BTC", "BNB")


class SwapStatus(Enum):
    """The documented states of an order."""

    PROCESS = "PROCESS"
    ACCEPT_SUCCESS = "ACCEPT_SUCCESS"
    SUCCESS = "SUCCESS"
    FAIL = "FAIL"


@dataclass(slots=True)
class SwapRules:
    """What the exchange may change at any time. Amounts in USDT; no limits are published for a pair.

    An accepted order stays in PROCESS for ``takes`` and then succeeds, unless ``fails``.
    ``quotes_an_hour`` is a limit on getQuote.
    """

    minimum: Decimal = Decimal(1)
    maximum: Decimal = Decimal(1_000_000)
    spread: Decimal = Decimal("0.003")
    takes: timedelta = timedelta(0)
    fails: bool = False
    quotes_an_hour: int | None = None
    closed: set[tuple[str, str]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class SwapQuote:
    """A binding offer; ``quote_id`` is empty where there are no funds for it."""

    quote_id: str
    from_asset: str
    to_asset: str
    from_amount: Decimal
    to_amount: Decimal
    valid_until: datetime


@dataclass(slots=True)
class Swap:
    """An accepted order."""

    order_id: int
    quote: SwapQuote
    at: datetime
    status: SwapStatus = SwapStatus.PROCESS


class SwapDesk:
    """Quotes at the market's price less the spread, and moves the wallet once for each order."""

    def __init__(self, wallet: Wallet, market: Market, now: Callable[[], datetime]) -> None:
        self.rules = SwapRules()
        self._wallet = wallet
        self._market = market
        self._now = now
        self._quotes: dict[str, SwapQuote] = {}
        self._asked: list[datetime] = []
        self._quote_ids = count(FIRST_QUOTE_ID)
        self._order_ids = count(FIRST_ORDER_ID)
        self._orders: list[Swap] = []

    @property
    def orders(self) -> list[Swap]:
        """Every accepted order, oldest first, as it stands now."""
        self._catch_up()
        return self._orders

    def is_pair(self, source: str, target: str) -> bool:
        """Whether this can be swapped for that at all."""
        known = self._market.price(source) is not None and self._market.price(target) is not None
        return (
            known
            and source != target
            and target in QUOTED
            and (source, target) not in self.rules.closed
        )

    def limits(self, asset: str) -> tuple[Decimal, Decimal]:
        """The least and the most of ``asset``, in the asset."""
        in_usdt = self._price(asset) / self._price("USDT")
        return floor8(self.rules.minimum / in_usdt), floor8(self.rules.maximum / in_usdt)

    def quote(
        self,
        source: str,
        target: str,
        from_amount: Decimal | None,
        to_amount: Decimal | None,
        valid_for: timedelta,
    ) -> SwapQuote:
        """A quote for one of the two amounts, checked against pair, limits and the hourly quota."""
        self._catch_up()
        self._check_quota()
        if not self.is_pair(source, target):
            raise errors.swap_pair_unknown()
        ratio = self.ratio(source, target)
        paid = from_amount if from_amount is not None else floor8((to_amount or ZERO) / ratio)
        least, most = self.limits(source)
        if paid < least:
            raise errors.swap_below_minimum()
        if paid > most:
            raise errors.swap_above_maximum()
        funded = self._wallet.free(source) >= paid
        made = SwapQuote(
            str(next(self._quote_ids)) if funded else "",
            source,
            target,
            paid,
            floor8(paid * ratio),
            self._now() + valid_for,
        )
        if funded:
            self._quotes[made.quote_id] = made
        return made

    def accept(self, quote_id: str) -> Swap:
        """Makes an order of a quote, once and in time."""
        self._catch_up()
        quote = self._quotes.pop(quote_id, None)
        if quote is None or self._now() > quote.valid_until:
            raise errors.swap_quote_expired()
        if self._wallet.free(quote.from_asset) < quote.from_amount:
            raise errors.swap_not_enough()
        order = Swap(next(self._order_ids), quote, self._now())
        self._orders.append(order)
        self._catch_up()
        return order

    def find(self, order_id: str | None, quote_id: str | None) -> Swap | None:
        """The order by either of its names."""
        for order in self.orders:
            if str(order.order_id) == order_id or order.quote.quote_id == quote_id:
                return order
        return None

    def ratio(self, source: str, target: str) -> Decimal:
        """Units of ``target`` for one of ``source``, after the spread."""
        return floor8(self._price(source) / self._price(target) * (1 - self.rules.spread))

    def _price(self, asset: str) -> Decimal:
        price = self._market.price(asset)
        if price is None:
            raise errors.swap_pair_unknown()
        return price

    def _check_quota(self) -> None:
        now = self._now()
        self._asked = [at for at in self._asked if at > now - timedelta(hours=1)]
        quota = self.rules.quotes_an_hour
        if quota is not None and len(self._asked) >= quota:
            raise errors.swap_quota_reached()
        self._asked.append(now)

    def _catch_up(self) -> None:
        """Carries out what is due by now."""
        for order in self._orders:
            due = self._now() >= order.at + self.rules.takes
            if order.status is SwapStatus.PROCESS and due:
                order.status = self._carry_out(order.quote)

    def _carry_out(self, quote: SwapQuote) -> SwapStatus:
        if self.rules.fails or self._wallet.free(quote.from_asset) < quote.from_amount:
            return SwapStatus.FAIL
        self._wallet.withdraw(quote.from_asset, quote.from_amount)
        self._wallet.deposit(quote.to_asset, quote.to_amount)
        return SwapStatus.SUCCESS
