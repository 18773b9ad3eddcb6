"""One Binance spot account."""

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal

from dust.conversion import (
    Conversion,
    ExecuteResult,
    LogRecord,
    LookupResult,
    Quote,
    Undecided,
)
from dust.delisted import Delisting
from dust.errors import DustError
from dust.model import Balance, Candidates, Capabilities, KeyReport, Limits
from dust.money import Rates
from dust.ports import Clock
from dust.remedy import EVERYTHING, Remedy, Wish
from exchanges.binance import shapes
from exchanges.binance.client import open_client
from exchanges.binance.delist_schedule import fetch_delistings
from exchanges.binance.prices import PriceBoard, prices
from exchanges.binance.remedy import BinanceRemedy
from exchanges.binance.sales import Sales
from exchanges.binance.small_assets import BNB, SmallAssets
from exchanges.binance.swaps import Swaps
from exchanges.binance.wallet import fetch_balances
from exchanges.binance.wire import BinanceWire
from exchanges.ccxt_wire import TimeLimits
from exchanges.pause import Pauses

CAPABILITIES = Capabilities(
    exchange="binance",
    display_name="Binance",
    target=BNB,
    valued_in="BTC",
    max_assets=100,  # the log shows no more
    ceiling_range=(Decimal("0.0003"), Decimal("0.0012")),  # since 2021, as the help pages said
    targets=(BNB, "USDT", "USDC", "BTC"),  # the list is not published: these are asked for
    remedies=frozenset(Remedy),
    fee_token=BNB,
)


class BinanceAccount:
    """Implements `dust.ports.ExchangeAccount`. `api_url` takes the place of Binance's own hosts;
    `pauses` are shared with every other account."""

    def __init__(
        self,
        *,
        name: str,
        api_key: str,
        api_secret: str,
        clock: Clock,
        pauses: Pauses,
        api_url: str | None = None,
        limits: TimeLimits | None = None,
    ) -> None:
        client = open_client(api_key, api_secret, api_url, clock, pauses)
        self.name = name
        self.capabilities = CAPABILITIES
        self._wire = BinanceWire(client, limits or TimeLimits())
        self._board = PriceBoard(self._fetch_prices, clock)
        self._small_assets = SmallAssets(name, self._wire, self._board, clock)
        self._swaps = Swaps(self._wire, clock)
        self._remedies: Mapping[Remedy, BinanceRemedy] = {
            Remedy.DUST: self._small_assets,
            Remedy.SWAP: self._swaps,
            Remedy.SALE: Sales(self._wire, self._board, clock),
        }

    async def check_key(self) -> KeyReport:
        """Weight 1, by address."""
        restrictions = self._wire.client.sapi_get_account_apirestrictions
        return await self._wire.read(restrictions, shapes.key_report)

    async def candidates(self, target: str | None = None) -> Candidates:
        """Weight 1, by address."""
        return await self._small_assets.candidates(target)

    async def balances(self) -> tuple[Balance, ...]:
        """Weight 5, by address."""
        return await fetch_balances(self._wire)

    async def rates(self) -> Rates:
        """Unsigned; a request at most once a minute."""
        return await self._board.rates()

    async def prepare(self, wish: Wish = EVERYTHING) -> Quote:
        """As the wish's remedy does it."""
        return await self._remedies[wish.remedy].prepare(wish)

    async def swap_limits(self, target: str) -> Mapping[str, Limits]:
        """Weight 3000, by address; asked at most once an hour."""
        return await self._swaps.limits(target)

    async def execute(self, conversion: Conversion) -> ExecuteResult:
        """One request, of the conversion's remedy."""
        return await self._remedies[conversion.quote.remedy].execute(conversion)

    async def lookup(self, conversion: Conversion, others: Collection[Conversion]) -> LookupResult:
        """What the conversion's remedy can find out."""
        try:
            return await self._remedies[conversion.quote.remedy].look(conversion, others)
        except DustError as error:
            return Undecided(f"Binance can't be asked now: {error}")

    async def history(self, since: datetime) -> tuple[LogRecord, ...]:
        """The log of dust conversions."""
        return await self._small_assets.history(since)

    async def fees_in_token(self) -> bool:
        """Weight 1, by address."""
        return await self._wire.read(self._wire.client.sapi_get_bnbburn, shapes.burns)

    async def pay_fees_in_token(self, on: bool) -> None:
        """Weight 1, by address."""
        switch, words = self._wire.client.sapi_post_bnbburn, {"spotBNBBurn": str(on).lower()}
        await self._wire.read(lambda: switch(words), shapes.burns)

    async def delistings(self, held: Collection[str]) -> tuple[Delisting, ...]:
        """Weight 100, by address."""
        return await fetch_delistings(self._wire, held)

    def rest_until(self, until: datetime) -> None:
        """No call leaves for Binance before then."""
        self._wire.rest_until(until)

    async def close(self) -> None:
        """Lets go of the connection."""
        await self._wire.close()

    async def _fetch_prices(self, params: Mapping[str, str]) -> Mapping[str, Decimal]:
        ask = self._wire.client.public_get_ticker_price
        return await self._wire.read_public(lambda: ask(params), prices)
