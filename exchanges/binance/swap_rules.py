"""What Spot Convert takes: limits and places, which change rarely and are heavy to ask for."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from dust.errors import RateLimited
from dust.model import Limits
from dust.money import floor_to
from dust.ports import Clock
from exchanges.binance import swap_shapes
from exchanges.binance.swap_shapes import MOST_PLACES
from exchanges.binance.wire import BinanceWire

T = TypeVar("T")

_FRESH = timedelta(hours=1)
#: The limits of a target weigh 3000 of 12000 in a minute, by address: the rest is for everything else.
_MOST, _SPAN = 3, timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Known:
    value: object
    until: datetime


class SwapRules:
    """Asked at most once an hour, also by several who ask at the same time."""

    def __init__(self, wire: BinanceWire, clock: Clock) -> None:
        self._wire = wire
        self._clock = clock
        self._known: dict[str, _Known] = {}
        self._asked: list[datetime] = []
        self._lock = asyncio.Lock()

    async def limits(self, target: str) -> Mapping[str, Limits]:
        """By source, for swaps into `target`; raises `dust.errors`, RateLimited where several other targets
        were asked for within the last minute."""
        ask = self._wire.client.sapi_get_convert_exchangeinfo
        return await self._ask(
            f"limits of {target}",
            lambda: ask({"toAsset": target}),
            lambda answer: swap_shapes.limits(answer, target),
            heavy=True,
        )

    async def floor(self, asset: str, amount: Decimal) -> Decimal:
        """The amount, rounded down to the places that the asset may have; raises `dust.errors`."""
        return floor_to(amount, (await self._places()).get(asset, MOST_PLACES))

    async def _places(self) -> Mapping[str, int]:
        ask = self._wire.client.sapi_get_convert_assetinfo
        return await self._ask("places", ask, swap_shapes.places)

    async def _ask(
        self,
        what: str,
        request: Callable[[], Awaitable[object]],
        parse: Callable[[object], Mapping[str, T]],
        *,
        heavy: bool = False,
    ) -> Mapping[str, T]:
        async with self._lock:
            known = self._known.get(what)
            if known is None or self._clock.now() >= known.until:
                if heavy:
                    self._count()
                value = await self._wire.read(request, parse)
                known = _Known(value, self._clock.now() + _FRESH)
                self._known[what] = known
        return known.value  # type: ignore[return-value]  # what this very `parse` has made

    def _count(self) -> None:
        now = self._clock.now()
        self._asked = [at for at in self._asked if now - _SPAN < at <= now]
        if len(self._asked) >= _MOST:
            raise RateLimited(self._asked[0] + _SPAN)
        self._asked.append(now)
