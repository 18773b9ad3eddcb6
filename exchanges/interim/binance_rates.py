"""What one BTC is worth, from Binance's own markets (spot REST docs, ticker/price)."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from decimal import Decimal

from dust.errors import ExchangeRefused, ExchangeUnavailable
from dust.money import Rates
from dust.ports import Clock
from exchanges.interim.answers import BadAnswer, amount, as_dict, as_list, text

#: How long a price serves.
FRESH = timedelta(seconds=60)
#: A market that is missing is asked for again after this.
MISSING_FOR = timedelta(hours=1)

_SYMBOLS = {"USDT": "BTCUSDT", "EUR": "BTCEUR", "GBP": "BTCGBP", "BNB": "BNBBTC"}
_UNKNOWN_SYMBOL = "-1121"

Ask = Callable[[tuple[str, ...]], Awaitable[object]]


class BinanceRates:
    """Asks at most once a minute, and once for everybody who asks at the same moment."""

    def __init__(self, ask: Ask, clock: Clock) -> None:
        self._ask = ask
        self._clock = clock
        self._latest: Rates | None = None
        self._missing: frozenset[str] = frozenset()
        self._missing_since: datetime | None = None
        self._lock = asyncio.Lock()

    async def now(self) -> Rates:
        """Prices at most a minute old. Raises ExchangeUnavailable where not even BTCUSDT can be had."""
        async with self._lock:
            now = self._clock.now()
            if self._latest is None or now - self._latest.taken_at >= FRESH:
                self._latest = self._rates(await self._prices(now), now)
            return self._latest

    async def _prices(self, now: datetime) -> dict[str, Decimal]:
        if self._missing_since is None or now - self._missing_since >= MISSING_FOR:
            self._missing = frozenset()
        wanted = tuple(s for s in _SYMBOLS.values() if s not in self._missing)
        try:
            return _parsed(await self._ask(wanted))
        except ExchangeRefused as error:
            if error.code != _UNKNOWN_SYMBOL:
                raise
        return await self._one_by_one(wanted, now)

    async def _one_by_one(self, symbols: tuple[str, ...], now: datetime) -> dict[str, Decimal]:
        """One unknown symbol fails the whole request: find out which it is."""
        prices: dict[str, Decimal] = {}
        for symbol in symbols:
            try:
                prices |= _parsed(await self._ask((symbol,)))
            except ExchangeRefused as error:
                if error.code != _UNKNOWN_SYMBOL:
                    raise
                self._missing |= {symbol}
                self._missing_since = now
        return prices

    def _rates(self, prices: dict[str, Decimal], now: datetime) -> Rates:
        per_base = {"BTC": Decimal(1)}
        for currency, symbol in _SYMBOLS.items():
            price = prices.get(symbol)
            if price:
                per_base[currency] = 1 / price if symbol.endswith("BTC") else price
        if "USDT" not in per_base:
            raise ExchangeUnavailable("no price for BTCUSDT")
        return Rates("BTC", per_base | {"USD": per_base["USDT"]}, now)


def _parsed(answer: object) -> dict[str, Decimal]:
    try:
        rows = [as_dict(row) for row in as_list(answer)]
        return {text(row, "symbol"): amount(row, "price") for row in rows}
    except BadAnswer as error:
        raise ExchangeUnavailable(str(error)) from None
