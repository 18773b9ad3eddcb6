"""The emulated exchange as its users see it: one account, its market, and a server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Self

from sandbox.binance.dust import DustConversion, DustRow
from sandbox.binance.faults import FaultScript
from sandbox.binance.key import AccountState, ApiKey
from sandbox.binance.market import Market
from sandbox.binance.order_desk import OrderDesk
from sandbox.binance.rules import DustRules
from sandbox.binance.server import Server
from sandbox.binance.state import Clock, ExchangeState, utc_now
from sandbox.binance.swap_desk import Swap, SwapDesk
from sandbox.binance.traffic import Request, Traffic
from sandbox.binance.wallet import Wallet


class BinanceEmulator:
    """Binance's REST API on 127.0.0.1, reachable at ``url`` between ``start`` and ``stop``.

    ``now`` returns an aware UTC time. Settings and balances outlive a stop; a new start may bring
    another port.
    """

    def __init__(self, api_key: str, api_secret: str, now: Clock = utc_now) -> None:
        self._state = ExchangeState(ApiKey(api_key, api_secret), now)
        self._traffic = Traffic()
        self.faults = FaultScript()
        self._server = Server(self._state, self._traffic, self.faults)
        self.url = ""

    async def start(self) -> None:
        self.url = await self._server.start()

    async def stop(self) -> None:
        await self._server.stop()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.stop()

    @property
    def wallet(self) -> Wallet:
        self._state.swaps.catch_up()
        return self._state.wallet

    @property
    def market(self) -> Market:
        return self._state.market

    @property
    def rules(self) -> DustRules:
        return self._state.rules

    @property
    def key(self) -> ApiKey:
        return self._state.key

    @property
    def account(self) -> AccountState:
        return self._state.account

    @property
    def conversions(self) -> Sequence[DustConversion]:
        """Dust conversions that took place, oldest first, whoever made them."""
        return self._state.desk.conversions

    @property
    def swaps(self) -> SwapDesk:
        """Spot Convert: its rules and every accepted order."""
        return self._state.swaps

    @property
    def orders(self) -> OrderDesk:
        """Spot orders: their rules and every order."""
        return self._state.orders

    @property
    def requests(self) -> Sequence[Request]:
        return self._traffic.requests

    @property
    def latency(self) -> float:
        """Seconds that every request waits before anything is done."""
        return self._server.latency

    @latency.setter
    def latency(self, seconds: float) -> None:
        self._server.latency = seconds

    @property
    def down(self) -> bool:
        """While true, every connection is closed without an answer and nothing is done."""
        return self._server.down

    @down.setter
    def down(self, value: bool) -> None:
        self._server.down = value

    @property
    def maintenance(self) -> bool:
        """While true, only system/status answers."""
        return self._state.maintenance

    @maintenance.setter
    def maintenance(self, value: bool) -> None:
        self._state.maintenance = value

    async def wait_request(
        self, predicate: Callable[[Request], bool], timeout: float = 5
    ) -> Request:
        """First request, past or future, that fits; TimeoutError after ``timeout`` seconds."""
        return await self._traffic.wait(predicate, timeout)

    def offered(self, target: str = "BNB") -> Sequence[DustRow]:
        """What a conversion to ``target`` would accept now, by asset code."""
        return self._state.desk.offered(target)

    def website_convert(self, assets: Sequence[str], target: str = "BNB") -> DustConversion:
        """A conversion that the owner makes on the website; raises BinanceError."""
        return self._state.desk.convert(assets, target)

    def website_swap(self, source: str, target: str, amount: Decimal) -> Swap:
        """``amount`` of ``source`` that the owner swaps on the website; raises BinanceError."""
        return self._state.swaps.by_hand(source, target, amount)
