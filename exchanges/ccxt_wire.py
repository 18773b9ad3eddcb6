"""The way to one exchange through ccxt: readings with a time limit, single writes, the exchange's clock."""

import asyncio
import json
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from dust.conversion import ExecuteResult, Refused, Unknown
from dust.errors import (
    CredentialsRejected,
    DustError,
    ExchangeRefused,
    ExchangeUnavailable,
    RateLimited,
    UnderMaintenance,
)
from dust.refusal import Refusal, RefusalKind
from exchanges.answers import Malformed
from exchanges.errors import FAILURES, NotSigned, Rejection, unreadable

T = TypeVar("T")
Call = Callable[[], Awaitable[object]]
#: The answer to a write as a result, given the answer and its text; raises `Malformed`.
Understand = Callable[[object, str], ExecuteResult]
#: What a rejected write means.
Judge = Callable[[Rejection], ExecuteResult]


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """How long to wait for an answer. Binance itself gives up on a conversion after ten seconds."""

    reading: timedelta = timedelta(seconds=10)
    conversion: timedelta = timedelta(seconds=30)


class CcxtWire(ABC):
    """One ccxt client, used by implicit calls only: it loads nothing and repeats nothing."""

    def __init__(self, client: Any, limits: TimeLimits) -> None:
        self.client = client
        self._limits = limits
        self.client.timeout = limits.conversion // timedelta(milliseconds=1)
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
    def clock_ahead(self) -> timedelta:
        """How far our clock is ahead of the exchange's, as far as known."""
        return timedelta(milliseconds=self.client.options["timeDifference"])

    def rest_until(self, until: datetime) -> None:
        """No call leaves for the exchange before then."""
        self.client.rest_until(until)

    async def close(self) -> None:
        """Lets go of the connection."""
        await self.client.close()

    async def read(self, call: Call, parse: Callable[[object], T]) -> T:
        """A signed reading. A wrong clock is set right once; every failure is one of `dust.errors`."""
        await self.know_time()
        try:
            return await self._ask(call, parse)
        except Rejection as rejection:
            if not self._is_clock_error(rejection):
                raise self._reading_error(rejection) from None
        self._time_known = False
        await self.know_time()
        return await self.read_public(call, parse)

    async def read_public(self, call: Call, parse: Callable[[object], T]) -> T:
        """A reading that no time stamp goes with."""
        try:
            return await self._ask(call, parse)
        except Rejection as rejection:
            raise self._reading_error(rejection) from None

    async def write(self, call: Call, understand: Understand, judge: Judge) -> ExecuteResult:
        """Sends exactly one request that may move money. Never raises, except when cancelled."""
        try:
            await self.know_time()
        except DustError as error:
            return _not_sent(error)
        try:
            answer = await call()
        except Rejection as rejection:
            if self._is_clock_error(rejection):
                self._time_known = False  # the next signed call asks for the time again
            return judge(rejection)
        except RateLimited as error:
            return _not_sent(error)
        except NotSigned:
            return _not_sent(CredentialsRejected())
        except Exception as error:  # noqa: BLE001 - whatever went wrong, it may have been executed
            return Unknown(f"no answer: {type(error).__name__}")
        return self._understood(answer, understand)

    def _understood(self, answer: object, understand: Understand) -> ExecuteResult:
        text = json.dumps(answer, ensure_ascii=False, default=str)
        raw: str = self.client.without_secrets(text)
        try:
            return understand(answer, raw)
        except Malformed as fault:
            return Unknown(f"the answer made no sense: {fault}", raw)

    async def _ask(self, call: Call, parse: Callable[[object], T]) -> T:
        try:
            async with asyncio.timeout(self._limits.reading.total_seconds()):
                answer = await call()
            return parse(answer)
        except Malformed as fault:
            raise ExchangeUnavailable(f"the answer made no sense: {fault}") from None
        except (NotSigned, *FAILURES) as failure:
            raise unreadable(failure) from None

    async def know_time(self) -> None:
        """Learns how far the two clocks are apart, unless that is known."""
        async with self._time_lock:
            if self._time_known:
                return
            theirs = await self._exchange_time()
            self.client.options["timeDifference"] = self.client.milliseconds() - theirs
            self._time_known = True


def _not_sent(error: DustError) -> Refused:
    """The request has not left, so nothing can have been converted."""
    match error:
        case RateLimited(until=until):
            return Refused(Refusal(RefusalKind.RATE_LIMITED, until=until))
        case UnderMaintenance():
            return Refused(Refusal(RefusalKind.MAINTENANCE))
        case CredentialsRejected(code=code):
            return Refused(Refusal(RefusalKind.KEY_REJECTED, code))
        case ExchangeRefused(code=code, message=message, kind=kind):
            return Refused(Refusal(kind, code, message))
        case _:
            return Refused(Refusal(RefusalKind.NOT_SENT))
