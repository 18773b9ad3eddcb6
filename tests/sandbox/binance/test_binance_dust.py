"""What a conversion offers, takes, pays, refuses and logs."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from sandbox.binance.rules import CooldownStyle
from tests.sandbox.binance.client import DUST, DUST_BTC, LOG, Client


async def _offered(client: Client) -> list[str]:
    reply = await client.signed("POST", DUST_BTC)
    return [row["asset"] for row in reply.json["details"]]


async def test_preview_adds_up(client: Client) -> None:
    reply = await client.signed("POST", DUST_BTC)
    ada, trx = reply.json["details"]
    assert ada == {
        "asset": "ADA",
        "assetFullName": "ADA",
        "amountFree": "6.21000000",
        "toBTC": "0.00006210",
        "toBNB": "0.00621000",
        "toBNBOffExchange": "0.00608580",
        "exchange": "0.00012420",
    }
    assert reply.json["totalTransferBNB"] == "0.00996000"
    assert Decimal(trx["toBTC"]) + Decimal(ada["toBTC"]) == Decimal(reply.json["totalTransferBtc"])


async def test_only_convertible_balances_are_offered(client: Client) -> None:
    exchange = client.exchange
    for asset, price, amount in [
        ("BIG", "0.0004", "3.00000001"),
        ("EDGE", "0.0004", "3"),
        ("HELD", "0.0001", "1"),
        ("NOPE", "0.0001", "1"),
        ("TINY", "0.00000001", "0.00000001"),
        ("GONE", "0.0001", "1"),
        ("BNB", "0.01", "0.05"),
    ]:
        exchange.market.set_price(asset, Decimal(price))
        exchange.wallet.deposit(asset, Decimal(amount))
    exchange.wallet.lock("HELD", Decimal(1))
    exchange.rules.unsupported.add("NOPE")
    exchange.market.remove_price("GONE")
    assert await _offered(client) == ["ADA", "EDGE", "TRX"]


async def test_whole_free_balance_goes_and_the_net_comes(client: Client) -> None:
    wallet = client.exchange.wallet
    wallet.deposit("ADA", Decimal("1.79"))
    wallet.lock("ADA", Decimal("2"))
    reply = await client.convert("ADA", "TRX")
    assert [row["amount"] for row in reply.json["transferResult"]] == ["6.00000000", "12.50000000"]
    assert (wallet.free("ADA"), wallet.balances["ADA"].locked) == (Decimal(0), Decimal(2))
    gross, fee = reply.json["totalTransfered"], reply.json["totalServiceCharge"]
    assert wallet.free("BNB") == Decimal(gross) - Decimal(fee) == Decimal("0.009555")


async def test_balance_that_arrives_after_the_preview_is_taken_too(client: Client) -> None:
    await client.signed("POST", DUST_BTC)
    client.exchange.wallet.deposit("ADA", Decimal(1))
    client.exchange.market.set_price("ADA", Decimal("0.00002"))
    row = (await client.convert("ADA")).json["transferResult"][0]
    assert (row["amount"], row["transferedAmount"]) == ("7.21000000", "0.01442000")


@pytest.mark.parametrize(
    ("gross", "fee"),
    [
        ("0.00036845", "0.00000736"),
        ("0.00076178", "0.00001523"),
        ("0.00093607", "0.00001872"),
        ("0.00072426", "0.00001448"),
    ],
)
async def test_fee_is_rounded_down_as_in_published_conversions(
    client: Client, gross: str, fee: str
) -> None:
    client.exchange.market.set_price("REAL", Decimal("0.01"))
    client.exchange.wallet.deposit("REAL", Decimal(gross))
    row = (await client.convert("REAL")).json["transferResult"][0]
    assert (row["transferedAmount"], row["serviceChargeAmount"]) == (gross, fee)


@pytest.mark.parametrize("in_body", [True, False])
@pytest.mark.parametrize(
    "params", [[("asset", "ADA,币安人生")], [("asset", "ADA"), ("asset", "币安人生")]]
)
async def test_both_spellings_of_a_list_convert(
    client: Client, params: list[tuple[str, str]], in_body: bool
) -> None:
    client.exchange.market.set_price("币安人生", Decimal("0.000002"))
    client.exchange.wallet.deposit("币安人生", Decimal(5))
    reply = await client.signed("POST", DUST, params, in_body=in_body)
    assert [row["fromAsset"] for row in reply.json["transferResult"]] == ["ADA", "币安人生"]
    assert client.exchange.requests[-1].params["asset"] == "ADA,币安人生"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("['ADA', 'TRX']", -1100),
        ('["ADA","TRX"]', -1100),
        ("ADA, TRX", -1100),
        ("ADA,", -1100),
        ("ADA,ADA", -1101),
        ("", -1102),
    ],
)
async def test_badly_joined_lists_are_refused(client: Client, value: str, code: int) -> None:
    reply = await client.signed("POST", DUST, [("asset", value)], in_body=True)
    assert (reply.status, reply.code) == (400, code)


@pytest.mark.parametrize(
    ("asset", "code"),
    [
        ("ETH", -5003),
        ("HELD", -5002),
        ("BIG", -5004),
        ("TINY", -5005),
        ("NOPE", -5001),
        ("BNB", -5001),
        ("GONE", -5001),
    ],
)
async def test_one_bad_asset_stops_the_batch_and_nothing_happens(
    client: Client, asset: str, code: int
) -> None:
    exchange = client.exchange
    for name in ("HELD", "BIG", "TINY", "NOPE", "BNB", "GONE"):
        exchange.wallet.deposit(name, Decimal("0.02"))
        exchange.market.set_price(name, Decimal("0.001"))
    exchange.wallet.freeze("HELD", Decimal("0.02"))
    exchange.market.set_price("BIG", Decimal("0.1"))
    exchange.rules.min_btc = Decimal("0.00001")
    exchange.market.set_price("TINY", Decimal("0.0001"))
    exchange.rules.unsupported.add("NOPE")
    exchange.market.remove_price("GONE")
    before = dict(exchange.wallet.balances)

    reply = await client.convert("ADA", asset, "TRX")
    assert (reply.status, reply.code) == (400, code)
    assert exchange.wallet.balances == before
    assert not exchange.conversions
    assert (await client.convert("ADA", "TRX")).status == 200


@pytest.mark.parametrize(
    ("style", "hours", "code", "msg"),
    [
        (CooldownStyle.ONCE_WITHIN_HOURS, 1, 32110, "You can only convert once within 1 hour."),
        (CooldownStyle.ONCE_WITHIN_HOURS, 6, 32110, "You can only convert once within 6 hours."),
        (CooldownStyle.ONCE_IN_HOURS, 24, -5006, "Only transfer once in 24 hours."),
    ],
)
async def test_cooldown_lasts_as_long_as_set(
    client: Client, style: CooldownStyle, hours: int, code: int, msg: str
) -> None:
    client.exchange.rules.cooldown = timedelta(hours=hours)
    client.exchange.rules.cooldown_style = style
    await client.convert("ADA")
    client.clock.advance(timedelta(hours=hours, milliseconds=-1))
    assert (await client.convert("TRX")).json == {"code": code, "msg": msg}
    client.clock.advance(timedelta(milliseconds=1))
    assert (await client.convert("TRX")).status == 200


async def test_conversion_on_the_website_counts_and_is_logged(client: Client) -> None:
    client.exchange.website_convert(["ADA"])
    assert (await client.convert("TRX")).code == 32110
    group = (await client.signed("GET", LOG)).json["userAssetDribblets"][0]
    assert group["userAssetDribbletDetails"][0]["fromAsset"] == "ADA"


async def test_log_repeats_the_answer_under_other_names(client: Client) -> None:
    answer = (await client.convert("ADA", "TRX")).json
    log = (await client.signed("GET", LOG)).json
    (group,) = log["userAssetDribblets"]
    assert group["totalTransferedAmount"] == answer["totalTransfered"]
    assert group["totalServiceChargeAmount"] == answer["totalServiceCharge"]
    ids = {row["tranId"] for row in answer["transferResult"]}
    assert {row["transId"] for row in group["userAssetDribbletDetails"]} == ids
    assert group["transId"] not in ids
    assert group["operateTime"] % 1000 == 0


async def test_log_keeps_the_newest_hundred_assets(client: Client) -> None:
    exchange = client.exchange
    exchange.rules.cooldown = timedelta(0)
    for batch in range(3):
        assets = [f"C{batch}N{number}" for number in range(45)]
        for asset in assets:
            exchange.market.set_price(asset, Decimal("0.0001"))
            exchange.wallet.deposit(asset, Decimal(1))
        exchange.website_convert(assets)
    log = (await client.signed("GET", LOG)).json
    sizes = [len(group["userAssetDribbletDetails"]) for group in log["userAssetDribblets"]]
    assert (log["total"], sizes) == (3, [10, 45, 45])


async def test_log_window_needs_both_ends(client: Client) -> None:
    await client.convert("ADA")
    now = client.clock.milliseconds()
    inside = [("startTime", str(now - 60000)), ("endTime", str(now))]
    later = [("startTime", str(now + 1)), ("endTime", str(now + 60000))]
    assert len((await client.signed("GET", LOG, inside)).json["userAssetDribblets"]) == 1
    empty = (await client.signed("GET", LOG, later)).json
    assert (empty["total"], empty["userAssetDribblets"]) == (1, [])
    assert (await client.signed("GET", LOG, inside[:1])).code == -1102
    assert (await client.signed("GET", LOG, inside[1:])).code == -1102
