"""What a trade costs, whether BNB pays for it, and which pairs will soon be gone."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.sandbox.binance.client import DUST_BTC, SWAP, Client

BURN, FEE = "/sapi/v1/bnbBurn", "/sapi/v1/asset/tradeFee"
SCHEDULE = "/sapi/v1/spot/delist-schedule"


@pytest.mark.parametrize("name", ["spotBNBBurn", "spotBnbBurn"])
async def test_a_switch_goes_in_as_a_word_and_comes_out_as_truth(client: Client, name: str) -> None:
    assert (await client.signed("GET", BURN)).json == {
        "spotBNBBurn": False,
        "interestBNBBurn": False,
    }
    answer = await client.signed("POST", BURN, [(name, "true")], in_body=True)
    assert answer.json == {"spotBNBBurn": True, "interestBNBBurn": False}
    await client.signed("POST", BURN, [("interestBNBBurn", "true")])
    await client.signed("POST", BURN, [(name, "false")])
    assert (await client.signed("GET", BURN)).json == {
        "spotBNBBurn": False,
        "interestBNBBurn": True,
    }


@pytest.mark.parametrize(
    ("params", "code"),
    [([], -1102), ([("spotBNBBurn", "True")], -1100), ([("spotBNBBurn", "1")], -1100)],
)
async def test_a_switch_needs_one_of_two_words(
    client: Client, params: list[tuple[str, str]], code: int
) -> None:
    assert (await client.signed("POST", BURN, params)).code == code
    assert not client.exchange.account.spot_bnb_burn


async def test_the_fee_of_one_pair_or_of_all(client: Client) -> None:
    client.exchange.orders.rules.commission = Decimal("0.00075")
    one = await client.signed("GET", FEE, [("symbol", "ADAUSDT")])
    assert one.json == [
        {"symbol": "ADAUSDT", "makerCommission": "0.00075", "takerCommission": "0.00075"}
    ]
    every = await client.signed("GET", FEE)
    assert {"ADABTC", "BNBUSDT", "TRXUSDT"} <= {row["symbol"] for row in every.json}
    assert (await client.signed("GET", FEE, [("symbol", "NOSUCH")])).code == -1121


async def test_the_schedule_needs_a_key_but_no_signature(client: Client) -> None:
    for symbol, hours in (("ADAUSDT", 2), ("TRXBTC", 1), ("ADABTC", 2)):
        client.exchange.market.delist(symbol, client.clock.at + timedelta(hours=hours))
    now = client.clock.milliseconds()
    first, second = 3_600_000, 7_200_000
    assert (await client.raw("GET", SCHEDULE)).json == [
        {"delistTime": now + first, "symbols": ["TRXBTC"]},
        {"delistTime": now + second, "symbols": ["ADABTC", "ADAUSDT"]},
    ]
    assert (await client.signed("GET", SCHEDULE)).status == 200
    assert (await client.raw("GET", SCHEDULE, key=None)).code == -2014
    client.clock.advance(timedelta(hours=1))
    left = (await client.raw("GET", SCHEDULE)).json
    assert [row["delistTime"] for row in left] == [now + second]


async def _offered(client: Client) -> list[str]:
    preview = await client.signed("POST", DUST_BTC)
    return [row["asset"] for row in preview.json["details"]]


async def test_an_asset_without_its_last_pair_can_not_be_converted(client: Client) -> None:
    client.exchange.market.delist("ADAUSDT", client.clock.at + timedelta(hours=1))
    client.exchange.market.delist("ADABTC", client.clock.at + timedelta(hours=2))
    client.clock.advance(timedelta(hours=1))
    assert await _offered(client) == ["ADA", "TRX"]
    client.clock.advance(timedelta(hours=1))
    assert await _offered(client) == ["TRX"]
    assert (await client.convert("ADA")).code == -5001
    swap = [("fromAsset", "ADA"), ("toAsset", "USDT"), ("fromAmount", "2")]
    assert (await client.signed("POST", f"{SWAP}/getQuote", swap)).status == 400
    assert client.exchange.wallet.free("ADA") == Decimal("6.21")


async def test_a_pair_that_never_was_keeps_no_asset_alive(client: Client) -> None:
    client.exchange.market.set_price("PEPE", Decimal("0.0000000001"))
    client.exchange.wallet.deposit("PEPE", Decimal(70000))
    assert await _offered(client) == ["ADA", "PEPE", "TRX"]
    client.exchange.market.delist("PEPEUSDT", client.clock.at)
    assert await _offered(client) == ["ADA", "TRX"]
