"""The bot as a process of its own, so that it can be killed."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.flows.house import KEY, SECRET, TOKEN, House

_ROOT = Path(__file__).parents[2]
_PATIENCE = 20


class BotProcess:
    """`python -m bot run` against the house's servers and database."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def kill(self) -> None:
        """SIGKILL: nothing of the program runs any more."""
        self._process.kill()
        await self._process.wait()

    async def terminate(self) -> int:
        """SIGTERM; the exit code."""
        self._process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(_PATIENCE):
            return await self._process.wait()

    async def log(self) -> str:
        """What it wrote to stderr, once it has ended."""
        assert self._process.stderr is not None
        return (await self._process.stderr.read()).decode()


@asynccontextmanager
async def bot_process(house: House, *, reachable: bool = True) -> AsyncIterator[BotProcess]:
    """The running process; it is killed at the end if it still runs.

    With `reachable` it is given back when it waits for updates, else at once.
    """
    empty = house.folder / "empty"
    empty.mkdir(exist_ok=True)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "run"),
        cwd=empty,
        env=_environment(house),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        if reachable:
            await house.telegram.wait_poll(timeout=_PATIENCE)
        yield BotProcess(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


def _environment(house: House) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(_ROOT),
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": house.telegram.url,
        "ALLOWED_CHATS": str(house.chat.id),
        "EXCHANGE_API_KEY": KEY,
        "EXCHANGE_API_SECRET": SECRET,
        "EXCHANGE_API_URL": house.exchange.url,
        "DATABASE_PATH": str(house.settings["database_path"]),
    }
