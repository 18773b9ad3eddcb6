"""Which pairs Binance will delist (wallet documentation, spot/delist-schedule).

It names pairs, not assets: a pair belongs to the asset whose name it begins with, if the rest is one of the
assets that pairs are quoted in.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from dust.delisted import Delisting
from exchanges.answers import Malformed, as_rows, moment, text
from exchanges.binance.wire import BinanceWire

#: What pairs are quoted in.
QUOTES = (
    *(
        "USDT",
        "USDC",
        "FDUSD",
        "TUSD",
        "USD1",
        "USDE",
        "BTC",
        "ETH",
        "BNB",
        "XRP",
        "TRX",
        "DOGE",
        "SOL",
    ),
    *(
        "EUR",
        "EURI",
        "TRY",
        "BRL",
        "JPY",
        "PLN",
        "RON",
        "ZAR",
        "UAH",
        "MXN",
        "ARS",
        "COP",
        "CZK",
        "IDR",
    ),
)


async def fetch_delistings(wire: BinanceWire, held: Collection[str]) -> tuple[Delisting, ...]:
    """Of the `held` assets those that lose pairs, the next first. Weight 100 by address, and 4 more for the
    list of all pairs where one of them is concerned."""
    schedule = wire.client.sapi_get_spot_delist_schedule
    ends = await wire.read(schedule, _schedule)
    losing = {asset: _pairs_of(asset, ends) for asset in held}
    losing = {asset: pairs for asset, pairs in losing.items() if pairs}
    if not losing:
        return ()
    everything = await wire.read_public(wire.client.public_get_ticker_price, _symbols)
    found = [_delisting(asset, pairs, ends, everything) for asset, pairs in losing.items()]
    return tuple(sorted(found, key=lambda one: (one.at, one.asset)))


def _delisting(
    asset: str, pairs: list[str], ends: Mapping[str, datetime], everything: frozenset[str]
) -> Delisting:
    left = set(_pairs_of(asset, everything)) - set(pairs)
    moments = [ends[pair] for pair in pairs]
    at = min(moments) if left else max(moments)
    return Delisting(asset, at, tuple(sorted(pairs)), last=not left)


def _pairs_of(asset: str, symbols: Collection[str]) -> list[str]:
    return [f"{asset}{quote}" for quote in QUOTES if f"{asset}{quote}" in symbols]


def _schedule(answer: object) -> Mapping[str, datetime]:
    ends: dict[str, datetime] = {}
    for row in as_rows(answer, "the schedule"):
        symbols = row.get("symbols")
        if not isinstance(symbols, list) or not all(isinstance(one, str) for one in symbols):
            raise Malformed("symbols is no list of names")
        ends |= dict.fromkeys(symbols, moment(row, "delistTime"))
    return ends


def _symbols(answer: object) -> frozenset[str]:
    return frozenset(text(row, "symbol") for row in as_rows(answer, "the prices"))
