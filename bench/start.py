"""How long the process takes to its first getUpdates, where that time goes, and how much memory it holds."""

import asyncio
import re
import sys
from collections import Counter
from pathlib import Path
from statistics import median

from bench.figures import figure, heading, middle_of, spread
from bench.process import LIKE_MAKE_RUN, ROOT, bot_process
from bench.world import servers, timed

RUNS = 5
TOP = 5
#: What the process imports before it serves.
_IMPORTS = "import bot.environment, bot.logs, bot.run"
_LIBRARIES = "import ccxt.async_support, telegram.ext, pydantic_settings, aiosqlite"
#: `import time: self [us] | cumulative | imported package`, the package indented by its depth.
_IMPORT_LINE = re.compile(r"import time:\s*(\d+) \|\s*\d+ \| +(\w+)")


async def measure() -> None:
    """Starts `python -m bot run` again and again against the sandbox servers."""
    heading("python -m bench start", "Start of the process")
    runs = [await _run() for _ in range(RUNS)]
    seconds, resident, imports, libraries = map(list, zip(*runs, strict=True))
    figure("process start to first getUpdates", middle_of(seconds), f"s {spread(seconds)}")
    _share("  of it: interpreter and all imports", imports, seconds)
    _share("  of it: interpreter and the four large libraries", libraries, seconds)
    figure("resident memory at that moment", middle_of(resident, 0), f"MiB {spread(resident, 0)}")
    await _import_times()


def _share(name: str, part: list[float], whole: list[float]) -> None:
    ratio = median(part) / median(whole)
    figure(name, f"{ratio:.2f}", f"of the start ({middle_of(part)} s)")


async def _run() -> tuple[float, float, float, float]:
    """In turn, so that a busy moment of the machine meets all alike."""
    seconds, resident = await _start()
    imports = await timed(_python("-c", _IMPORTS))
    return seconds, resident, imports, await timed(_python("-c", _LIBRARIES))


async def _start() -> tuple[float, float]:
    """Seconds to the first getUpdates, and MiB at that moment."""
    async with servers() as served, bot_process(served) as process:
        seconds = await timed(served.telegram.wait_poll(timeout=60))
        return seconds, _resident(process.pid)


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    found = re.search(r"^VmRSS:\s+(\d+) kB$", status, re.MULTILINE)
    if found is None:
        raise RuntimeError("the process has ended")
    return int(found[1]) / 1024


async def _import_times() -> None:
    times: Counter[str] = Counter()
    output = await _python("-X", "importtime", "-c", _IMPORTS)
    for microseconds, package in _IMPORT_LINE.findall(output):
        times[package] += int(microseconds)
    for package, microseconds in times.most_common(TOP):
        share = microseconds / times.total()
        figure(f"  imports: modules of {package}", f"{share:.2f}", "of -X importtime's sum")


async def _python(*arguments: str) -> str:
    """Runs the interpreter from the checkout; what it wrote to stderr."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=ROOT,
        env=LIKE_MAKE_RUN,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    if process.returncode:
        raise RuntimeError(said.decode())
    return said.decode()
