"""Refusals, word for word as in the catalogue of documented and reported errors."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from sandbox.binance.order_rules import Lot
from sandbox.binance.rules import CooldownStyle
from tests.sandbox.binance.client import DUST, DUST_BTC, ORDER, SWAP, Client, Reply

CATALOGUE = {
    entry["id"]: entry
    for entry in json.loads(
        (Path(__file__).parents[2] / "exchanges/samples/binance/errors.json").read_text()
    )
}


def _check(reply: Reply, name: str) -> None:
    documented = CATALOGUE[name]
    assert (reply.status, reply.json) == (documented["http_status"], documented["body"])


async def test_bad_signature(client: Client) -> None:
    _check(await client.signed("POST", DUST_BTC, secret="another"), "signature")


@pytest.mark.parametrize(("seconds", "name"), [(-11, "timestamp_window"), (11, "timestamp_ahead")])
async def test_clock_that_is_off(client: Client, seconds: int, name: str) -> None:
    server_time = client.clock.at
    client.clock.advance(timedelta(seconds=seconds))
    stamped = client.clock.milliseconds()
    client.clock.at = server_time
    _check(await client.signed("POST", DUST_BTC, [("timestamp", str(stamped))]), name)


async def test_missing_key(client: Client) -> None:
    _check(await client.raw("POST", DUST_BTC, key=None), "key_format")


async def test_key_without_permission(client: Client) -> None:
    client.exchange.key.trading = False
    _check(await client.convert("ADA"), "key_permissions")


async def test_missing_parameter(client: Client) -> None:
    _check(await client.signed("POST", DUST), "mandatory")


async def test_list_as_text(client: Client) -> None:
    reply = await client.signed("POST", DUST, [("asset", "['ADA', 'TRX']")])
    _check(reply, "illegal_characters")


async def test_nothing_free(client: Client) -> None:
    client.exchange.wallet.lock("ADA", Decimal("6.21"))
    _check(await client.convert("ADA"), "dust_insufficient")


async def test_nothing_there(client: Client) -> None:
    _check(await client.convert("ETH"), "dust_no_asset")


async def test_too_much(client: Client) -> None:
    client.exchange.rules.ceiling_btc = Decimal("0.00006209")
    _check(await client.convert("ADA"), "dust_too_big")


async def test_too_little(client: Client) -> None:
    client.exchange.rules.min_btc = Decimal("0.00006211")
    _check(await client.convert("ADA"), "dust_too_small")


@pytest.mark.parametrize(
    ("style", "hours", "name"),
    [
        (CooldownStyle.ONCE_IN_HOURS, 24, "dust_cooldown"),
        (CooldownStyle.ONCE_WITHIN_HOURS, 1, "dust_cooldown_32110"),
    ],
)
async def test_too_soon(client: Client, style: CooldownStyle, hours: int, name: str) -> None:
    client.exchange.rules.cooldown_style = style
    client.exchange.rules.cooldown = timedelta(hours=hours)
    await client.convert("ADA")
    _check(await client.convert("TRX"), name)


async def _swap_quote(client: Client, amount: str = "2") -> Reply:
    params = [("fromAsset", "ADA"), ("toAsset", "USDT"), ("fromAmount", amount)]
    return await client.signed("POST", f"{SWAP}/getQuote", params)


async def test_too_many_quotes(client: Client) -> None:
    client.exchange.swaps.rules.quotes_an_hour = 0
    _check(await _swap_quote(client), "convert_hourly")


async def test_quote_that_has_expired(client: Client) -> None:
    quote = (await _swap_quote(client)).json
    client.clock.advance(timedelta(minutes=1))
    reply = await client.signed("POST", f"{SWAP}/acceptQuote", [("quoteId", quote["quoteId"])])
    _check(reply, "convert_expired")


async def _order(client: Client, path: str = ORDER, **changes: str) -> Reply:
    params = {"symbol": "ADAUSDT", "side": "SELL", "type": "MARKET", "quantity": "6"}
    return await client.signed("POST", path, list((params | changes).items()))


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"symbol": "NOSUCH"}, "order_symbol"),
        ({"quantity": "6.01"}, "order_lot_size"),
        ({"quantity": "4.9"}, "order_notional"),
        ({"quantity": "6.3"}, "order_balance"),
    ],
)
async def test_order_that_is_not_taken(client: Client, changes: dict[str, str], name: str) -> None:
    _check(await _order(client, **changes), name)
    assert not client.exchange.orders.orders


@pytest.mark.parametrize("quantity", ["5.5", "5.8", "6.1"])
async def test_order_that_only_the_lots_of_market_orders_refuse(
    client: Client, quantity: str
) -> None:
    lot = Lot(least=Decimal("5.6"), most=Decimal(6), step=Decimal("0.4"))
    client.exchange.orders.rules.market_lots["ADAUSDT"] = lot
    reply = await _order(client, quantity=quantity)
    assert reply.json == {"code": -1013, "msg": "Filter failure: MARKET_LOT_SIZE"}
    assert (await _order(client)).status == 200
    info = await client.raw("GET", "/api/v3/exchangeInfo", "symbol=ADAUSDT")
    filters = {row["filterType"]: row for row in info.json["symbols"][0]["filters"]}
    assert filters["MARKET_LOT_SIZE"] == {
        "filterType": "MARKET_LOT_SIZE",
        "minQty": "5.60000000",
        "maxQty": "6.00000000",
        "stepSize": "0.40000000",
    }


@pytest.mark.parametrize("status", ["HALT", "BREAK"])
async def test_closed_market(client: Client, status: str) -> None:
    client.exchange.orders.rules.statuses["ADAUSDT"] = status
    _check(await _order(client), "order_closed")
    info = await client.raw("GET", "/api/v3/exchangeInfo", "symbol=ADAUSDT")
    assert info.json["symbols"][0]["status"] == status


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"quantity": "6.000000000"}, -1111, "Parameter 'quantity' has too much precision."),
        ({"quantity": "6e0"}, -1100, "parameter 'quantity'; legal range is '^([0-9]{1,20})"),
        ({"newClientOrderId": "a.b"}, -1100, "parameter 'newClientOrderId'; legal range is"),
        ({"newClientOrderId": "a" * 37}, -1100, "parameter 'newClientOrderId'; legal range is"),
        ({"side": "BUY"}, -1102, "Mandatory parameter 'side'"),
    ],
)
async def test_order_that_can_not_be_read(
    client: Client, changes: dict[str, str], code: int, words: str
) -> None:
    for path in (ORDER, f"{ORDER}/test"):
        reply = await _order(client, path, **changes)
        assert (reply.status, reply.code) == (400, code)
        assert words in reply.json["msg"]
    assert not client.exchange.orders.orders


async def test_account_that_may_not_trade(client: Client) -> None:
    client.exchange.account.trading_locked = True
    reply = await _order(client)
    assert reply.json == {"code": -2010, "msg": "This account may not place or cancel orders."}
    assert (await client.signed("GET", "/api/v3/account")).json["canTrade"] is False


async def test_a_tested_order_does_not_reach_the_balance(client: Client) -> None:
    assert (await _order(client, f"{ORDER}/test", quantity="6.3")).json == {}


@pytest.mark.parametrize(
    "names",
    [
        {"orderId": "27"},
        {"origClientOrderId": "another"},
        {"orderId": "28", "origClientOrderId": "another"},
        {"orderId": "28", "symbol": "ADABTC"},
    ],
)
async def test_order_that_is_not_there(client: Client, names: dict[str, str]) -> None:
    await _order(client, newClientOrderId="mine")
    reply = await client.signed("GET", ORDER, list(({"symbol": "ADAUSDT"} | names).items()))
    assert reply.json == {"code": -2013, "msg": "Order does not exist."}


async def test_order_without_a_name_is_not_looked_for(client: Client) -> None:
    assert (await client.signed("GET", ORDER, [("symbol", "ADAUSDT")])).code == -1102


async def test_unknown_symbol(client: Client) -> None:
    reply = await client.raw("GET", "/api/v3/ticker/price", "symbol=NOSUCH")
    _check(reply, "order_symbol")


async def test_unknown_path_is_a_page(client: Client) -> None:
    async with client.session.get(client.exchange.url + "/sapi/v1/nothing") as answer:
        assert (answer.status, answer.content_type) == (404, "text/html")
