"""Starts the bot as a process, kills it, starts it again, and looks at what it holds."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from sandbox.binance.faults import Ending, Fault
from tests.flows.house import DUST
from tests.flows.process import BotProcess, bot_process
from tests.soak.town import Town

#: For a start, on a machine that is busy with other things.
_PATIENCE = 60
_UNTIL_AMID = 20
_SERVES = "serving as @"
_SECONDS_PER_KILL = 45


@dataclass(frozen=True, slots=True)
class Size:
    """Resident memory in MiB, how many files are open, and how many of these are sockets."""

    memory: float
    files: int
    sockets: int


class Keeper:
    """One bot, in one life after another."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._stack = AsyncExitStack()
        self._process: BotProcess | None = None
        self._lives = 0
        self._since = 0.0

    @property
    def pid(self) -> int | None:
        """Of the process that runs."""
        return None if self._process is None else self._process.pid

    @property
    def age(self) -> float:
        """Seconds that the present life has lasted."""
        return asyncio.get_running_loop().time() - self._since

    async def start(self) -> None:
        """Until it says that it serves: the poll of one that was killed may still be waiting."""
        process = bot_process(self._town.house, reachable=False, **self._town.settings())
        self._process = await self._stack.enter_async_context(process)
        self._lives += 1
        async with asyncio.timeout(_PATIENCE):
            while not self._serves(self._process):  # noqa: ASYNC110 - a file, no event
                await asyncio.sleep(0.05)
        self._since = asyncio.get_running_loop().time()

    def _serves(self, process: BotProcess) -> bool:
        return process.log().count(_SERVES) >= self._lives or process.code is not None

    async def kill(self) -> None:
        """SIGKILL, if it runs."""
        self._process = None
        await self._stack.aclose()

    async def end(self) -> None:
        """SIGTERM, which must end it in order and in time."""
        if not self.has_died() and self._process is not None:
            try:
                code = await self._process.terminate()
            except TimeoutError:
                self._town.problems.append("SIGTERM did not end it")
            else:
                if code:
                    self._town.problems.append(f"SIGTERM ended it with {code}")
        await self.kill()

    def has_died(self) -> bool:
        """Whether it has ended by itself, which is a problem and closes the town."""
        code = None if self._process is None else self._process.code
        if code is None:
            return False
        self._town.problems.append(f"the bot ended by itself, with {code}")
        self._town.close()
        self._process = None
        return True

    def size(self) -> Size | None:
        """Where the system tells."""
        process = Path(f"/proc/{self.pid}")
        if self.pid is None or not process.exists():
            return None
        found = re.search(r"^VmRSS:\s+(\d+) kB$", (process / "status").read_text(), re.MULTILINE)
        files = list(_open_files(process))
        sockets = sum(name.startswith("socket:") for name in files)
        return None if found is None else Size(int(found[1]) / 1024, len(files), sockets)

    async def guard(self) -> None:
        """Watches over it until the town closes."""
        while self._town.is_open and not self.has_died():
            await self._town.rest(0.2, 0.2)

    async def strike(self) -> None:
        """Kills it again and again in the first half, amid a conversion if there is one, and starts it
        again; the second half shows what a long life does to it."""
        half = self._town.seconds / 2
        times = max(1, round(half / _SECONDS_PER_KILL))
        for number in range(1, times + 1):
            moment = half * number / times
            await self._town.rest(*[max(0, moment - self._town.elapsed)] * 2)
            if not self._town.is_open:
                return
            await self._strike_amid(executed=number != 2)

    async def _strike_amid(self, *, executed: bool) -> None:
        """The exchange has converted by then, or never does, which leaves a long doubt and is rare."""
        reached, gone = asyncio.Event(), asyncio.Event()

        async def hold() -> None:
            reached.set()
            await gone.wait()

        script = self._town.house.exchange.faults
        async with self._town.desk:
            script.script(DUST, Fault(execute=executed, after=hold, ending=Ending.DROP))
            amid = await self._town.until(reached.is_set, min(_UNTIL_AMID, self._town.seconds / 8))
            if not amid:
                script.take(DUST)
            await self.kill()
            gone.set()
        self._town.faults["kill -9 amid a conversion" if amid else "kill -9"] += 1
        await self.start()


def _open_files(process: Path) -> Iterator[str]:
    for one in (process / "fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            yield str(one.readlink())
