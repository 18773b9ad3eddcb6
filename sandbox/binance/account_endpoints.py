"""The account, its balances and what its key may do."""

from __future__ import annotations

from sandbox.binance.amounts import ZERO, milliseconds, text8
from sandbox.binance.auth import Security
from sandbox.binance.endpoint import Endpoint, Json
from sandbox.binance.params import Params
from sandbox.binance.state import ExchangeState
from sandbox.binance.wallet import Balance


def user_assets(state: ExchangeState, params: Params) -> Json:
    """Only assets with something in them; the worth is "0" unless asked for."""
    wanted, valued = params.text("asset"), params.flag("needBtcValuation")
    return [
        _user_asset(asset, balance, _worth(state, asset, balance) if valued else "0")
        for asset, balance in state.wallet.balances.items()
        if wanted in (None, asset)
    ]


def _worth(state: ExchangeState, asset: str, balance: Balance) -> str:
    return text8(state.market.worth_btc(asset, balance.total) or ZERO)


def _user_asset(asset: str, balance: Balance, worth: str) -> Json:
    return {
        "asset": asset,
        "free": text8(balance.free),
        "locked": text8(balance.locked),
        "freeze": text8(balance.frozen),
        "withdrawing": text8(balance.withdrawing),
        "ipoable": "0",
        "btcValuation": worth,
    }


def restrictions(state: ExchangeState, _params: Params) -> Json:
    key = state.key
    return {
        "ipRestrict": key.ip_restricted,
        "createTime": milliseconds(key.created),
        "enableReading": key.reading,
        "enableWithdrawals": key.withdrawals,
        "enableInternalTransfer": key.internal_transfer,
        "enableMargin": key.margin,
        "enableFutures": key.futures,
        "permitsUniversalTransfer": False,
        "enableVanillaOptions": False,
        "enableFixApiTrade": False,
        "enableFixReadOnly": False,
        "enableSpotAndMarginTrading": key.trading,
        "enablePortfolioMarginTrading": False,
    }


def status(state: ExchangeState, _params: Params) -> Json:
    return {"data": state.account.status}


def trading_status(state: ExchangeState, _params: Params) -> Json:
    until = state.account.locked_until
    return {
        "data": {
            "isLocked": state.account.trading_locked,
            "plannedRecoverTime": milliseconds(until) if until else 0,
            "triggerCondition": {"GCR": 150, "IFER": 150, "UFR": 300},
            "updateTime": milliseconds(state.now()),
        }
    }


def account(state: ExchangeState, params: Params) -> Json:
    return {
        "makerCommission": 10,
        "takerCommission": 10,
        "buyerCommission": 0,
        "sellerCommission": 0,
        "commissionRates": {
            "maker": "0.00100000",
            "taker": "0.00100000",
            "buyer": "0.00000000",
            "seller": "0.00000000",
        },
        "canTrade": not state.account.trading_locked,
        "canWithdraw": True,
        "canDeposit": True,
        "brokered": False,
        "requireSelfTradePrevention": False,
        "preventSor": False,
        "updateTime": milliseconds(state.now()),
        "accountType": "SPOT",
        "balances": _spot_balances(state, omit_zero=params.flag("omitZeroBalances")),
        "permissions": ["SPOT"],
        "uid": state.account.uid,
    }


def _spot_balances(state: ExchangeState, *, omit_zero: bool) -> Json:
    listed = set(state.wallet.balances) | (set() if omit_zero else set(state.market.assets()))
    balances = {asset: state.wallet.of(asset) for asset in sorted(listed)}
    return [
        {"asset": asset, "free": text8(balance.free), "locked": text8(balance.locked)}
        for asset, balance in balances.items()
        if not omit_zero or balance.free + balance.locked > ZERO
    ]


ENDPOINTS = (
    Endpoint("POST", "/sapi/v3/asset/getUserAsset", Security.USER_DATA, user_assets, weight=5),
    Endpoint("GET", "/sapi/v1/account/apiRestrictions", Security.USER_DATA, restrictions),
    Endpoint("GET", "/sapi/v1/account/status", Security.USER_DATA, status),
    Endpoint("GET", "/sapi/v1/account/apiTradingStatus", Security.USER_DATA, trading_status),
    Endpoint("GET", "/api/v3/account", Security.USER_DATA, account, weight=20),
)
