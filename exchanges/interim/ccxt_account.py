"""What every account over ccxt does alike: one request at a time of need, obeying clock and limits."""

import asyncio
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import ccxt.async_support as ccxt

from dust.errors import ExchangeUnavailable
from dust.ports import Clock
from exchanges.interim.answers import BadAnswer, as_dict
from exchanges.interim.client import DEFAULT_PAUSE, Client
from exchanges.interim.errors import is_clock, reading_error

T = TypeVar("T")

#: What a reading may take. The client itself waits longer, for the sake of the converting request.
READ_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A path of an exchange's API: `api` as ccxt names its groups, `cost` in ccxt's rate-limiter units."""

    path: str
    api: str
    method: str
    cost: float = 0.1
    signed: bool = True


class CcxtAccount:
    """A client with its clock difference and its pauses. Subclasses say what is asked."""

    #: The endpoint that tells the exchange's time, and the field that holds it in milliseconds.
    time_endpoint: Endpoint
    time_field: str

    def __init__(self, name: str, client: Client, clock: Clock) -> None:
        self._name = name
        self._client = client
        self._clock = clock
        self._clock_known = False
        self._clock_lock = asyncio.Lock()

    @property
    def name(self) -> str:
        """The account's name in the settings."""
        return self._name

    async def close(self) -> None:
        """Lets go of the connections."""
        await self._client.close()

    async def _read(self, endpoint: Endpoint, params: Mapping[str, Any] | None = None) -> object:
        """One reading; repeated once where only our clock was wrong. Raises `dust.errors`."""
        return await self._guarded(self._read_timely(endpoint, params or {}))

    async def _ready(self) -> None:
        """Makes sure that the next request bears the exchange's time. Raises `dust.errors`."""
        if not self._clock_known:
            await self._guarded(self._know_clock())

    async def _guarded(self, asking: Awaitable[T]) -> T:
        try:
            async with asyncio.timeout(READ_SECONDS):
                return await asking
        except ccxt.BaseError as error:
            raise reading_error(error, self._blocked_until) from None
        except BadAnswer as error:
            raise ExchangeUnavailable(str(error)) from None
        except TimeoutError:
            raise ExchangeUnavailable("no answer in time") from None

    async def _read_timely(self, endpoint: Endpoint, params: Mapping[str, Any]) -> object:
        if not endpoint.signed:
            return await self._send(endpoint, params)
        await self._know_clock()
        try:
            return await self._send(endpoint, params)
        except ccxt.BaseError as error:
            if not is_clock(error):
                raise
        self._clock_known = False
        await self._know_clock()
        return await self._send(endpoint, params)

    async def _send(self, endpoint: Endpoint, params: Mapping[str, Any]) -> object:
        """Exactly one request. Raises RateLimited instead while the host asked for a pause."""
        return await self._client.request(
            endpoint.path, [endpoint.api], endpoint.method, dict(params), {"cost": endpoint.cost}
        )

    async def _know_clock(self) -> None:
        """Asks for the exchange's time once, and again after it has rejected ours."""
        async with self._clock_lock:
            if self._clock_known:
                return
            answer = as_dict(await self._send(self.time_endpoint, {}))
            theirs = answer.get(self.time_field)
            if isinstance(theirs, bool) or not isinstance(theirs, int):
                raise BadAnswer("the exchange's time is no number")
            self._client.options["timeDifference"] = self._client.milliseconds() - theirs
            self._clock_known = True

    def _difference(self) -> int:
        """Milliseconds by which our clock is ahead of the exchange's."""
        return int(self._client.options.get("timeDifference") or 0)

    def _blocked_until(self) -> datetime:
        """When the pause ends that the exchange has asked for."""
        now = self._clock.now()
        until = self._client.blocked_until
        if until is None or until <= now:
            # A limit told in the body alone carries no time: the pause is ours.
            until = self._client.blocked_until = now + DEFAULT_PAUSE
        return until
