"""Spot Convert: limits, quotes and what becomes of accepting them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import aiohttp
import pytest

from sandbox.binance import faults
from sandbox.binance.portfolio import fill_with_dust
from sandbox.binance.swap_desk import SwapStatus
from tests.sandbox.binance.client import SWAP, USER_ASSET, Client, Reply


async def _get(client: Client, name: str, **params: str) -> Reply:
    return await client.signed("GET", f"{SWAP}/{name}", list(params.items()))


async def _pairs(client: Client, **sides: str) -> list[dict[str, str]]:
    pairs: list[dict[str, str]] = (await _get(client, "exchangeInfo", **sides)).json
    return pairs


async def _quote(client: Client, source: str = "ADA", target: str = "USDT", **more: str) -> Reply:
    pair = [("fromAsset", source), ("toAsset", target)]
    return await client.signed("POST", f"{SWAP}/getQuote", [*pair, *more.items()], in_body=True)


async def _accept(client: Client, quote_id: str) -> Reply:
    return await client.signed("POST", f"{SWAP}/acceptQuote", [("quoteId", quote_id)], in_body=True)


async def _swap(client: Client, amount: str = "2", target: str = "USDT") -> Reply:
    quote = (await _quote(client, target=target, fromAmount=amount)).json
    return await _accept(client, quote["quoteId"])


def _at(client: Client, **span: int) -> str:
    return str(client.clock.milliseconds() + timedelta(**span) // timedelta(milliseconds=1))


async def test_limits_are_worths_unless_a_pair_has_its_own(client: Client) -> None:
    client.exchange.market.set_price("ADA", Decimal("0.000005"))
    (pair,) = await _pairs(client, fromAsset="ADA", toAsset="BTC")
    assert pair == {
        "fromAsset": "ADA",
        "toAsset": "BTC",
        "fromAssetMinAmount": "2",
        "fromAssetMaxAmount": "2000000",
        "toAssetMinAmount": "0.00001",
        "toAssetMaxAmount": "10",
    }
    client.exchange.swaps.rules.limits["ADA", "BTC"] = (Decimal(3), Decimal(4))
    listed = {pair["toAsset"]: pair for pair in await _pairs(client, fromAsset="ADA")}
    own, usual = listed["BTC"], listed["USDC"]
    assert (own["fromAssetMinAmount"], own["fromAssetMaxAmount"]) == ("3", "4")
    assert usual["fromAssetMinAmount"] == "2"
    for amount, code in [("2.99999999", 345122), ("4.00000001", 345123)]:
        assert (await _quote(client, target="BTC", fromAmount=amount)).code == code
    assert (await _quote(client, target="BTC", fromAmount="3")).status == 200


async def test_pairs_can_be_listed_from_either_side_by_anybody(client: Client) -> None:
    bare = await client.raw("GET", f"{SWAP}/exchangeInfo", "toAsset=USDT", key=None)
    assert "ADA" in [pair["fromAsset"] for pair in bare.json]
    assert (await _get(client, "exchangeInfo", toAsset="USDT")).json == bare.json
    assert (await _get(client, "exchangeInfo")).code == -1102
    client.exchange.swaps.rules.closed.add(("ADA", "USDT"))
    assert (await _get(client, "exchangeInfo", fromAsset="ADA", toAsset="USDT")).json == []
    assert (await _quote(client, fromAmount="2")).code == 345121


@pytest.mark.parametrize("valid", [None, "10s", "30s", "1m"])
async def test_quote_is_good_as_long_as_asked_for(client: Client, valid: str | None) -> None:
    seconds = {None: 10, "10s": 10, "30s": 30, "1m": 60}[valid]
    more = {"validTime": valid} if valid else {}
    first, second = [(await _quote(client, fromAmount="2", **more)).json for _ in range(2)]
    assert first["validTimestamp"] == int(_at(client, seconds=seconds))
    client.clock.advance(timedelta(seconds=seconds))
    assert (await _accept(client, first["quoteId"])).status == 200
    client.clock.advance(timedelta(milliseconds=1))
    late = await _accept(client, second["quoteId"])
    assert (late.status, late.code) == (400, 345231)
    assert len(client.exchange.swaps.orders) == 1


async def test_quote_answers_for_either_amount(client: Client) -> None:
    client.exchange.swaps.rules.spread = Decimal("0.2")
    paid = (await _quote(client, fromAmount="2")).json
    assert (paid["toAmount"], paid["ratio"], paid["inverseRatio"]) == ("1.6", "0.8", "1.25")
    wanted = (await _quote(client, toAmount="2")).json
    assert (wanted["fromAmount"], wanted["toAmount"]) == ("2.5", "2")
    assert (await _quote(client)).code == -1128
    assert (await _quote(client, fromAmount="2", toAmount="2")).code == -1128


@pytest.mark.parametrize("amount", ["1e-05", "1E2", "-1", "1.", ".5", "0x1", " 2", ""])
async def test_amount_other_than_plain_digits_is_illegal(client: Client, amount: str) -> None:
    reply = await _quote(client, fromAmount=amount)
    assert reply.code == -1100
    assert "fromAmount" in reply.json["msg"]


async def test_amount_has_the_places_of_its_asset(client: Client) -> None:
    client.exchange.swaps.rules.fractions["ADA"] = 2
    listed = {row["asset"]: row["fraction"] for row in (await _get(client, "assetInfo")).json}
    assert (listed["ADA"], listed["TRX"]) == (2, 8)
    assert (await _quote(client, fromAmount="1.23")).json["toAmount"] == "1.22631"
    assert (await _quote(client, fromAmount="1.234")).code == -1111
    assert (await _quote(client, "TRX", fromAmount="9.123456789")).code == -1111
    assert (await _quote(client, toAmount="1.5")).json["fromAmount"] == "1.51"


async def test_nothing_is_below_every_minimum(client: Client) -> None:
    client.exchange.swaps.rules.minimum = Decimal(0)
    assert (await _quote(client, fromAmount="0")).code == 345122
    assert (await _quote(client, fromAmount="0.00000001", target="BTC")).code == 345122
    assert (await _quote(client, toAmount="0.0")).code == 345122


async def test_coin_worth_less_than_a_satoshi_has_a_ratio(client: Client) -> None:
    fill_with_dust(client.exchange)
    quote = (await _quote(client, "SHIB", "BTC", toAmount="0.00002")).json
    received = Decimal(quote["fromAmount"]) * Decimal(quote["ratio"])
    assert abs(received - Decimal("0.00002")) < Decimal("0.000000001")
    assert 0 < Decimal(quote["ratio"]) < Decimal("0.0000000001")


@pytest.mark.parametrize("more", [{"validTime": "2m"}, {"walletType": "POCKET"}])
async def test_unknown_choice_is_refused(client: Client, more: dict[str, str]) -> None:
    assert (await _quote(client, fromAmount="2", **more)).code == -1102


async def test_quote_without_funds_has_no_id(client: Client) -> None:
    assert "quoteId" not in (await _quote(client, fromAmount="6.22")).json
    assert "quoteId" not in (await _quote(client, fromAmount="2", walletType="FUNDING")).json
    assert "quoteId" in (await _quote(client, fromAmount="2", walletType="SPOT_FUNDING")).json


async def test_accepted_quote_keeps_its_terms_whatever_the_market_does(client: Client) -> None:
    quote = (await _quote(client, fromAmount="2")).json
    client.exchange.market.set_price("ADA", Decimal("0.1"))
    await _accept(client, quote["quoteId"])
    order = (await _get(client, "orderStatus", quoteId=quote["quoteId"])).json
    assert (order["toAmount"], order["ratio"]) == (quote["toAmount"], quote["ratio"])
    wallet = client.exchange.wallet
    assert (wallet.free("ADA"), wallet.free("USDT")) == (Decimal("4.21"), Decimal("1.994"))


async def test_quote_is_accepted_once_if_it_exists_and_is_funded(client: Client) -> None:
    quote = (await _quote(client, fromAmount="4")).json
    assert (await _accept(client, "1")).code == 345127
    client.exchange.wallet.lock("ADA", Decimal(3))
    assert (await _accept(client, quote["quoteId"])).code == 345125
    client.exchange.wallet.unlock("ADA", Decimal(3))
    assert (await _accept(client, quote["quoteId"])).status == 200
    assert (await _accept(client, quote["quoteId"])).code == 345128
    assert client.exchange.wallet.free("ADA") == Decimal("2.21")


@pytest.mark.parametrize("waits_as", [SwapStatus.PROCESS, SwapStatus.ACCEPT_SUCCESS])
@pytest.mark.parametrize("fails", [True, False])
async def test_order_takes_its_time_and_moves_the_wallet_once(
    client: Client, waits_as: SwapStatus, fails: bool
) -> None:
    rules, wallet = client.exchange.swaps.rules, client.exchange.wallet
    rules.takes, rules.waits_as, rules.fails = timedelta(minutes=2), waits_as, fails
    accepted = (await _swap(client)).json
    assert accepted["orderStatus"] == waits_as.value
    assert (wallet.of("ADA").frozen, wallet.free("USDT")) == (Decimal(2), Decimal(0))
    client.clock.advance(timedelta(minutes=2, milliseconds=-1))
    order = (await _get(client, "orderStatus", orderId=accepted["orderId"])).json
    assert order["orderStatus"] == waits_as.value
    client.clock.advance(timedelta(milliseconds=1))
    for _ in range(2):
        held = (await client.signed("POST", USER_ASSET, [("asset", "ADA")])).json
        assert (held[0]["free"], held[0]["freeze"]) == (
            "6.21000000" if fails else "4.21000000",
            "0.00000000",
        )
    order = (await _get(client, "orderStatus", orderId=accepted["orderId"])).json
    assert order["orderStatus"] == ("FAIL" if fails else "SUCCESS")
    assert wallet.free("USDT") == (Decimal(0) if fails else Decimal("1.994"))


async def test_order_id_is_text_when_accepted_and_a_number_later(client: Client) -> None:
    accepted = (await _swap(client)).json
    by_order = (await _get(client, "orderStatus", orderId=accepted["orderId"])).json
    assert (type(accepted["orderId"]), type(by_order["orderId"])) == (str, int)
    assert str(by_order["orderId"]) == accepted["orderId"]
    assert (await _get(client, "orderStatus")).code == -1102
    assert (await _get(client, "orderStatus", orderId="1")).code == 345126
    assert (await _get(client, "orderStatus", quoteId="1")).code == 345126


async def test_orders_of_a_window_are_listed(client: Client) -> None:
    for _ in range(3):
        await _swap(client, "1.5")
    client.clock.advance(timedelta(days=30))
    window = {"startTime": _at(client, days=-30), "endTime": _at(client)}
    flow = (await _get(client, "tradeFlow", **window)).json
    quotes = [order.quote.quote_id for order in client.exchange.swaps.orders]
    assert [row["quoteId"] for row in flow["list"]] == quotes
    assert (flow["limit"], flow["moreData"]) == (100, False)
    short = (await _get(client, "tradeFlow", **window, limit="2")).json
    assert (len(short["list"]), short["limit"], short["moreData"]) == (2, 2, True)
    later = {**window, "startTime": _at(client, days=-30, milliseconds=1)}
    assert (await _get(client, "tradeFlow", **later)).json["list"] == []


async def test_window_of_orders_is_needed_and_no_longer_than_30_days(client: Client) -> None:
    start, end = _at(client, days=-30, milliseconds=-1), _at(client)
    assert (await _get(client, "tradeFlow", startTime=start, endTime=end)).code == -1102
    assert (await _get(client, "tradeFlow", startTime=start)).code == -1102
    assert (await _get(client, "tradeFlow", endTime=end)).code == -1102


async def test_quotes_of_an_hour_can_be_limited(client: Client) -> None:
    client.exchange.swaps.rules.quotes_an_hour = 2
    codes = [(await _quote(client, fromAmount="2")).status for _ in range(3)]
    assert codes == [200, 200, 400]
    client.exchange.website_swap("ADA", "USDT", Decimal(2))
    client.clock.advance(timedelta(hours=1))
    assert (await _quote(client, fromAmount="2")).status == 200


async def test_swap_on_the_website_is_an_order_like_any_other(client: Client) -> None:
    done = client.exchange.website_swap("ADA", "USDT", Decimal(2))
    assert (done.status, client.exchange.wallet.free("USDT")) == (
        SwapStatus.SUCCESS,
        Decimal("1.994"),
    )
    window = {"startTime": _at(client, days=-1), "endTime": _at(client)}
    (row,) = (await _get(client, "tradeFlow", **window)).json["list"]
    assert row["orderId"] == done.order_id
    with pytest.raises(Exception, match="Insufficient balance"):
        client.exchange.website_swap("ADA", "USDT", Decimal(5))


async def test_account_may_not_have_been_let_in(client: Client) -> None:
    quote = (await _quote(client, fromAmount="2")).json
    client.exchange.swaps.rules.authorized = False
    for reply in (await _quote(client, fromAmount="2"), await _accept(client, quote["quoteId"])):
        assert (reply.status, reply.code) == (401, -1002)
    assert not client.exchange.swaps.orders


async def test_quoting_and_accepting_need_the_permission_to_trade(client: Client) -> None:
    accepted = (await _swap(client)).json
    client.exchange.key.trading = False
    assert (await _quote(client, fromAmount="2")).code == -2015
    assert (await _accept(client, "1")).code == -2015
    assert (await _get(client, "orderStatus", orderId=accepted["orderId"])).status == 200
    assert (await _get(client, "assetInfo")).status == 200


async def test_weights_are_those_of_the_documentation(client: Client) -> None:
    by_address, by_user = "X-SAPI-USED-IP-WEIGHT-1M", "X-SAPI-USED-UID-WEIGHT-1M"
    window = {"startTime": _at(client, days=-1), "endTime": _at(client)}
    quote = await _quote(client, fromAmount="2")
    for reply, header, weight in [
        (await _get(client, "exchangeInfo", toAsset="BTC"), by_address, "3000"),
        (await _get(client, "assetInfo"), by_address, "100"),
        (quote, by_user, "200"),
        (await _accept(client, quote.json["quoteId"]), by_user, "500"),
        (await _get(client, "orderStatus", quoteId=quote.json["quoteId"]), by_user, "100"),
        (await _get(client, "tradeFlow", **window), by_user, "3000"),
    ]:
        assert reply.headers[header] == weight


@pytest.mark.parametrize("execute", [True, False])
async def test_faults_play_here_too(client: Client, execute: bool) -> None:
    client.exchange.faults.script(f"{SWAP}/acceptQuote", faults.drop(execute=execute))
    with pytest.raises(aiohttp.ClientConnectionError):
        await _swap(client)
    assert bool(client.exchange.swaps.orders) is execute
