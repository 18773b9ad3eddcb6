"""Spot Convert: quotes that bind for some seconds, and the orders that come of accepting them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count

from sandbox.binance import errors
from sandbox.binance.market import Market
from sandbox.binance.swap_quotes import SwapQuote, SwapQuotes
from sandbox.binance.swap_rules import SwapRules, SwapStatus
from sandbox.binance.wallet import Wallet

__all__ = ["Swap", "SwapDesk", "SwapQuote", "SwapRules", "SwapStatus"]

FIRST_ORDER_ID = 933256278426274426
FIRST_QUOTE_ID = 12415572564
BY_HAND = timedelta(seconds=10)


@dataclass(slots=True)
class Swap:
    """An accepted order. What is paid is frozen until the order is final."""

    order_id: int
    quote: SwapQuote
    at: datetime
    status: SwapStatus

    @property
    def is_final(self) -> bool:
        return self.status in {SwapStatus.SUCCESS, SwapStatus.FAIL}


class SwapDesk:
    """Quotes at the market's price less the spread, and moves the wallet once for each order."""

    def __init__(self, wallet: Wallet, market: Market, now: Callable[[], datetime]) -> None:
        self.rules = SwapRules()
        self.quotes = SwapQuotes(market, self.rules)
        self._wallet = wallet
        self._now = now
        self._offers: dict[str, SwapQuote] = {}
        self._asked: list[datetime] = []
        self._quote_ids = count(FIRST_QUOTE_ID)
        self._order_ids = count(FIRST_ORDER_ID)
        self._orders: list[Swap] = []

    @property
    def orders(self) -> list[Swap]:
        """Every accepted order, oldest first, whoever made it, as it stands now."""
        self.catch_up()
        return self._orders

    def quote(
        self,
        source: str,
        target: str,
        from_amount: Decimal | None,
        to_amount: Decimal | None,
        valid_for: timedelta,
        *,
        from_spot: bool = True,
    ) -> SwapQuote:
        """A quote for one of the two amounts, checked against pair, limits and the hourly quota.

        It can be accepted only if it has an id: the spot wallet, asked ``from_spot``, holds enough.
        """
        self._check_quota()
        terms = self.quotes.terms(source, target, from_amount, to_amount)
        until = self._now() + valid_for
        if not from_spot or self._wallet.free(source) < terms.from_amount:
            return SwapQuote("", source, target, terms, until)
        return self._offer(SwapQuote(str(next(self._quote_ids)), source, target, terms, until))

    def accept(self, quote_id: str) -> Swap:
        """Make an order of a quote, once and in time, at the quote's own terms."""
        quote = self._offers.get(quote_id)
        if quote is None:
            raise errors.swap_quote_unknown()
        if self.find(None, quote_id):
            raise errors.swap_quote_used()
        if self._now() > quote.valid_until:
            raise errors.swap_quote_expired()
        if self._wallet.free(quote.from_asset) < quote.from_amount:
            raise errors.swap_not_enough()
        self._wallet.freeze(quote.from_asset, quote.from_amount)
        order = Swap(next(self._order_ids), quote, self._now(), self.rules.waits_as)
        self._orders.append(order)
        return order

    def by_hand(self, source: str, target: str, amount: Decimal) -> Swap:
        """Swap as the owner does on the website, at the same terms; raises BinanceError."""
        terms = self.quotes.terms(source, target, amount, None)
        until = self._now() + BY_HAND
        quote = SwapQuote(str(next(self._quote_ids)), source, target, terms, until)
        self.accept(self._offer(quote).quote_id)
        return self.orders[-1]

    def find(self, order_id: str | None, quote_id: str | None) -> Swap | None:
        """The order by either of its names."""
        for order in self._orders:
            if str(order.order_id) == order_id or order.quote.quote_id == quote_id:
                return order
        return None

    def catch_up(self) -> None:
        """Carry out what is due by now."""
        for order in self._orders:
            if not order.is_final and self._now() >= order.at + self.rules.takes:
                order.status = self._carry_out(order.quote)

    def _offer(self, quote: SwapQuote) -> SwapQuote:
        self._offers[quote.quote_id] = quote
        return quote

    def _carry_out(self, quote: SwapQuote) -> SwapStatus:
        self._wallet.unfreeze(quote.from_asset, quote.from_amount)
        if self.rules.fails:
            return SwapStatus.FAIL
        self._wallet.withdraw(quote.from_asset, quote.from_amount)
        self._wallet.deposit(quote.to_asset, quote.to_amount)
        return SwapStatus.SUCCESS

    def _check_quota(self) -> None:
        now = self._now()
        self._asked = [at for at in self._asked if at > now - timedelta(hours=1)]
        quota = self.rules.quotes_an_hour
        if quota is not None and len(self._asked) >= quota:
            raise errors.swap_quota_reached()
        self._asked.append(now)
