"""How often the exchange is asked."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from bench.figures import heading, requests
from bench.world import INTERVAL, TOTALS, Servers, answered, bot_on, servers, watched
from bot.wiring import World

_A_DAY = timedelta(days=1)


async def measure() -> None:
    """Counts what arrives at the exchange for /dust and for the watcher's looks."""
    heading("python -m bench requests", "Requests to the exchange")
    with tempfile.TemporaryDirectory(prefix="dustpan-bench-") as folder:
        await _of_dust(Path(folder))
    with tempfile.TemporaryDirectory(prefix="dustpan-bench-") as folder:
        await _of_watching(Path(folder))


async def _of_dust(folder: Path) -> None:
    # The watcher does not look meanwhile.
    async with servers() as served, bot_on(served, folder, tick=_A_DAY):
        for name in ("/dust, the first, before the watcher has read anything", "/dust, warm"):
            async with _counted(name, served):
                await answered(served.chats[0], "/dust", TOTALS)


async def _of_watching(folder: Path) -> None:
    async with servers() as served:
        async with (
            _counted("watcher, first look ever (reads a year of the log)", served),
            bot_on(served, folder) as world,
        ):
            await _looked(served, world)
        async with bot_on(served, folder) as world:
            await _looked(served, world)
            async with _counted("watcher, every later look", served):
                served.clock.jump(INTERVAL)
                await _looked(served, world)
            async with _counted(
                "watcher, the one look a day that reads the log and the key", served
            ):
                served.clock.jump(_A_DAY)
                await _looked(served, world)
        async with (
            _counted("watcher, first look after a restart", served),
            bot_on(served, folder) as world,
        ):
            await _looked(served, world)


async def _looked(served: Servers, world: World) -> None:
    """Waits until no look is due any more: the present one is over."""
    await watched(
        world,
        lambda watch: watch.next_check_at is not None and served.clock.now() < watch.next_check_at,
    )


@asynccontextmanager
async def _counted(name: str, served: Servers) -> AsyncIterator[None]:
    before = len(served.exchange.requests)
    yield
    requests(name, served.exchange.requests[before:])
