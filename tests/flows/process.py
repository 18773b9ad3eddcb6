"""The bot as a process of its own, as the operator starts, ends and kills it."""

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
    """`python -m bot …`; what it writes goes to files, so that no pipe can hold it up."""

    def __init__(self, process: asyncio.subprocess.Process, out: Path, err: Path) -> None:
        self._process = process
        self._out = out
        self._err = err

    @property
    def pid(self) -> int:
        """The system's number for it."""
        return self._process.pid

    @property
    def code(self) -> int | None:
        """The exit code; None while it runs."""
        return self._process.returncode

    async def kill(self) -> None:
        """SIGKILL: nothing of the program runs any more."""
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()

    async def terminate(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Sends the signal; the exit code."""
        self._process.send_signal(number)
        return await self.ended()

    async def ended(self) -> int:
        """The exit code, once it has ended."""
        async with asyncio.timeout(_PATIENCE):
            return await self._process.wait()

    def log(self) -> str:
        """What it has written to stderr so far."""
        return self._err.read_text()

    def said(self) -> str:
        """What it has written to stdout so far."""
        return self._out.read_text()

    async def wrote(self, words: str) -> None:
        """Waits until it has written this to stdout or stderr."""
        async with asyncio.timeout(_PATIENCE):
            while words not in self.said() + self.log():  # noqa: ASYNC110 - files, no event
                await asyncio.sleep(0.01)


@asynccontextmanager
async def started(folder: Path, *arguments: str, **variables: str) -> AsyncIterator[BotProcess]:
    """A process with this environment and no other, in this folder; killed at the end if it still runs."""
    out, err = folder.parent / "stdout", folder.parent / "stderr"
    with out.open("ab") as stdout, err.open("ab") as stderr:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bot", *arguments),
            cwd=folder,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(_ROOT),
                "TMPDIR": str(folder),
                **variables,
            },
            stdout=stdout,
            stderr=stderr,
        )
    bot = BotProcess(process, out, err)
    try:
        yield bot
    finally:
        await bot.kill()


@asynccontextmanager
async def bot_process(
    house: House, *, reachable: bool = True, **changes: str
) -> AsyncIterator[BotProcess]:
    """The bot on the house's servers and database, in an empty folder.

    With `reachable` it is given back when it waits for updates, else at once.
    """
    empty = house.folder / "empty"
    empty.mkdir(exist_ok=True)
    async with started(empty, "run", **(environment(house) | changes)) as process:
        if reachable:
            await house.telegram.wait_poll(timeout=_PATIENCE)
        yield process


def environment(house: House) -> dict[str, str]:
    """The settings of the house, in the words of `.env.example`."""
    return {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": house.telegram.url,
        "ALLOWED_CHATS": str(house.chat.id),
        "EXCHANGE_API_KEY": KEY,
        "EXCHANGE_API_SECRET": SECRET,
        "EXCHANGE_API_URL": house.exchange.url,
        "DATABASE_PATH": str(house.settings["database_path"]),
    }
