"""Dust to a target of choice: what is offered, paid, refused and logged."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import aiohttp
import pytest

from sandbox.binance import faults
from sandbox.binance.rules import Absence
from tests.sandbox.binance.client import (
    CONVERTIBLE,
    DUST_BTC,
    DUST_CONVERT,
    LOG,
    Client,
    Reply,
)

TARGETS = ["BNB", "BTC", "USDC", "USDT"]


async def _preview(client: Client, target: str) -> Reply:
    return await client.signed("POST", CONVERTIBLE, [("targetAsset", target)])


async def _offered(client: Client, target: str) -> list[str]:
    return [row["asset"] for row in (await _preview(client, target)).json["details"]]


async def _convert(client: Client, assets: str, target: str = "USDC", label: str = "") -> Reply:
    params = [("asset", assets), ("targetAsset", target)]
    labelled = [*params, ("clientId", label)] if label else params
    return await client.signed("POST", DUST_CONVERT, labelled, in_body=True)


async def test_preview_adds_up(client: Client) -> None:
    client.exchange.market.set_price("USDC", Decimal("0.000008"))
    assert (await _preview(client, "USDC")).json == {
        "dribbletPercentage": "0.02",
        "totalTransferQuotaAssetAmount": "9.96",
        "totalTransferTargetAssetAmount": "12.45",
        "dribbletBase": "120",
        "details": [
            {
                "asset": "ADA",
                "assetFullName": "ADA",
                "amountFree": "6.21",
                "exchange": "0.15525",
                "toQuotaAssetAmount": "6.21",
                "toTargetAssetAmount": "7.7625",
                "toTargetAssetOffExchange": "7.60725",
            },
            {
                "asset": "TRX",
                "assetFullName": "TRX",
                "amountFree": "12.5",
                "exchange": "0.09375",
                "toQuotaAssetAmount": "3.75",
                "toTargetAssetAmount": "4.6875",
                "toTargetAssetOffExchange": "4.59375",
            },
        ],
    }


@pytest.mark.parametrize("target", TARGETS)
async def test_every_target_takes_the_others_and_never_itself(client: Client, target: str) -> None:
    for asset, amount in [("BNB", "0.001"), ("BTC", "0.00001"), ("USDC", "1"), ("USDT", "1")]:
        client.exchange.wallet.deposit(asset, Decimal(amount))
    offered = await _offered(client, target)
    assert offered == sorted({"ADA", "TRX", *TARGETS} - {target})
    row = (await _convert(client, ",".join(offered), target)).json
    before = {"BNB": "0.001", "BTC": "0.00001", "USDC": "1", "USDT": "1"}[target]
    net = Decimal(row["totalTransfered"]) - Decimal(row["totalServiceCharge"])
    assert client.exchange.wallet.free(target) == Decimal(before) + net
    assert set(client.exchange.wallet.balances) == {target}


async def test_worth_that_rounds_to_nothing_in_one_target_is_offered_for_another(
    client: Client,
) -> None:
    client.exchange.market.set_price("TINY", Decimal("0.00000001"))
    client.exchange.wallet.deposit("TINY", Decimal("0.5"))
    assert "TINY" in await _offered(client, "USDT")
    assert "TINY" not in await _offered(client, "BTC")
    assert (await _convert(client, "TINY", "BTC")).code == -5005


async def test_one_ceiling_holds_for_both_families_until_they_are_set_apart(
    client: Client,
) -> None:
    exchange = client.exchange
    exchange.market.set_price("MUCH", Decimal("0.0004"))
    exchange.wallet.deposit("MUCH", Decimal("2"))
    both = [row["asset"] for row in (await client.signed("POST", DUST_BTC)).json["details"]]
    assert both == await _offered(client, "BNB") == ["ADA", "MUCH", "TRX"]
    exchange.rules.dribblet_base = Decimal(5)
    assert (await _preview(client, "BNB")).json["dribbletBase"] == "5"
    assert await _offered(client, "BNB") == ["TRX"]
    assert (await _convert(client, "ADA", "BNB")).code == -5004
    assert (await client.convert("ADA", "MUCH")).status == 200


@pytest.mark.parametrize("path", [CONVERTIBLE, DUST_CONVERT])
async def test_other_targets_are_refused_whenever_the_list_says_so(
    client: Client, path: str
) -> None:
    params = [("asset", "ADA"), ("targetAsset", "EUR")]
    assert (await client.signed("POST", path, params)).code == -5009
    client.exchange.rules.targets.add("EUR")
    assert (await client.signed("POST", path, params)).status == 200
    client.exchange.rules.targets.clear()
    assert (await client.signed("POST", path, params)).code == -5009


async def test_target_that_is_no_longer_traded_is_refused(client: Client) -> None:
    client.exchange.market.remove_price("USDC")
    assert (await _preview(client, "USDC")).code == -5009


async def test_preview_needs_a_target_and_conversion_goes_to_bnb_without_one(
    client: Client,
) -> None:
    assert (await client.signed("POST", CONVERTIBLE)).code == -1102
    await client.signed("POST", DUST_CONVERT, [("asset", "ADA")])
    assert client.exchange.conversions[0].target == "BNB"


async def test_one_bad_asset_stops_the_batch(client: Client) -> None:
    client.exchange.wallet.deposit("USDC", Decimal(1))
    before = dict(client.exchange.wallet.balances)
    assert (await _convert(client, "ADA,USDC")).code == -5001
    assert (await _convert(client, "ADA,ETH")).code == -5003
    assert client.exchange.wallet.balances == before
    assert not client.exchange.conversions


@pytest.mark.parametrize("value", ["['ADA', 'TRX']", '["ADA","TRX"]'])
async def test_text_of_a_list_is_illegal(client: Client, value: str) -> None:
    assert (await _convert(client, value)).code == -1100


async def test_label_is_kept_and_promises_nothing(client: Client) -> None:
    client.exchange.rules.cooldown = timedelta(0)
    assert (await _convert(client, "ADA", label="one")).status == 200
    client.exchange.wallet.deposit("ADA", Decimal(1))
    assert (await _convert(client, "ADA", label="one")).status == 200
    assert [done.client_id for done in client.exchange.conversions] == ["one", "one"]


@pytest.mark.parametrize("shared", [True, False])
async def test_cooldown_is_one_or_one_for_each_family(client: Client, shared: bool) -> None:
    client.exchange.rules.cooldown_shared = shared
    assert (await _convert(client, "ADA")).status == 200
    assert (await client.convert("TRX")).status == (400 if shared else 200)
    client.exchange.wallet.deposit("ADA", Decimal(1))
    assert (await _convert(client, "ADA")).code == 32110


async def test_both_families_are_in_one_log(client: Client) -> None:
    client.exchange.rules.cooldown = timedelta(0)
    answer = (await _convert(client, "ADA")).json
    await client.convert("TRX")
    first, second = (await client.signed("GET", LOG)).json["userAssetDribblets"]
    (row,) = first["userAssetDribbletDetails"]
    assert (row["targetAsset"], row["transId"]) == ("USDC", answer["transferResult"][0]["tranId"])
    assert second["userAssetDribbletDetails"][0]["targetAsset"] == "BNB"


async def test_website_can_choose_a_target_too(client: Client) -> None:
    client.exchange.website_convert(["ADA"], "USDT")
    assert client.exchange.wallet.free("USDT") == Decimal("6.0858")
    assert [row.asset for row in client.exchange.offered("USDT")] == ["TRX"]


async def test_preview_reads_and_conversion_trades(client: Client) -> None:
    client.exchange.key.trading = False
    assert (await _preview(client, "USDC")).status == 200
    assert (await _convert(client, "ADA")).code == -2015


async def test_weights_are_told_per_address_and_per_user(client: Client) -> None:
    assert (await _preview(client, "USDC")).headers["X-SAPI-USED-IP-WEIGHT-1M"] == "1"
    assert (await _convert(client, "ADA")).headers["X-SAPI-USED-UID-WEIGHT-1M"] == "10"


@pytest.mark.parametrize("path", [CONVERTIBLE, DUST_CONVERT])
async def test_family_may_be_missing_altogether(client: Client, path: str) -> None:
    client.exchange.rules.dust_convert_available = False
    async with client.session.post(client.exchange.url + path) as answer:
        assert (answer.status, answer.content_type) == (404, "text/html")
    assert (await client.convert("ADA")).status == 200


@pytest.mark.parametrize("path", [CONVERTIBLE, DUST_CONVERT])
async def test_family_may_be_closed_to_the_account(client: Client, path: str) -> None:
    client.exchange.rules.dust_convert_available = False
    client.exchange.rules.dust_convert_absence = Absence.NOT_AUTHORIZED
    reply = await client.signed("POST", path, [("asset", "ADA"), ("targetAsset", "USDC")])
    assert (reply.status, reply.code) == (401, -1002)
    assert not client.exchange.conversions


@pytest.mark.parametrize("execute", [True, False])
async def test_faults_play_here_too(client: Client, execute: bool) -> None:
    client.exchange.faults.script(DUST_CONVERT, faults.drop(execute=execute))
    with pytest.raises(aiohttp.ClientConnectionError):
        await _convert(client, "ADA")
    assert bool(client.exchange.conversions) is execute
