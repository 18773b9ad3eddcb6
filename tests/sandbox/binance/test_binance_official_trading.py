"""Binance's own Python clients against the emulator's conversions to any target, swaps and sales."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from binance_common.configuration import ConfigurationRestAPI
from binance_common.errors import BadRequestError, UnauthorizedError
from binance_sdk_convert.convert import Convert
from binance_sdk_spot.spot import Spot
from binance_sdk_wallet.wallet import Wallet

from sandbox.binance import BinanceEmulator
from sandbox.binance.swap_desk import SwapStatus
from tests.sandbox.binance.client import KEY, SECRET


@pytest.fixture
async def exchange() -> AsyncIterator[BinanceEmulator]:
    """The official clients stamp with the real time, so the clock here is the real one."""
    async with BinanceEmulator(KEY, SECRET) as emulator:
        emulator.market.set_price("ADA", Decimal("0.00001"))
        emulator.wallet.deposit("ADA", Decimal("6.21"))
        yield emulator


def configuration(exchange: BinanceEmulator) -> ConfigurationRestAPI:
    return ConfigurationRestAPI(
        api_key=KEY, api_secret=SECRET, base_path=exchange.url, retries=0, timeout=10000
    )


@pytest.fixture
def wallet(exchange: BinanceEmulator) -> Any:
    return Wallet(config_rest_api=configuration(exchange)).rest_api


@pytest.fixture
def convert(exchange: BinanceEmulator) -> Any:
    return Convert(config_rest_api=configuration(exchange)).rest_api


@pytest.fixture
def spot(exchange: BinanceEmulator) -> Any:
    return Spot(config_rest_api=configuration(exchange)).rest_api


async def call(method: Any, **params: Any) -> Any:
    answer = await asyncio.to_thread(method, **params)
    return answer.data()


async def test_dust_becomes_another_target(wallet: Any, exchange: BinanceEmulator) -> None:
    preview = await call(wallet.dust_convertible_assets, target_asset="USDC")
    (row,) = preview.details
    assert (row.asset, row.to_target_asset_off_exchange) == ("ADA", "6.0858")
    done = await call(wallet.dust_convert, asset="ADA", target_asset="USDC", client_id="one")
    assert done.total_transfered == "6.21"
    assert exchange.wallet.free("USDC") == Decimal("6.0858")
    assert exchange.conversions[0].client_id == "one"
    log = await call(wallet.dustlog)
    assert log.user_asset_dribblets[0].user_asset_dribblet_details[0].target_asset == "USDC"


async def test_a_target_that_is_not_offered_is_refused(wallet: Any) -> None:
    with pytest.raises(BadRequestError, match="Product does not exist"):
        await call(wallet.dust_convertible_assets, target_asset="DOGE")


async def test_fees_in_bnb_are_switched_on(wallet: Any, exchange: BinanceEmulator) -> None:
    toggle = wallet.toggle_bnb_burn_on_spot_trade_and_margin_interest
    changed = await call(toggle, spot_bnb_burn="true")
    assert changed.spot_bnb_burn is True
    assert exchange.account.spot_bnb_burn


async def test_trade_fee_and_delisting(wallet: Any, exchange: BinanceEmulator) -> None:
    exchange.market.delist("ADAUSDT", exchange.market.now() + timedelta(days=3))
    (fee,) = await call(wallet.trade_fee, symbol="ADAUSDT")
    assert fee.taker_commission == "0.001"
    (row,) = await call(wallet.get_symbols_delist_schedule_for_spot)
    assert row.symbols == ["ADAUSDT"]


async def test_a_swap_from_quote_to_order(convert: Any, exchange: BinanceEmulator) -> None:
    (pair,) = await call(convert.list_all_convert_pairs, from_asset="ADA", to_asset="USDT")
    assert pair.from_asset_min_amount == "1"
    quote = await call(
        convert.send_quote_request, from_asset="ADA", to_asset="USDT", from_amount=6.21
    )
    assert quote.to_amount == "6.19137"
    accepted = await call(convert.accept_quote, quote_id=quote.quote_id)
    assert accepted.order_status == "PROCESS"
    order = await call(convert.order_status, order_id=accepted.order_id)
    assert (order.order_status, order.to_amount) == ("SUCCESS", "6.19137")
    assert exchange.wallet.free("USDT") == Decimal("6.19137")
    now = int(exchange.market.now().timestamp() * 1000)
    flow = await call(
        convert.get_convert_trade_history, start_time=now - 60_000, end_time=now + 60_000
    )
    assert [row.quote_id for row in flow.list] == [quote.quote_id]


async def test_a_quote_without_funds_has_no_id(convert: Any) -> None:
    quote = await call(convert.send_quote_request, from_asset="ADA", to_asset="USDT", from_amount=9)
    assert quote.quote_id is None


async def test_a_swap_for_what_is_wanted_by_a_quote_that_lasts(
    convert: Any, exchange: BinanceEmulator
) -> None:
    exchange.swaps.rules.takes = timedelta(hours=1)
    exchange.swaps.rules.fractions["ADA"] = 2
    places = await call(convert.query_order_quantity_precision_per_asset)
    assert {row.asset: row.fraction for row in places}["ADA"] == 2
    quote = await call(
        convert.send_quote_request,
        from_asset="ADA",
        to_asset="USDC",
        to_amount=2.5,
        valid_time="1m",
        wallet_type="SPOT",
    )
    assert (quote.from_amount, quote.to_amount) == ("2.51", "2.5")
    await call(convert.accept_quote, quote_id=quote.quote_id)
    order = await call(convert.order_status, quote_id=quote.quote_id)
    assert order.order_status == "PROCESS"
    assert (order.ratio, order.inverse_ratio) == (quote.ratio, quote.inverse_ratio)


async def test_refusals_of_a_swap_are_understood(convert: Any, exchange: BinanceEmulator) -> None:
    with pytest.raises(BadRequestError, match="below the minimum"):
        await call(convert.send_quote_request, from_asset="ADA", to_asset="USDT", from_amount=0.5)
    with pytest.raises(BadRequestError, match="Illegal characters"):
        await call(
            convert.send_quote_request, from_asset="ADA", to_asset="USDT", from_amount=0.00001
        )
    with pytest.raises(BadRequestError, match="Quote does not exist"):
        await call(convert.accept_quote, quote_id="1")
    exchange.swaps.rules.authorized = False
    with pytest.raises(UnauthorizedError, match="not authorized"):
        await call(convert.accept_quote, quote_id="1")


async def test_a_swap_may_fail_after_it_was_accepted(
    convert: Any, exchange: BinanceEmulator
) -> None:
    exchange.swaps.rules.fails = True
    quote = await call(convert.send_quote_request, from_asset="ADA", to_asset="USDT", from_amount=2)
    await call(convert.accept_quote, quote_id=quote.quote_id)
    order = await call(convert.order_status, quote_id=quote.quote_id)
    assert order.order_status == SwapStatus.FAIL.value
    assert exchange.wallet.free("ADA") == Decimal("6.21")


async def test_a_sale_its_order_and_its_trades(spot: Any, exchange: BinanceEmulator) -> None:
    exchange.orders.rules.fills = 2
    sold = await call(
        spot.new_order,
        symbol="ADAUSDT",
        side="SELL",
        type="MARKET",
        quantity=6.2,
        new_client_order_id="mine",
    )
    assert sold.status == "FILLED"
    assert [fill.qty for fill in sold.fills] == ["3.10000000", "3.10000000"]
    order = await call(spot.get_order, symbol="ADAUSDT", orig_client_order_id="mine")
    assert order.executed_qty == "6.20000000"
    trades = await call(spot.my_trades, symbol="ADAUSDT", order_id=order.order_id)
    assert [trade.commission_asset for trade in trades] == ["USDT", "USDT"]
    paid = sum(Decimal(trade.commission) for trade in trades)
    proceeds = sum(Decimal(trade.quote_qty) for trade in trades)
    assert exchange.wallet.free("USDT") == proceeds - paid


async def test_a_sale_that_breaks_a_filter_is_refused(spot: Any) -> None:
    sale = {"symbol": "ADAUSDT", "side": "SELL", "type": "MARKET"}
    for quantity, reason in ((6.2001, "LOT_SIZE"), (1, "NOTIONAL")):
        with pytest.raises(BadRequestError, match=reason):
            await call(spot.order_test, **sale, quantity=quantity)
    await call(spot.order_test, **sale, quantity=7)
    with pytest.raises(BadRequestError, match="insufficient balance"):
        await call(spot.new_order, **sale, quantity=7)
    with pytest.raises(BadRequestError, match="does not exist"):
        await call(spot.get_order, symbol="ADAUSDT", order_id=1)


async def test_a_sale_that_expires_in_part_and_pays_its_fee_in_bnb(
    spot: Any, exchange: BinanceEmulator
) -> None:
    exchange.orders.rules.share = Decimal("0.5")
    exchange.account.spot_bnb_burn = True
    exchange.wallet.deposit("BNB", Decimal(1))
    sold = await call(
        spot.new_order, symbol="ADAUSDT", side="SELL", type="MARKET", quantity=6, recv_window=9000
    )
    assert (sold.status, sold.orig_qty, sold.executed_qty) == (
        "EXPIRED",
        "6.00000000",
        "3.00000000",
    )
    (fill,) = sold.fills
    assert (fill.commission_asset, fill.commission) == ("BNB", "0.00000225")
    (trade,) = await call(spot.my_trades, symbol="ADAUSDT", order_id=sold.order_id)
    assert (trade.id, trade.commission, trade.is_buyer) == (fill.trade_id, "0.00000225", False)


async def test_an_open_order_is_seen_and_its_name_is_taken(
    spot: Any, exchange: BinanceEmulator
) -> None:
    exchange.orders.rules.resting = True
    exchange.wallet.deposit("ADA", Decimal(6))
    sale = {"symbol": "ADAUSDT", "side": "SELL", "type": "MARKET", "quantity": 6}
    first = await call(spot.new_order, **sale, new_client_order_id="mine")
    with pytest.raises(BadRequestError, match="Duplicate order sent"):
        await call(spot.new_order, **sale, new_client_order_id="mine")
    order = await call(spot.get_order, symbol="ADAUSDT", orig_client_order_id="mine")
    assert (order.order_id, order.status) == (first.order_id, "NEW")
    account = await call(spot.get_account, omit_zero_balances=True)
    assert [(row.asset, row.locked) for row in account.balances] == [("ADA", "6.00000000")]


async def test_the_rules_of_a_pair(spot: Any, exchange: BinanceEmulator) -> None:
    exchange.orders.rules.statuses["ADAUSDT"] = "HALT"
    info = await call(spot.exchange_info, symbols=["ADAUSDT", "BTCUSDT"])
    assert [(row.symbol, row.status) for row in info.symbols] == [
        ("ADAUSDT", "HALT"),
        ("BTCUSDT", "TRADING"),
    ]
    rules = [one.actual_instance for one in info.symbols[0].filters]
    assert {one.filter_type for one in rules} >= {"LOT_SIZE", "MARKET_LOT_SIZE", "NOTIONAL"}
    (lot,) = [one for one in rules if one.filter_type == "LOT_SIZE"]
    assert (lot.min_qty, lot.step_size) == ("0.10000000", "0.10000000")


async def test_the_average_price(spot: Any) -> None:
    assert (await call(spot.avg_price, symbol="ADAUSDT")).price == "1.00000000"


async def test_the_best_offers(spot: Any, exchange: BinanceEmulator) -> None:
    best = await call(spot.ticker_book_ticker, symbol="ADAUSDT")
    best = getattr(best, "actual_instance", None) or best
    assert (best.bid_price, best.ask_price) == ("1.00000000", "1.00000000")
    exchange.orders.rules.share = Decimal(0)
    best = await call(spot.ticker_book_ticker, symbol="ADAUSDT")
    best = getattr(best, "actual_instance", None) or best
    assert best.bid_price == "0.00000000"
