"""What BTC, in which Binance values dust, is worth elsewhere (spot documentation, ticker/price)."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from dust.errors import ExchangeRefused, ExchangeUnavailable
from dust.money import Rates
from dust.ports import Clock
from exchanges.answers import as_rows, positive, text

#: Asks ticker/price with these parameters; raises `dust.errors`.
Ask = Callable[[Mapping[str, str]], Awaitable[Mapping[str, Decimal]]]

_BNB = "BNBBTC"
#: The markets of BTC in the currencies that a chat may choose; one US dollar is taken as one USDT.
_SYMBOLS = {
    "USD": "BTCUSDT",
    "USDT": "BTCUSDT",
    "EUR": "BTCEUR",
    "GBP": "BTCGBP",
    "USDC": "BTCUSDC",
}
_ALL = (*sorted(set(_SYMBOLS.values())), _BNB)
_FRESH = timedelta(seconds=60)
_MISSING_FOR = timedelta(hours=1)
_INVALID_SYMBOL = "-1121"


class PriceBoard:
    """Prices at most a minute old; those who ask at the same time share one request."""

    def __init__(self, ask: Ask, clock: Clock) -> None:
        self._ask = ask
        self._clock = clock
        self._latest: Rates | None = None
        self._missing: frozenset[str] = frozenset()
        self._missing_until: datetime | None = None
        self._lock = asyncio.Lock()

    async def rates(self) -> Rates:
        """Prices by currency; raises `dust.errors` where not even dollars can be had."""
        async with self._lock:
            now = self._clock.now()
            if self._latest is None or not timedelta(0) <= now - self._latest.taken_at < _FRESH:
                self._latest = _rates(await self._prices(now), now)
            return self._latest

    async def _prices(self, now: datetime) -> Mapping[str, Decimal]:
        if self._missing_until is None or now >= self._missing_until:
            self._missing, self._missing_until = frozenset(), None
        wanted = [symbol for symbol in _ALL if symbol not in self._missing]
        try:
            return await self._ask({"symbols": json.dumps(wanted, separators=(",", ":"))})
        except ExchangeRefused as refused:
            if refused.code != _INVALID_SYMBOL:
                raise
        return await self._one_by_one(wanted, now)

    async def _one_by_one(self, wanted: Iterable[str], now: datetime) -> Mapping[str, Decimal]:
        """One unknown symbol fails the whole list, without being named: each is asked for by itself."""
        prices: dict[str, Decimal] = {}
        for symbol in wanted:
            try:
                prices |= await self._ask({"symbols": json.dumps([symbol])})
            except ExchangeRefused as refused:
                if refused.code != _INVALID_SYMBOL:
                    raise
                self._missing |= {symbol}
        self._missing_until = now + _MISSING_FOR
        return prices


def prices(answer: object) -> Mapping[str, Decimal]:
    """The prices by symbol."""
    return {text(row, "symbol"): positive(row, "price") for row in as_rows(answer, "the prices")}


def _rates(by_symbol: Mapping[str, Decimal], now: datetime) -> Rates:
    per_btc = {
        currency: by_symbol[symbol] for currency, symbol in _SYMBOLS.items() if symbol in by_symbol
    }
    if "USD" not in per_btc:
        raise ExchangeUnavailable("no price for BTC in USDT")
    per_btc["BTC"] = Decimal(1)
    if _BNB in by_symbol:
        per_btc["BNB"] = 1 / by_symbol[_BNB]
    return Rates("BTC", per_btc, now)
