"""Binance's own Python client against the emulator: it signs, sends and parses in its own way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import pytest
from binance_common.configuration import ConfigurationRestAPI
from binance_common.errors import BadRequestError, UnauthorizedError
from binance_sdk_wallet.wallet import Wallet

from sandbox.binance import BinanceEmulator
from tests.sandbox.binance.client import KEY, SECRET


@pytest.fixture
async def exchange() -> AsyncIterator[BinanceEmulator]:
    """The official client stamps with the real time, so the clock here is the real one."""
    async with BinanceEmulator(KEY, SECRET) as emulator:
        emulator.market.set_price("ADA", Decimal("0.00001"))
        emulator.wallet.deposit("ADA", Decimal("6.21"))
        emulator.market.set_price("币安人生", Decimal("0.000002"))
        emulator.wallet.deposit("币安人生", Decimal(5))
        yield emulator


@pytest.fixture
def official(exchange: BinanceEmulator) -> Any:
    configuration = ConfigurationRestAPI(
        api_key=KEY, api_secret=SECRET, base_path=exchange.url, retries=0, timeout=10000
    )
    return Wallet(config_rest_api=configuration).rest_api


async def _call(method: Any, **params: Any) -> Any:
    answer = await asyncio.to_thread(method, **params)
    return answer.data()


async def test_preview(official: Any) -> None:
    preview = await _call(official.get_assets_that_can_be_converted_into_bnb)
    assert [row.asset for row in preview.details] == ["ADA", "币安人生"]
    assert preview.details[0].to_bnb_off_exchange == "0.00608580"


async def test_conversion_and_its_log(official: Any) -> None:
    done = await _call(official.dust_transfer, asset="ADA,币安人生")
    assert [row.from_asset for row in done.transfer_result] == ["ADA", "币安人生"]
    log = await _call(official.dustlog)
    assert log.total == 1
    (group,) = log.user_asset_dribblets
    assert group.total_transfered_amount == done.total_transfered
    assert group.user_asset_dribblet_details[1].from_asset == "币安人生"


async def test_conversion_of_several_to_a_target(official: Any, exchange: BinanceEmulator) -> None:
    exchange.wallet.deposit("BNB", Decimal("0.001"))
    preview = await _call(official.dust_convertible_assets, target_asset="USDC")
    assert [row.asset for row in preview.details] == ["ADA", "BNB", "币安人生"]
    assert preview.total_transfer_target_asset_amount == "8.21"
    done = await _call(official.dust_convert, asset="BNB,币安人生", target_asset="USDC")
    assert [row.from_asset for row in done.transfer_result] == ["BNB", "币安人生"]
    assert exchange.wallet.free("USDC") == Decimal("1.96")


async def test_balances(official: Any) -> None:
    answer = await _call(official.user_asset, asset="ADA", need_btc_valuation=True)
    assert [(row.asset, row.free, row.btc_valuation) for row in answer] == [
        ("ADA", "6.21000000", "0.00006210")
    ]


async def test_key_and_account(official: Any, exchange: BinanceEmulator) -> None:
    exchange.key.withdrawals = True
    permission = await _call(official.get_api_key_permission)
    assert permission.enable_withdrawals is True
    assert permission.enable_spot_and_margin_trading is True
    assert (await _call(official.account_status)).data == "Normal"
    exchange.account.trading_locked = True
    assert (await _call(official.account_api_trading_status)).data.is_locked is True
    assert (await _call(official.system_status)).msg == "normal"


async def test_refusals_are_understood(official: Any, exchange: BinanceEmulator) -> None:
    with pytest.raises(BadRequestError, match="You don't have this asset"):
        await _call(official.dust_transfer, asset="ETH")
    exchange.key.revoked = True
    with pytest.raises(UnauthorizedError, match="Invalid API-key"):
        await _call(official.dustlog)
