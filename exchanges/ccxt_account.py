"""What all accounts behind ccxt share: readings with a time limit, and the exchange's clock."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from dust.errors import DustError, ExchangeUnavailable
from exchanges.answers import Malformed
from exchanges.errors import FAILURES, NotSigned, Rejection, unreadable

T = TypeVar("T")
Call = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """How long to wait for an answer. Binance itself gives up on a conversion after ten seconds."""

    reading: timedelta = timedelta(seconds=10)
    conversion: timedelta = timedelta(seconds=30)


class CcxtAccount(ABC):
    """One ccxt client, used by implicit calls only: it loads nothing and repeats nothing."""

    def __init__(self, client: Any, limits: TimeLimits) -> None:
        self._client = client
        self._limits = limits
        self._client.timeout = limits.conversion // timedelta(milliseconds=1)
        self._time_known = False
        self._time_lock = asyncio.Lock()

    @abstractmethod
    async def _exchange_time(self) -> int:
        """The exchange's clock, in milliseconds since 1970; raises `dust.errors`."""

    @abstractmethod
    def _is_clock_error(self, rejection: Rejection) -> bool:
        """Whether the exchange found the request's time stamp too far from its own time."""

    @abstractmethod
    def _reading_error(self, rejection: Rejection) -> DustError:
        """What a rejected reading means."""

    @property
    def _clock_ahead(self) -> timedelta:
        """How far our clock is ahead of the exchange's, as far as known."""
        return timedelta(milliseconds=self._client.options["timeDifference"])

    def rest_until(self, until: datetime) -> None:
        """No call leaves for the exchange before then."""
        self._client.rest_until(until)

    async def close(self) -> None:
        """Lets go of the connection."""
        await self._client.close()

    async def _read(self, call: Call, parse: Callable[[object], T]) -> T:
        """A signed reading. A wrong clock is set right once; every failure is one of `dust.errors`."""
        await self._know_time()
        try:
            return await self._ask(call, parse)
        except Rejection as rejection:
            if not self._is_clock_error(rejection):
                raise self._reading_error(rejection) from None
        self._time_known = False
        await self._know_time()
        return await self._read_public(call, parse)

    async def _read_public(self, call: Call, parse: Callable[[object], T]) -> T:
        """A reading that no time stamp goes with."""
        try:
            return await self._ask(call, parse)
        except Rejection as rejection:
            raise self._reading_error(rejection) from None

    async def _ask(self, call: Call, parse: Callable[[object], T]) -> T:
        try:
            async with asyncio.timeout(self._limits.reading.total_seconds()):
                answer = await call()
            return parse(answer)
        except Malformed as fault:
            raise ExchangeUnavailable(f"the answer made no sense: {fault}") from None
        except (NotSigned, *FAILURES) as failure:
            raise unreadable(failure) from None

    async def _know_time(self) -> None:
        """Learns how far the two clocks are apart, unless that is known."""
        async with self._time_lock:
            if self._time_known:
                return
            theirs = await self._exchange_time()
            self._client.options["timeDifference"] = self._client.milliseconds() - theirs
            self._time_known = True

    def _forget_time(self) -> None:
        """The next signed call asks for the time again."""
        self._time_known = False
