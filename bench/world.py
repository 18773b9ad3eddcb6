"""What the figures are taken on: both sandbox servers, the demo's portfolio, and the bot."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.clocks import MovableClock
from bot.run import serving
from bot.settings import Settings
from bot.wiring import World
from dust.model import AccountWatch
from sandbox.binance import BinanceEmulator
from sandbox.binance.portfolio import fill_with_dust
from sandbox.telegram import Chat, TelegramSandbox

TOKEN = "110201543:made-up-token-of-the-bench-0000000"  # noqa: S105 - opens nothing but the sandbox
KEY, SECRET = "made-up-key", "made-up-secret"
CHATS = range(1001, 1021)
INTERVAL = timedelta(minutes=15)
#: What stands in every complete answer to /dust, and in nothing shown before it.
TOTALS = "You get about"

_TICK = timedelta(milliseconds=30)
_PATIENCE = 30


@dataclass(frozen=True, slots=True)
class Servers:
    """The two servers, one clock, and private chats that the bot allows."""

    telegram: TelegramSandbox
    exchange: BinanceEmulator
    clock: MovableClock
    chats: tuple[Chat, ...]

    def settings(self, folder: Path) -> Settings:
        """Settings that name these servers and keep the database in `folder`."""
        account: dict[str, Any] = {
            "api_key": KEY,
            "api_secret": SECRET,
            "api_url": self.exchange.url,
        }
        return Settings.in_code(
            telegram_token=TOKEN,
            telegram_api_url=self.telegram.url,
            allowed_chats=list(CHATS),
            accounts={"main": account},
            database_path=folder / "bench.sqlite3",
            check_interval=INTERVAL,
        )


@asynccontextmanager
async def servers() -> AsyncIterator[Servers]:
    """Both at work, with the demo's portfolio on the exchange."""
    clock = MovableClock()
    telegram = TelegramSandbox(TOKEN, now=clock.now)
    exchange = BinanceEmulator(KEY, SECRET, now=clock.now)
    fill_with_dust(exchange)
    async with telegram, exchange:
        chats = tuple(telegram.private(telegram.person(chat, f"No. {chat}")) for chat in CHATS)
        yield Servers(telegram, exchange, clock, chats)


@asynccontextmanager
async def bot_on(served: Servers, folder: Path, *, tick: timedelta = _TICK) -> AsyncIterator[World]:
    """The bot in this process, polling; its jobs look every `tick` whether something is due."""
    settings = served.settings(folder)
    async with serving(settings, served.clock, say=lambda _: None, tick=tick) as world:
        await served.telegram.wait_poll()
        yield world


async def watched(world: World, wanted: Callable[[AccountWatch], bool]) -> None:
    """Waits until what the watcher remembers of the account is as wanted."""
    async with asyncio.timeout(_PATIENCE):
        while not wanted(await world.store.watches.get("main")):  # noqa: ASYNC110 - a row, no event
            await asyncio.sleep(0.005)


async def answered(chat: Chat, command: str, *containing: str) -> None:
    """Writes the command and waits for the answer that holds these texts."""
    sent = await chat.send(command)
    await chat.wait(
        lambda message: all(text in message.text for text in containing),
        timeout=_PATIENCE,
        after=sent,
    )


async def timed(work: Awaitable[object]) -> float:
    """The seconds that the work takes."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    await work
    return loop.time() - began
