"""How long people wait, in units of the exchange's own latency."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from statistics import median

import aiohttp

from bench.figures import figure, heading, middle_of, spread
from bench.process import bot_process
from bench.world import TOTALS, Servers, answered, servers, timed
from sandbox.binance.traffic import Request

LATENCY = 0.3  # seconds
RUNS = 5
_PROBES = 5


async def measure() -> None:
    """The bot is a process of its own; Telegram and the exchange share this one."""
    heading("python -m bench answers", "Answers, at 300 ms for each request to the exchange")
    rounds = [await _everybody_asks() for _ in range(RUNS)]
    conversions = [await _convert() for _ in range(RUNS)]
    slowest = [max(waits) for waits in rounds]
    typical = [median(waits) for waits in rounds]
    unit = "x the measured latency"
    many = f"{len(rounds[0])} chats send /dust at once"
    figure(f"{many}: the slowest answer", middle_of(slowest), f"{unit} {spread(slowest)}")
    figure(f"{many}: the median", middle_of(typical), f"{unit} {spread(typical)}")
    figure("Confirm to outcome", middle_of(conversions), f"{unit} {spread(conversions)}")


async def _everybody_asks() -> list[float]:
    """The waits from /dust to the totals, in latencies; a new bot, so that no earlier round is felt."""
    async with _warm_bot() as served:
        latency = await _latency(served)
        asked = (timed(answered(chat, "/dust", TOTALS)) for chat in served.chats)
        return [wait / latency for wait in await asyncio.gather(*asked)]


async def _convert() -> float:
    """From the tap on Confirm to the outcome, in latencies."""
    async with _warm_bot() as served:
        chat = served.chats[0]
        await answered(chat, "/convert all", "It can't be undone")
        latency = await _latency(served)
        review = chat.last

        async def confirm() -> None:
            await review.tap("✅ Confirm")
            await chat.wait(lambda message: "Received" in message.text, timeout=30)

        return await timed(confirm()) / latency


@asynccontextmanager
async def _warm_bot() -> AsyncIterator[Servers]:
    """A new process whose watcher has looked and which has answered once: its prices are fresh."""
    async with servers() as served, bot_process(served):
        await served.telegram.wait_poll(timeout=60)
        await served.exchange.wait_request(lambda request: _ends_the_log(request, served))
        await answered(served.chats[0], "/dust", TOTALS)
        yield served


def _ends_the_log(request: Request, served: Servers) -> bool:
    """Whether this is the answered request for the newest part of the log: the first look is over."""
    if request.path != "/sapi/v1/asset/dribblet" or request.status is None:
        return False
    return int(request.params["endTime"]) >= served.clock.now().timestamp() * 1000


async def _latency(served: Servers) -> float:
    """What one request takes, in seconds, on a connection that is open already; sets it to LATENCY first."""
    served.exchange.latency = LATENCY
    async with aiohttp.ClientSession() as session:

        async def ask() -> None:
            async with session.get(f"{served.exchange.url}/api/v3/time") as answer:
                await answer.read()

        return median([await timed(ask()) for _ in range(_PROBES)])
