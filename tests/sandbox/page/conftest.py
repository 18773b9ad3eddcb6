"""The demo's page between a local Telegram and a local exchange at a standing clock."""

from collections.abc import AsyncIterator
from decimal import Decimal

import aiohttp
import pytest

from sandbox.binance import BinanceEmulator
from sandbox.page import DemoPage
from sandbox.telegram import Chat, TelegramSandbox
from tests.sandbox.binance.client import KEY, SECRET, Client
from tests.sandbox.binance.client import Clock as StandingClock
from tests.sandbox.page.visitor import Visitor


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
async def exchange(clock: StandingClock) -> AsyncIterator[BinanceEmulator]:
    emulator = BinanceEmulator(KEY, SECRET, clock)
    emulator.market.set_price("ADA", Decimal("0.00001"))
    emulator.market.set_price("TRX", Decimal("0.000003"))
    emulator.wallet.deposit("ADA", Decimal("6.21"))
    emulator.wallet.deposit("TRX", Decimal("12.5"))
    async with emulator:
        yield emulator


@pytest.fixture
async def page(
    tg: TelegramSandbox, exchange: BinanceEmulator, chat: Chat, clock: StandingClock
) -> AsyncIterator[DemoPage]:
    demo = DemoPage(tg, exchange, chat, jump=clock.advance, now=clock)
    await demo.start()
    yield demo
    await demo.stop()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def visitor(session: aiohttp.ClientSession, page: DemoPage) -> Visitor:
    return Visitor(session, page.url)


@pytest.fixture
def api(session: aiohttp.ClientSession, exchange: BinanceEmulator, clock: StandingClock) -> Client:
    return Client(session, exchange, clock)
