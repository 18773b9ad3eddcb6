"""Market sales, their trades, and what they cost, as in the spot and wallet documentation."""

from __future__ import annotations

import re
from decimal import Decimal

from sandbox.binance import errors
from sandbox.binance.amounts import milliseconds, text8
from sandbox.binance.auth import Security
from sandbox.binance.endpoint import Endpoint, Json
from sandbox.binance.order_desk import Order, Trade
from sandbox.binance.params import Params
from sandbox.binance.state import ExchangeState

_AMOUNT = re.compile(r"([0-9]{1,20})(\.[0-9]{1,20})?")
_NAME = re.compile(r"[a-zA-Z0-9-_]{1,36}")
_MOST_PLACES = 8


def new_order(state: ExchangeState, params: Params) -> Json:
    order = state.orders.sell(*_wanted(params), client_id=_name(params))
    if params.text("newOrderRespType") == "ACK":
        return _acknowledged(order)
    answer = {**_acknowledged(order), **_state(order)}
    if params.text("newOrderRespType") == "RESULT":
        return answer
    return {**answer, "fills": [_fill(trade) for trade in order.trades]}


def test_order(state: ExchangeState, params: Params) -> Json:
    """It does not reach the matching engine, which alone knows of balances and closed markets."""
    _name(params)
    state.orders.check_filters(*_wanted(params))
    return {}


def query_order(state: ExchangeState, params: Params) -> Json:
    symbol = params.required("symbol")
    order_id, client_id = params.integer("orderId"), params.text("origClientOrderId")
    if order_id is None and client_id is None:
        raise errors.missing("orderId")
    order = state.orders.find(symbol, order_id, client_id)
    return {
        **_named(order),
        **_state(order),
        "stopPrice": "0.00000000",
        "icebergQty": "0.00000000",
        "time": milliseconds(order.at),
        "updateTime": milliseconds(order.ended or order.at),
        "isWorking": True,
    }


def my_trades(state: ExchangeState, params: Params) -> Json:
    symbol, order_id = params.required("symbol"), params.integer("orderId")
    return [
        _my_trade(order, trade)
        for order in state.orders.orders
        if order.pair.symbol == symbol and order_id in (None, order.order_id)
        for trade in order.trades
    ]


def average_price(state: ExchangeState, params: Params) -> Json:
    pair = state.orders.pair(params.required("symbol"))
    return {"mins": 5, "price": text8(pair.price), "closeTime": milliseconds(state.now())}


def trade_fee(state: ExchangeState, params: Params) -> Json:
    wanted = params.text("symbol")
    names = [state.orders.pair(wanted).symbol] if wanted else list(state.market.pairs())
    rate = f"{state.orders.rules.commission.normalize():f}"
    return [{"symbol": name, "makerCommission": rate, "takerCommission": rate} for name in names]


def burn(state: ExchangeState, _params: Params) -> Json:
    return {
        "spotBNBBurn": state.account.spot_bnb_burn,
        "interestBNBBurn": state.account.interest_bnb_burn,
    }


def set_burn(state: ExchangeState, params: Params) -> Json:
    """The documentation writes spotBNBBurn, the official Python client sends spotBnbBurn."""
    spot = params.text("spotBNBBurn") or params.text("spotBnbBurn")
    interest = params.text("interestBNBBurn") or params.text("interestBnbBurn")
    if spot is None and interest is None:
        raise errors.missing("spotBNBBurn")
    if {spot, interest} - {None, "true", "false"}:
        raise errors.illegal_characters()
    if spot is not None:
        state.account.spot_bnb_burn = spot == "true"
    if interest is not None:
        state.account.interest_bnb_burn = interest == "true"
    return burn(state, params)


def delist_schedule(state: ExchangeState, _params: Params) -> Json:
    by_time: dict[int, list[str]] = {}
    for symbol, at in sorted(state.market.delistings.items()):
        if at > state.now():
            by_time.setdefault(milliseconds(at), []).append(symbol)
    return [{"delistTime": at, "symbols": by_time[at]} for at in sorted(by_time)]


def _wanted(params: Params) -> tuple[str, Decimal]:
    symbol = params.required("symbol")
    if (params.required("side"), params.required("type")) != ("SELL", "MARKET"):
        raise errors.missing("side")
    quantity = params.required("quantity")
    if not _AMOUNT.fullmatch(quantity):
        raise errors.illegal_amount("quantity")
    if len(quantity.partition(".")[2]) > _MOST_PLACES:
        raise errors.quantity_too_precise()
    return symbol, Decimal(quantity)


def _name(params: Params) -> str:
    """The order's name as its sender chose it, empty if none was chosen."""
    name = params.text("newClientOrderId")
    if name is not None and not _NAME.fullmatch(name):
        raise errors.illegal_order_name()
    return name or ""


def _named(order: Order) -> dict[str, Json]:
    return {
        "symbol": order.pair.symbol,
        "orderId": order.order_id,
        "orderListId": -1,
        "clientOrderId": order.client_id,
    }


def _acknowledged(order: Order) -> dict[str, Json]:
    return {**_named(order), "transactTime": milliseconds(order.at)}


def _state(order: Order) -> dict[str, Json]:
    return {
        "price": "0.00000000",
        "origQty": text8(order.quantity),
        "executedQty": text8(order.executed),
        "origQuoteOrderQty": "0.00000000",
        "cummulativeQuoteQty": text8(order.proceeds),
        "status": order.status,
        "timeInForce": "GTC",
        "type": "MARKET",
        "side": "SELL",
        "workingTime": milliseconds(order.at),
        "selfTradePreventionMode": "EXPIRE_MAKER",
    }


def _fill(trade: Trade) -> Json:
    return {
        "price": text8(trade.price),
        "qty": text8(trade.quantity),
        "commission": text8(trade.commission),
        "commissionAsset": trade.commission_asset,
        "tradeId": trade.trade_id,
    }


def _my_trade(order: Order, trade: Trade) -> Json:
    return {
        "symbol": order.pair.symbol,
        "id": trade.trade_id,
        "orderId": order.order_id,
        "orderListId": -1,
        "price": text8(trade.price),
        "qty": text8(trade.quantity),
        "quoteQty": text8(trade.proceeds),
        "commission": text8(trade.commission),
        "commissionAsset": trade.commission_asset,
        "time": milliseconds(trade.at),
        "isBuyer": False,
        "isMaker": False,
        "isBestMatch": True,
    }


ENDPOINTS = (
    Endpoint("POST", "/api/v3/order", Security.TRADE, new_order),
    Endpoint("POST", "/api/v3/order/test", Security.TRADE, test_order),
    Endpoint("GET", "/api/v3/order", Security.USER_DATA, query_order, weight=4),
    Endpoint("GET", "/api/v3/myTrades", Security.USER_DATA, my_trades, weight=5),
    Endpoint("GET", "/api/v3/avgPrice", Security.NONE, average_price, weight=2),
    Endpoint("GET", "/sapi/v1/asset/tradeFee", Security.USER_DATA, trade_fee),
    Endpoint("GET", "/sapi/v1/bnbBurn", Security.USER_DATA, burn),
    Endpoint("POST", "/sapi/v1/bnbBurn", Security.USER_DATA, set_burn),
    Endpoint(
        "GET", "/sapi/v1/spot/delist-schedule", Security.MARKET_DATA, delist_schedule, weight=100
    ),
)
