"""One emulated exchange at a standing clock, and a client for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from decimal import Decimal

import aiohttp
import pytest

from sandbox.binance import BinanceEmulator
from tests.sandbox.binance.client import KEY, SECRET, Client, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def exchange(clock: Clock) -> AsyncIterator[BinanceEmulator]:
    """ADA and TRX are dust; BNB is the target; the rest of the market is the standard one."""
    emulator = BinanceEmulator(KEY, SECRET, clock)
    emulator.market.set_price("ADA", Decimal("0.00001"))
    emulator.market.set_price("TRX", Decimal("0.000003"))
    emulator.wallet.deposit("ADA", Decimal("6.21"))
    emulator.wallet.deposit("TRX", Decimal("12.5"))
    async with emulator:
        yield emulator


@pytest.fixture
async def client(exchange: BinanceEmulator, clock: Clock) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        yield Client(session, exchange, clock)
