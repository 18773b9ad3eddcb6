"""Builds what the flow tests run: sandbox servers, clock, settings, and the bot on top."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import patch

from ccxt.async_support.base import throttler

from bot.clocks import MovableClock
from bot.run import serving
from bot.settings import Settings
from bot.wiring import World
from sandbox.binance import BinanceEmulator
from sandbox.binance.traffic import Request
from sandbox.telegram import Chat, Message, Person, TelegramSandbox

TOKEN = "110201543:a-token-that-only-the-sandbox-knows"
KEY, SECRET = "key-that-only-the-sandbox-knows", "secret-that-only-the-sandbox-knows"
TICK = timedelta(milliseconds=30)

DUST = "/sapi/v1/asset/dust"
LIST = "/sapi/v1/asset/dust-btc"
LOG = "/sapi/v1/asset/dribblet"
BALANCES = "/sapi/v3/asset/getUserAsset"
#: Every request that converts.
MOVING = {
    ("POST", path)
    for path in (
        DUST,
        "/sapi/v1/asset/dust-convert/convert",
        "/sapi/v1/convert/acceptQuote",
        "/api/v3/order",
    )
}


@dataclass
class House:
    """One world for one test; the bot in it can be stopped and started again."""

    telegram: TelegramSandbox
    exchange: BinanceEmulator
    clock: MovableClock
    folder: Path
    anna: Person
    chat: Chat
    settings: dict[str, Any]
    said: list[str] = field(default_factory=list)
    world: World | None = None

    @classmethod
    @asynccontextmanager
    async def built(cls, folder: Path, **changes: Any) -> AsyncIterator["House"]:
        """The two servers, running, and settings that name them; nothing else is started."""
        clock = MovableClock()
        telegram = TelegramSandbox(TOKEN, username="dustpan_bot", now=clock.now)
        exchange = BinanceEmulator(KEY, SECRET, now=clock.now)
        # ccxt counts what was asked within the last minute: after a jump that is none.
        pace = patch.object(throttler, "time", lambda: clock.now().timestamp())
        async with telegram, exchange:
            anna = telegram.person(1001, "Anna")
            settings: dict[str, Any] = {
                "telegram_token": TOKEN,
                "telegram_api_url": telegram.url,
                "allowed_chats": [1001],
                "accounts": {
                    "main": {"api_key": KEY, "api_secret": SECRET, "api_url": exchange.url}
                },
                "database_path": folder / "data" / "dustpan.sqlite3",
                "check_interval": timedelta(minutes=15),
            }
            with pace:
                yield cls(
                    telegram=telegram,
                    exchange=exchange,
                    clock=clock,
                    folder=folder,
                    anna=anna,
                    chat=telegram.private(anna),
                    settings=settings | changes,
                )

    @asynccontextmanager
    async def running(self, **changes: Any) -> AsyncIterator["House"]:
        """The bot, polling; it is stopped in order at the end."""
        settings = Settings.in_code(**(self.settings | changes))
        async with serving(settings, self.clock, say=self.said.append, tick=TICK) as world:
            self.world = world
            await self.telegram.wait_poll()
            yield self
        self.world = None

    async def looked(self) -> None:
        """Waits until the watcher has looked at the account and read the exchange's log."""
        assert self.world is not None
        async with asyncio.timeout(5):
            while (await self.world.store.watches.get("main")).log_due:  # noqa: ASYNC110 - a row, no event
                await asyncio.sleep(0.005)

    async def later(self, *containing: str, step: timedelta = timedelta(minutes=1)) -> Message:
        """Lets time pass, a step at a time, until the bot shows a message that holds these texts."""
        for _ in range(60):
            self.clock.jump(step)
            with suppress(AssertionError):
                return await self.shown(*containing, timeout=0.2)
        return await self.shown(*containing)

    def sprinkle(self, **amounts: str) -> None:
        """Puts dust into the wallet: by default ADA, TRX and XRP worth some dollars in all."""
        for asset, dollars in {"ADA": "0.5", "TRX": "0.25", "XRP": "2"}.items():
            self.price(asset, dollars)
        for asset, amount in (amounts or {"ADA": "2", "TRX": "4", "XRP": "0.25"}).items():
            self.exchange.wallet.deposit(asset, Decimal(amount))

    def price(self, asset: str, dollars: str) -> None:
        """What one unit is worth, in US dollars."""
        self.exchange.market.set_price(asset, Decimal(dollars) / Decimal(100_000))

    async def say(
        self, text: str, *, sender: Person | None = None, chat: Chat | None = None
    ) -> int:
        """Writes to the bot and gives the message's id."""
        return await (chat or self.chat).send(text, sender=sender)

    async def ask(self, text: str, *containing: str, timeout: float = 5) -> Message:
        """Writes to the bot and waits for an answer that holds all of these texts."""
        sent = await self.chat.send(text)
        return await self.shown(*containing, after=sent, timeout=timeout)

    async def shown(self, *containing: str, after: int = 0, timeout: float = 5) -> Message:
        """The newest message of the bot that holds all of these texts, once there is one."""
        return await self.chat.wait(
            lambda message: all(text in message.text for text in containing),
            timeout=timeout,
            after=after,
        )

    async def review_all(self) -> Message:
        """An open review of everything."""
        return await self.ask("/convert all", "It can't be undone")

    def sent(self, path: str = DUST) -> list[Request]:
        """The requests that reached the exchange at this path."""
        return [request for request in self.exchange.requests if request.path == path]

    def moving(self) -> list[Request]:
        """The requests that may have moved money, whichever way."""
        return [one for one in self.exchange.requests if (one.method, one.path) in MOVING]

    def free(self, asset: str) -> Decimal:
        """The free balance at the exchange."""
        return Decimal(self.exchange.wallet.free(asset))
