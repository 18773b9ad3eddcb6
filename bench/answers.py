"""How long people wait, in units of the exchange's own latency."""

import asyncio
from statistics import median

import aiohttp

from bench.figures import figure, heading, middle_of, spread
from bench.world import TOTALS, Servers, answered, timed, warm_bot

LATENCY = 0.3  # seconds
RUNS = 5
_PROBES = 5


async def measure() -> None:
    """Bot and servers share one process and one thread: what the sandbox takes is counted as the bot's."""
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
    async with warm_bot() as (served, _):
        latency = await _latency(served)
        asked = (timed(answered(chat, "/dust", TOTALS)) for chat in served.chats)
        return [wait / latency for wait in await asyncio.gather(*asked)]


async def _convert() -> float:
    """From the tap on Confirm to the outcome, in latencies."""
    async with warm_bot() as (served, _):
        chat = served.chats[0]
        await answered(chat, "/convert all", "It can't be undone")
        latency = await _latency(served)
        review = chat.last

        async def confirm() -> None:
            await review.tap("✅ Confirm")
            await chat.wait(lambda message: "Received" in message.text, timeout=30)

        return await timed(confirm()) / latency


async def _latency(served: Servers) -> float:
    """What one request takes, in seconds, on a connection that is open already; sets it to LATENCY first."""
    served.exchange.latency = LATENCY
    async with aiohttp.ClientSession() as session:

        async def ask() -> None:
            async with session.get(f"{served.exchange.url}/api/v3/time") as answer:
                await answer.read()

        return median([await timed(ask()) for _ in range(_PROBES)])
