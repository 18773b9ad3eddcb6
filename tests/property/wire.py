"""The way from ccxt to the emulated exchange without sockets: what goes wrong on it is chosen per request.

Real on one side: `BinanceAccount`, ccxt with its signatures, the strict client. Real on the other: the
emulator's dispatcher, which checks key, signature, time stamp and parameters, and its ledger. Only the
TCP connection between the two is left out: ten thousand requests over it take minutes.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from urllib.parse import parse_qs

import aiohttp
from yarl import URL

from sandbox.binance.auth import Incoming
from sandbox.binance.dispatch import Dispatcher
from sandbox.binance.errors import BinanceError
from sandbox.binance.reply import Reply
from sandbox.binance.state import ExchangeState

DUST = "/sapi/v1/asset/dust"
LIST = "/sapi/v1/asset/dust-btc"
LOG = "/sapi/v1/asset/dribblet"
BALANCES = "/sapi/v3/asset/getUserAsset"
PRICES = "/api/v3/ticker/price"


class Work(StrEnum):
    """When the exchange does what a request asks for."""

    NOW = "now"
    NEVER = "never"
    LATE = "late"


class End(StrEnum):
    """What the client gets: an answer, a closed connection, or nothing at all."""

    ANSWER = "answer"
    LOST = "lost"
    HUNG = "hung"


@dataclass(frozen=True, slots=True)
class Strike:
    """One misbehaviour. `reply` takes the place of the honest answer; `delay` is that of late work."""

    work: Work = Work.NOW
    end: End = End.ANSWER
    reply: Reply | None = None
    delay: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Sent:
    """One request to convert, as it reached the exchange."""

    assets: tuple[str, ...]
    at: datetime


@dataclass(slots=True)
class Answer:
    """As much of aiohttp's response as ccxt reads."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    reason: str = ""

    async def text(self, errors: str = "strict") -> str:
        """The body."""
        return self.body.decode(errors=errors)


@dataclass
class Wire:
    """Takes requests in and has them answered, unless they meet a strike.

    `sent`: requests to convert that have arrived. `made`: which of them the exchange has carried out, by
    the ledger's number. `asked` and `failed`: the paths of all requests, and of those without a success.
    `quiet_until`: when a pause ends that it has asked for.
    """

    state: ExchangeState
    sent: list[Sent] = field(default_factory=list)
    made: dict[int, Sent] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    quiet_until: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    hanging: asyncio.Event = field(default_factory=asyncio.Event)
    headers: Mapping[str, str] = field(default_factory=dict)
    trace_configs: tuple[str, ...] = ("redirects do not exist here",)

    def __post_init__(self) -> None:
        self._dispatcher = Dispatcher(self.state)
        self._strikes: defaultdict[str, deque[Strike]] = defaultdict(deque)
        self._late: list[tuple[datetime, Sent]] = []

    def strike(self, path: str, strike: Strike) -> None:
        """The next request to this path meets it."""
        self._strikes[path].append(strike)

    def heal(self) -> None:
        """Strikes that met nothing are forgotten."""
        self._strikes.clear()

    def forget(self, path: str) -> None:
        """As `heal`, for this path alone."""
        self._strikes.pop(path, None)

    @property
    def is_sound(self) -> bool:
        """Whether every reading would be answered."""
        return not any(self._strikes.values()) and not self.state.maintenance

    @property
    def next_late(self) -> datetime | None:
        """When the exchange gets round to the first of what it has put off."""
        return min((at for at, _ in self._late), default=None)

    def catch_up(self) -> None:
        """The exchange does what it had put off until now; what it refuses by now, nobody hears of."""
        now = self.state.now()
        due = [sent for at, sent in self._late if at <= now]
        self._late = [(at, sent) for at, sent in self._late if at > now]
        for sent in due:
            with suppress(BinanceError):
                self.made[self.state.desk.convert(sent.assets).tran_id] = sent

    @asynccontextmanager
    async def get(
        self, url: URL, *, data: bytes | None, headers: Mapping[str, str], **_: object
    ) -> AsyncIterator[Answer]:
        """aiohttp's `ClientSession.get`."""
        yield await self._request("GET", url, data, headers)

    @asynccontextmanager
    async def post(
        self, url: URL, *, data: bytes | None, headers: Mapping[str, str], **_: object
    ) -> AsyncIterator[Answer]:
        """aiohttp's `ClientSession.post`."""
        yield await self._request("POST", url, data, headers)

    async def _request(
        self, method: str, url: URL, data: bytes | None, headers: Mapping[str, str]
    ) -> Answer:
        path = url.raw_path
        self.asked.append(path)
        strike = self._strikes[path].popleft() if self._strikes[path] else Strike()
        incoming = Incoming(
            headers.get("X-MBX-APIKEY"), url.raw_query_string, (data or b"").decode()
        )
        sent = self._note(incoming, strike) if path == DUST else None
        await asyncio.sleep(0)
        reply = strike.reply
        if strike.work is Work.NOW:
            reply = self._carry_out(method, path, incoming, sent, strike.reply)
        return await self._end(path, strike.end, reply)

    def _carry_out(
        self, method: str, path: str, incoming: Incoming, sent: Sent | None, instead: Reply | None
    ) -> Reply:
        ledger = self.state.desk.conversions
        before = len(ledger)
        honest = self._dispatcher.answer(method, path, incoming)
        if sent is not None and len(ledger) > before:
            self.made[ledger[-1].tran_id] = sent
        return instead or honest

    async def _end(self, path: str, end: End, reply: Reply | None) -> Answer:
        if end is End.HUNG:
            self.hanging.set()
            await asyncio.Event().wait()
        if reply is None or end is End.LOST or reply.status != 200:
            self.failed.append(path)
        if reply is not None and (seconds := reply.headers.get("Retry-After")):
            self.quiet_until = self.state.now() + timedelta(seconds=int(seconds))
        if reply is None or end is End.LOST:
            raise aiohttp.ServerDisconnectedError
        kind = {"Content-Type": reply.content_type}
        return Answer(reply.status, {**kind, **reply.headers}, reply.body)

    def _note(self, incoming: Incoming, strike: Strike) -> Sent:
        query = parse_qs(incoming.query) | parse_qs(incoming.body)
        sent = Sent(tuple(",".join(query["asset"]).split(",")), self.state.now())
        self.sent.append(sent)
        if strike.work is Work.LATE:
            self._late.append((self.state.now() + strike.delay, sent))
        return sent
