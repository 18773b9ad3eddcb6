"""`make demo`: the real bot on a made-up Telegram and a made-up exchange, in one process.

The only importer of the sandbox. Settings are built in code: neither `.env` nor the environment is read.
"""

import asyncio
import logging
import signal
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path

from bot.clocks import MovableClock
from bot.logs import configure_logs
from bot.run import serving
from bot.settings import Settings
from sandbox.binance import BinanceEmulator
from sandbox.binance.portfolio import fill_with_dust
from sandbox.page import DemoPage
from sandbox.telegram import TelegramSandbox

_TOKEN = "110201543:made-up-token-of-the-demo-00000000"  # noqa: S105 - opens nothing but the sandbox
_KEY, _SECRET = "made-up-key", "made-up-secret"
_VISITOR = 1001
_INTERVAL = timedelta(seconds=5)
_TICK = timedelta(milliseconds=500)


async def demo(port: int, say: Callable[[str], None]) -> None:
    """Serves the page until Ctrl-C or SIGTERM; leaves nothing behind."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    configure_logs("WARNING", "text", (_TOKEN, _KEY, _SECRET))
    logging.getLogger("bot").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="dustpan-demo-") as folder:
        async with playing(Path(folder), port) as url:
            say(
                f"\n  Dustpan's demo is open at  {url}\n\n  Nothing in it is real. Ctrl-C ends it.\n"
            )
            await stop.wait()


@asynccontextmanager
async def playing(folder: Path, port: int = 0) -> AsyncIterator[str]:
    """The whole demo at work; gives the page's address."""
    clock = MovableClock()
    async with AsyncExitStack() as stack:
        telegram = TelegramSandbox(_TOKEN, username="dustpan_bot", now=clock.now)
        exchange = BinanceEmulator(_KEY, _SECRET, now=clock.now)
        fill_with_dust(exchange)
        await stack.enter_async_context(telegram)
        await stack.enter_async_context(exchange)
        chat = telegram.private(telegram.person(_VISITOR, "You"))
        page = DemoPage(telegram, exchange, chat, jump=clock.jump, now=clock.now)
        await page.start(port=port)
        stack.push_async_callback(page.stop)
        settings = _settings(folder, telegram.url, exchange.url)
        await stack.enter_async_context(serving(settings, clock, say=lambda _: None, tick=_TICK))
        yield page.url


def _settings(folder: Path, telegram_url: str, exchange_url: str) -> Settings:
    return Settings.in_code(
        telegram_token=_TOKEN,
        telegram_api_url=telegram_url,
        allowed_chats=[_VISITOR],
        accounts={"main": {"api_key": _KEY, "api_secret": _SECRET, "api_url": exchange_url}},
        database_path=folder / "demo.sqlite3",
        check_interval=_INTERVAL,
    )
