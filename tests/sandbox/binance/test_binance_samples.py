"""The emulator's answers against the documented samples: same keys, same kinds of values."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.binance.client import (
    CONVERTIBLE,
    DUST,
    DUST_BTC,
    DUST_CONVERT,
    LOG,
    ORDER,
    SWAP,
    TRADES,
    USER_ASSET,
    Client,
)

SAMPLES = Path(__file__).parents[2] / "exchanges" / "samples" / "binance"
PRICE = "/api/v3/ticker/price"


def _sample(name: str) -> Any:
    return json.loads((SAMPLES / name).read_text())


def _shape(value: Any) -> Any:
    """Keys and kinds; a list is described by its first item."""
    if isinstance(value, dict):
        return {key: _shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_shape(value[0])] if value else []
    return type(value).__name__


@pytest.mark.parametrize(
    ("name", "method", "path"),
    [
        ("dust_btc.json", "POST", DUST_BTC),
        ("user_asset.json", "POST", USER_ASSET),
        ("account.json", "GET", "/api/v3/account"),
        ("account_status.json", "GET", "/sapi/v1/account/status"),
        ("api_trading_status.json", "GET", "/sapi/v1/account/apiTradingStatus"),
        ("api_restrictions.json", "GET", "/sapi/v1/account/apiRestrictions"),
        ("system_status.json", "GET", "/sapi/v1/system/status"),
        ("server_time.json", "GET", "/api/v3/time"),
        ("ticker_price_list.json", "GET", PRICE),
    ],
)
async def test_answer_has_the_documented_shape(
    client: Client, name: str, method: str, path: str
) -> None:
    reply = await client.signed(method, path)
    assert _shape(reply.json) == _shape(_sample(name))


@pytest.mark.parametrize("name", ["dust_transfer.json", "dust_transfer_real_2025.json"])
async def test_conversion_has_the_documented_shape(client: Client, name: str) -> None:
    reply = await client.signed("POST", DUST, [("asset", "ADA,TRX")])
    assert _shape(reply.json) == _shape(_sample(name))


async def test_preview_for_a_target_has_the_documented_shape(client: Client) -> None:
    reply = await client.signed("POST", CONVERTIBLE, [("targetAsset", "USDC")])
    assert _shape(reply.json) == _shape(_sample("dust_convertible_assets.json"))


@pytest.mark.parametrize("name", ["dust_convert.json", "dust_convert_consistent.json"])
async def test_conversion_to_a_target_has_the_documented_shape(client: Client, name: str) -> None:
    reply = await client.signed("POST", DUST_CONVERT, [("asset", "ADA"), ("targetAsset", "USDC")])
    assert _shape(reply.json) == _shape(_sample(name))


@pytest.mark.parametrize(
    ("amount", "name"),
    [("2", "convert_get_quote.json"), ("9", "convert_get_quote_insufficient.json")],
)
async def test_quote_of_a_swap_has_the_documented_shape(
    client: Client, amount: str, name: str
) -> None:
    params = [("fromAsset", "ADA"), ("toAsset", "USDT"), ("fromAmount", amount)]
    reply = await client.signed("POST", f"{SWAP}/getQuote", params)
    assert _shape(reply.json) == _shape(_sample(name))


async def test_acceptance_of_a_swap_has_the_documented_shape(client: Client) -> None:
    params = [("fromAsset", "ADA"), ("toAsset", "USDT"), ("fromAmount", "2")]
    quote = (await client.signed("POST", f"{SWAP}/getQuote", params)).json
    reply = await client.signed("POST", f"{SWAP}/acceptQuote", [("quoteId", quote["quoteId"])])
    sample = _sample("convert_accept_quote.json")
    assert _shape(reply.json) == _shape(sample)
    assert reply.json["orderStatus"] == sample["orderStatus"]


@pytest.mark.parametrize(
    ("name", "path", "query"),
    [
        ("convert_exchange_info.json", "exchangeInfo", [("fromAsset", "ADA")]),
        ("convert_asset_info.json", "assetInfo", []),
        ("convert_order_status.json", "orderStatus", [("quoteId", "12415572564")]),
        ("convert_trade_flow.json", "tradeFlow", [("startTime", "{now}"), ("endTime", "{now}")]),
    ],
)
async def test_reading_of_swaps_has_the_documented_shape(
    client: Client, name: str, path: str, query: list[tuple[str, str]]
) -> None:
    client.exchange.website_swap("ADA", "USDT", Decimal(2))
    now = client.clock.milliseconds()
    params = [(key, value.format(now=now)) for key, value in query]
    reply = await client.signed("GET", f"{SWAP}/{path}", params)
    assert _shape(reply.json) == _shape(_sample(name))


SALE = [("symbol", "ADAUSDT"), ("side", "SELL"), ("type", "MARKET"), ("quantity", "6")]


@pytest.mark.parametrize(
    ("name", "path", "kind"),
    [
        ("order_full.json", ORDER, "FULL"),
        ("order_ack.json", ORDER, "ACK"),
        ("order_test.json", f"{ORDER}/test", "FULL"),
    ],
)
async def test_order_has_the_documented_shape(
    client: Client, name: str, path: str, kind: str
) -> None:
    reply = await client.signed("POST", path, [*SALE, ("newOrderRespType", kind)])
    assert _shape(reply.json) == _shape(_sample(name))


async def test_result_of_an_order_is_the_whole_answer_without_fills(client: Client) -> None:
    reply = await client.signed("POST", ORDER, [*SALE, ("newOrderRespType", "RESULT")])
    whole = _sample("order_full.json")
    del whole["fills"]
    assert _shape(reply.json) == _shape(whole)


@pytest.mark.parametrize(
    ("name", "path", "more"),
    [
        ("order_query.json", ORDER, [("orderId", "28")]),
        ("my_trades.json", TRADES, [("orderId", "28")]),
        ("avg_price.json", "/api/v3/avgPrice", []),
        ("book_ticker.json", "/api/v3/ticker/bookTicker", []),
        ("trade_fee.json", "/sapi/v1/asset/tradeFee", []),
        ("bnb_burn.json", "/sapi/v1/bnbBurn", []),
        ("delist_schedule.json", "/sapi/v1/spot/delist-schedule", []),
    ],
)
async def test_reading_about_sales_has_the_documented_shape(
    client: Client, name: str, path: str, more: list[tuple[str, str]]
) -> None:
    client.exchange.orders.sell("ADAUSDT", Decimal(6))
    client.exchange.market.delist("ADAUSDT", client.clock.at + timedelta(days=3))
    reply = await client.signed("GET", path, [("symbol", "ADAUSDT"), *more])
    assert _shape(reply.json) == _shape(_sample(name))


@pytest.mark.parametrize("name", ["dust_log.json", "dust_log_consistent.json"])
async def test_log_has_the_documented_shape(client: Client, name: str) -> None:
    client.exchange.website_convert(["ADA", "TRX"])
    assert _shape((await client.signed("GET", LOG)).json) == _shape(_sample(name))


async def test_one_price_has_the_documented_shape(client: Client) -> None:
    reply = await client.raw("GET", PRICE, "symbol=ADABTC")
    assert _shape(reply.json) == _shape(_sample("ticker_price_single.json"))


async def test_pairs_have_the_documented_keys(client: Client) -> None:
    info, sample = (
        (await client.raw("GET", "/api/v3/exchangeInfo")).json,
        _sample("exchange_info.json"),
    )
    assert set(info) == set(sample)
    assert set(info["symbols"][0]) == set(sample["symbols"][0])
    documented = {row["filterType"]: set(row) for row in sample["symbols"][0]["filters"]}
    for row in info["symbols"][0]["filters"]:
        assert set(row) == documented[row["filterType"]]


async def test_empty_account_has_the_assumed_shape(client: Client) -> None:
    client.exchange.rules.unsupported.update({"ADA", "TRX"})
    preview = (await client.signed("POST", DUST_BTC)).json
    assert _shape(preview) == _shape(_sample("dust_btc_empty.json"))
    assert (await client.signed("GET", LOG)).json == _sample("dust_log_empty.json")


async def test_maintenance_is_told_as_documented(client: Client) -> None:
    client.exchange.maintenance = True
    reply = await client.raw("GET", "/sapi/v1/system/status")
    assert reply.json == _sample("system_status_maintenance.json")
