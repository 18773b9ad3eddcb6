"""Market sales: what each does to the wallet, once, and how it is found again."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import aiohttp
import pytest

from sandbox.binance import faults
from sandbox.binance.wallet import Balance
from tests.sandbox.binance.client import ORDER, TRADES, Client, Reply


async def sell(client: Client, quantity: str = "6", name: str = "mine", **more: str) -> Reply:
    params = {
        "symbol": "ADAUSDT",
        "side": "SELL",
        "type": "MARKET",
        "quantity": quantity,
        "newClientOrderId": name,
    }
    return await client.signed("POST", ORDER, list((params | more).items()), in_body=True)


async def look(client: Client, **names: str) -> Reply:
    return await client.signed("GET", ORDER, list(({"symbol": "ADAUSDT"} | names).items()))


def held(client: Client) -> tuple[Decimal, Decimal]:
    """ADA and USDT that are free."""
    wallet = client.exchange.wallet
    return wallet.free("ADA"), wallet.free("USDT")


async def test_a_sale_moves_the_wallet_once(client: Client) -> None:
    sold = (await sell(client)).json
    assert (sold["status"], sold["executedQty"]) == ("FILLED", "6.00000000")
    assert held(client) == (Decimal("0.21"), Decimal("5.994"))
    await look(client, origClientOrderId="mine")
    assert held(client) == (Decimal("0.21"), Decimal("5.994"))
    (order,) = client.exchange.orders.orders
    with pytest.raises(ValueError, match="has ended"):
        client.exchange.orders.fill(order)


async def test_several_fills_at_several_prices_add_up(client: Client) -> None:
    client.exchange.orders.rules.fills = 3
    fills = (await sell(client)).json["fills"]
    assert [row["price"] for row in fills] == ["1.00000000", "0.99950000", "0.99900000"]
    assert sum(Decimal(row["qty"]) for row in fills) == 6
    gross = sum(Decimal(row["price"]) * Decimal(row["qty"]) for row in fills)
    assert held(client)[1] == gross - sum(Decimal(row["commission"]) for row in fills)


async def test_what_finds_no_buyer_expires_and_stays_free(client: Client) -> None:
    client.exchange.orders.rules.share = Decimal("0.5")
    sold = (await sell(client)).json
    assert (sold["status"], sold["origQty"], sold["executedQty"]) == (
        "EXPIRED",
        "6.00000000",
        "3.00000000",
    )
    assert client.exchange.wallet.of("ADA") == Balance(free=Decimal("3.21"))


async def test_an_open_order_holds_what_it_sells(client: Client) -> None:
    client.exchange.orders.rules.resting = True
    assert (await sell(client)).json["status"] == "NEW"
    assert client.exchange.wallet.of("ADA") == Balance(Decimal("0.21"), locked=Decimal(6))
    converted = await client.convert("ADA")
    assert converted.json["transferResult"][0]["amount"] == "0.21000000"
    assert (await sell(client, name="another")).code == -2010
    client.clock.advance(timedelta(seconds=9))
    client.exchange.orders.fill(client.exchange.orders.orders[0])
    order = (await look(client, origClientOrderId="mine")).json
    assert (order["status"], order["updateTime"] - order["time"]) == ("FILLED", 9000)
    assert client.exchange.wallet.of("ADA") == Balance()
    assert held(client)[1] == Decimal("5.994")


async def test_a_name_guards_only_while_its_order_is_open(client: Client) -> None:
    client.exchange.orders.rules.resting = True
    first = (await sell(client, "5.1")).json
    client.exchange.wallet.deposit("ADA", Decimal(6))
    twin = await sell(client, "5.1")
    assert (twin.code, twin.json["msg"]) == (-2010, "Duplicate order sent.")
    client.exchange.orders.fill(client.exchange.orders.orders[0])
    second = (await sell(client, "5.1")).json
    assert second["orderId"] != first["orderId"]
    assert len(client.exchange.orders.orders) == 2


async def test_a_fee_in_bnb_has_a_discount_and_leaves_the_proceeds_whole(client: Client) -> None:
    client.exchange.account.spot_bnb_burn = True
    client.exchange.wallet.deposit("BNB", Decimal("0.0000045"))
    (fill,) = (await sell(client)).json["fills"]
    assert (fill["commissionAsset"], fill["commission"]) == ("BNB", "0.00000450")
    assert held(client)[1] == 6
    assert client.exchange.wallet.free("BNB") == 0


async def test_a_fee_that_bnb_does_not_cover_is_taken_from_the_proceeds(client: Client) -> None:
    client.exchange.account.spot_bnb_burn = True
    client.exchange.wallet.deposit("BNB", Decimal("0.00000449"))
    (fill,) = (await sell(client)).json["fills"]
    assert (fill["commissionAsset"], fill["commission"]) == ("USDT", "0.00600000")
    assert client.exchange.wallet.free("BNB") == Decimal("0.00000449")


async def test_trades_of_one_order_or_of_all(client: Client) -> None:
    client.exchange.wallet.deposit("ADA", Decimal(6))
    client.exchange.orders.rules.fills = 2
    await sell(client)
    second = (await sell(client, name="another")).json["orderId"]
    every = await client.signed("GET", TRADES, [("symbol", "ADAUSDT")])
    one = await client.signed("GET", TRADES, [("symbol", "ADAUSDT"), ("orderId", str(second))])
    assert [row["orderId"] for row in one.json] == [second, second]
    assert len(every.json) == 4
    assert not any(row["isBuyer"] for row in every.json)


@pytest.mark.parametrize("execute", [True, False])
async def test_a_lost_answer_hides_an_order_or_none(client: Client, execute: bool) -> None:
    client.exchange.faults.script(ORDER, faults.drop(execute=execute))
    with pytest.raises(aiohttp.ClientConnectionError):
        await sell(client)
    found = await look(client, origClientOrderId="mine")
    assert found.json.get("status") == ("FILLED" if execute else None)
    assert found.json.get("code") == (None if execute else -2013)
    assert bool(held(client)[1]) is execute


async def test_an_answer_that_comes_too_late_belongs_to_an_order(client: Client) -> None:
    fault = faults.refuse(-1007, "Timeout waiting for response.", 504, execute=True)
    client.exchange.faults.script(ORDER, fault)
    assert (await sell(client)).status == 504
    client.exchange.faults.script(TRADES, faults.limited(17))
    limited = await client.signed("GET", TRADES, [("symbol", "ADAUSDT")])
    assert limited.headers["Retry-After"] == "17"
    assert len((await client.signed("GET", TRADES, [("symbol", "ADAUSDT")])).json) == 1


async def test_selling_needs_the_permission_and_looking_does_not(client: Client) -> None:
    await sell(client)
    client.exchange.key.trading = False
    assert (await sell(client, name="another")).code == -2015
    assert (await look(client, origClientOrderId="mine")).status == 200
    assert len(client.exchange.orders.orders) == 1


async def test_a_pair_is_gone_when_its_time_has_come(client: Client) -> None:
    client.exchange.market.delist("ADAUSDT", client.clock.at + timedelta(hours=1))
    client.clock.advance(timedelta(minutes=59))
    assert (await sell(client)).json["status"] == "FILLED"
    client.clock.advance(timedelta(minutes=1))
    assert (await sell(client, name="another")).code == -1121
