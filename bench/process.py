"""`python -m bot run` as a process of its own, on the sandbox servers."""

import asyncio
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.world import CHATS, KEY, SECRET, TOKEN, Servers

ROOT = Path(__file__).parent.parent
#: The Makefile lets no byte code be written: the project's own modules are compiled at every start.
LIKE_MAKE_RUN = {"PYTHONDONTWRITEBYTECODE": "1"}


@asynccontextmanager
async def bot_process(served: Servers) -> AsyncIterator[Process]:
    """The process, from its first instruction on; it is told to end afterwards."""
    with TemporaryDirectory(prefix="dustpan-bench-") as folder:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=folder, env=_environment(served, folder)
        )
        try:
            yield process
        finally:
            process.terminate()
            await process.wait()


def _environment(served: Servers, folder: str) -> dict[str, str]:
    """The folder is the working directory and holds no `.env`: nothing else is read."""
    return {
        **LIKE_MAKE_RUN,
        "PYTHONPATH": str(ROOT),
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": served.telegram.url,
        "ALLOWED_CHATS": ",".join(str(chat) for chat in CHATS),
        "EXCHANGE_API_KEY": KEY,
        "EXCHANGE_API_SECRET": SECRET,
        "EXCHANGE_API_URL": served.exchange.url,
        "TMPDIR": folder,
        "DATABASE_PATH": str(Path(folder) / "bench.sqlite3"),
        "LOG_LEVEL": "ERROR",
    }
