"""Prices, pairs and request weights."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from sandbox.binance.portfolio import DUST, fill_with_dust
from tests.sandbox.binance.client import DUST_BTC, USER_ASSET, Client

PRICE = "/api/v3/ticker/price"


async def test_every_pair_follows_from_the_prices(client: Client) -> None:
    reply = await client.raw("GET", PRICE, key=None)
    prices = {row["symbol"]: row["price"] for row in reply.json}
    assert prices["BTCUSDT"] == "100000.00000000"
    assert prices["ADAUSDT"] == "1.00000000"
    assert prices["BNBBTC"] == "0.01000000"
    assert prices["BTCGBP"] == "62500.00000000"


async def test_price_of_one_several_or_unknown_symbols(client: Client) -> None:
    one = await client.raw("GET", PRICE, "symbol=ADABTC")
    assert one.json == {"symbol": "ADABTC", "price": "0.00001000"}
    several = await client.raw("GET", PRICE, "symbols=%5B%22BTCUSDT%22%2C%22BNBUSDT%22%5D")
    assert [row["symbol"] for row in several.json] == ["BTCUSDT", "BNBUSDT"]
    single = await client.raw("GET", PRICE, "symbols=%5B%22BTCUSDT%22%5D")
    assert [row["symbol"] for row in single.json] == ["BTCUSDT"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("symbol=NOSUCH", -1121),
        ("symbols=%5B%22BTCUSDT%22%2C%22NOSUCH%22%5D", -1121),
        ("symbols=%5B%22BTCUSDT%22%2C%22BTCUSDT%22%5D", -1151),
        ("symbols=%5B%27BTCUSDT%27%5D", -1100),
        ("symbols=%5B%22BTCUSDT%22%2C%20%22BNBUSDT%22%5D", -1100),
        ("symbol=BTCUSDT&symbols=%5B%22BTCUSDT%22%5D", -1128),
    ],
)
async def test_bad_symbols_fail_the_whole_call(client: Client, query: str, code: int) -> None:
    reply = await client.raw("GET", PRICE, query)
    assert (reply.status, reply.code) == (400, code)


async def test_removed_pair_is_unknown_but_its_asset_stays_dust(client: Client) -> None:
    client.exchange.market.remove_pair("ADABTC")
    assert (await client.raw("GET", PRICE, "symbol=ADABTC")).code == -1121
    assert len((await client.signed("POST", DUST_BTC)).json["details"]) == 2
    client.exchange.market.restore_pair("ADABTC")
    assert (await client.raw("GET", PRICE, "symbol=ADABTC")).status == 200


async def test_price_below_eight_places_has_no_pair(client: Client) -> None:
    client.exchange.market.set_price("PEPE", Decimal("0.0000000001"))
    assert (await client.raw("GET", PRICE, "symbol=PEPEBTC")).code == -1121
    assert (await client.raw("GET", PRICE, "symbol=PEPEUSDT")).json["price"] == "0.00001000"


async def test_lot_steps_are_worth_a_few_cents_at_most(client: Client) -> None:
    info = (await client.raw("GET", "/api/v3/exchangeInfo")).json
    steps = {
        row["symbol"]: next(f["stepSize"] for f in row["filters"] if f["filterType"] == "LOT_SIZE")
        for row in info["symbols"]
    }
    assert steps["ADAUSDT"] == "0.10000000"
    assert steps["BTCUSDT"] == "0.00000100"
    assert steps["BNBBTC"] == "0.00010000"


async def test_worth_in_bitcoin_only_on_request(client: Client) -> None:
    plain = await client.signed("POST", USER_ASSET)
    assert {row["btcValuation"] for row in plain.json} == {"0"}
    valued = await client.signed(
        "POST", USER_ASSET, [("asset", "ADA"), ("needBtcValuation", "true")]
    )
    assert [(row["asset"], row["btcValuation"]) for row in valued.json] == [("ADA", "0.00006210")]


async def test_weights_are_counted_per_minute(client: Client) -> None:
    first = await client.raw("GET", "/api/v3/time")
    second = await client.raw("GET", PRICE)
    assert [r.headers["X-MBX-USED-WEIGHT-1M"] for r in (first, second)] == ["1", "5"]
    converted = await client.convert("ADA")
    assert converted.headers["X-SAPI-USED-UID-WEIGHT-1M"] == "10"
    client.clock.advance(timedelta(minutes=1))
    assert (await client.raw("GET", PRICE)).headers["X-MBX-USED-WEIGHT-1M"] == "4"


async def test_demo_account_has_dust_worth_converting(client: Client) -> None:
    fill_with_dust(client.exchange)
    preview = (await client.signed("POST", DUST_BTC)).json
    offered = {row["asset"] for row in preview["details"]}
    assert set(DUST) <= offered
    assert not offered & {"FTT", "ETH", "BNB", "USDT"}
    price = (await client.raw("GET", PRICE, "symbol=BTCUSDT")).json["price"]
    assert 10 < Decimal(preview["totalTransferBtc"]) * Decimal(price) < 30
