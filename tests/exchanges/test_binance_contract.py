"""Binance keeps the promises of the port."""

from decimal import Decimal

import pytest

from dust.ports import ExchangeAccount
from exchanges.binance import BinanceAccount
from sandbox.binance import BinanceEmulator, faults
from tests.exchanges.contract import ExchangeContract, Rig
from tests.exchanges.steps import DUST, StillClock


class BinanceRig:
    """The emulator's levers."""

    def __init__(
        self, account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
    ) -> None:
        self.account: ExchangeAccount = account
        self.clock = clock
        self._emulator = emulator

    def received(self) -> Decimal:
        return self._emulator.wallet.free("BNB")

    def converting_requests(self) -> int:
        return sum(request.path == DUST for request in self._emulator.requests)

    def conversions(self) -> int:
        return len(self._emulator.conversions)

    def lose_answer(self, *, execute: bool) -> None:
        self._emulator.faults.script(DUST, faults.drop(execute=execute))

    def hold_answer(self) -> None:
        self._emulator.faults.script(DUST, faults.hang(execute=True))

    def go_down(self) -> None:
        self._emulator.down = True

    def spoil(self, asset: str) -> None:
        self._emulator.rules.unsupported.add(asset)

    async def wait_converting(self) -> None:
        await self._emulator.wait_request(lambda request: request.path == DUST)


class TestBinance(ExchangeContract):
    """Over real HTTP, against the local Binance."""

    @pytest.fixture
    def rig(self, account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock) -> Rig:
        return BinanceRig(account, emulator, clock)
