"""Accounts on local servers."""

from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from exchanges.binance import BinanceAccount
from sandbox.binance import BinanceEmulator
from tests.exchanges.canned import CannedServer, canned_server
from tests.exchanges.steps import KEY, SECRET, SHORT, StillClock, open_binance


@pytest.fixture
def clock() -> StillClock:
    """The time of the account and of its exchange."""
    return StillClock()


@pytest.fixture
async def emulator(clock: StillClock) -> AsyncIterator[BinanceEmulator]:
    """A local Binance with three tokens' worth of dust and prices in all currencies."""
    async with BinanceEmulator(KEY, SECRET, now=clock.now) as exchange:
        for asset, btc in {
            "BNB": "0.01",
            "ADA": "0.00001",
            "TRX": "0.000003",
            "XRP": "0.00002",
        }.items():
            exchange.market.set_price(asset, Decimal(btc))
        for asset, usdt in {"USDT": "0.00001", "EUR": "0.0000125", "GBP": "0.00002"}.items():
            exchange.market.set_price(asset, Decimal(usdt))
        for asset, amount in {"ADA": "6.21", "TRX": "11.5", "XRP": "3"}.items():
            exchange.wallet.deposit(asset, Decimal(amount))
        yield exchange


@pytest.fixture
async def account(emulator: BinanceEmulator, clock: StillClock) -> AsyncIterator[BinanceAccount]:
    """The account there; patience is short."""
    opened = open_binance(emulator.url, clock, limits=SHORT)
    yield opened
    await opened.close()


@pytest.fixture
async def canned() -> AsyncIterator[CannedServer]:
    """A server with prepared answers."""
    async with canned_server() as server:
        yield server


@pytest.fixture
async def reader(canned: CannedServer, clock: StillClock) -> AsyncIterator[BinanceAccount]:
    """An account on the server with prepared answers."""
    opened = open_binance(canned.url, clock)
    yield opened
    await opened.close()
