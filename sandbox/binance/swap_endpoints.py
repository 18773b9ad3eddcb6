"""sapi/v1/convert, as in the convert documentation. No table of its errors is published."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

from sandbox.binance import errors
from sandbox.binance.amounts import milliseconds, trimmed8
from sandbox.binance.auth import Security
from sandbox.binance.endpoint import Endpoint, Json
from sandbox.binance.params import Params
from sandbox.binance.state import ExchangeState
from sandbox.binance.swap_desk import QUOTED, Swap, SwapQuote

_VALID = {"10s": 10, "30s": 30, "1m": 60}
_AMOUNT = re.compile(r"([0-9]{1,20})(\.[0-9]{1,20})?")
_LONGEST_FLOW = timedelta(days=30)


def pairs(state: ExchangeState, params: Params) -> Json:
    source, target = params.text("fromAsset"), params.text("toAsset")
    if source is None and target is None:
        raise errors.missing("fromAsset")
    sources = [source] if source else state.market.assets()
    targets = [target] if target else list(QUOTED)
    return [
        _pair(state, one, other)
        for one in sources
        for other in targets
        if state.swaps.is_pair(one, other)
    ]


def assets(state: ExchangeState, _params: Params) -> Json:
    return [{"asset": asset, "fraction": 8} for asset in state.market.assets()]


def get_quote(state: ExchangeState, params: Params) -> Json:
    valid = _VALID.get(params.text("validTime") or "10s")
    if valid is None:
        raise errors.missing("validTime")
    paid, wanted = _amount(params, "fromAmount"), _amount(params, "toAmount")
    if (paid is None) == (wanted is None):
        raise errors.one_of_two("fromAmount", "toAmount")
    source, target = params.required("fromAsset"), params.required("toAsset")
    quote = state.swaps.quote(source, target, paid, wanted, timedelta(seconds=valid))
    return _quote(state, quote)


def accept_quote(state: ExchangeState, params: Params) -> Json:
    order = state.swaps.accept(params.required("quoteId"))
    return {
        "orderId": str(order.order_id),
        "createTime": milliseconds(order.at),
        "orderStatus": "PROCESS",
    }


def order_status(state: ExchangeState, params: Params) -> Json:
    order = state.swaps.find(params.text("orderId"), params.text("quoteId"))
    if order is None:
        raise errors.swap_order_unknown()
    return _order(order)


def flow(state: ExchangeState, params: Params) -> Json:
    start, end = params.integer("startTime"), params.integer("endTime")
    if start is None or end is None:
        raise errors.missing("startTime" if start is None else "endTime")
    if end - start > _LONGEST_FLOW / timedelta(milliseconds=1):
        raise errors.missing("endTime")
    found = [one for one in state.swaps.orders if start <= milliseconds(one.at) <= end]
    return {
        "list": [{"quoteId": one.quote.quote_id, **_order(one)} for one in found[:100]],
        "startTime": start,
        "endTime": end,
        "limit": 100,
        "moreData": len(found) > 100,
    }


def _amount(params: Params, name: str) -> Decimal | None:
    value = params.text(name)
    if value is None:
        return None
    if not _AMOUNT.fullmatch(value):
        raise errors.illegal_amount(name)
    return Decimal(value)


def _pair(state: ExchangeState, source: str, target: str) -> Json:
    least, most = state.swaps.limits(source)
    low, high = state.swaps.limits(target)
    return {
        "fromAsset": source,
        "toAsset": target,
        "fromAssetMinAmount": trimmed8(least),
        "fromAssetMaxAmount": trimmed8(most),
        "toAssetMinAmount": trimmed8(low),
        "toAssetMaxAmount": trimmed8(high),
    }


def _quote(state: ExchangeState, quote: SwapQuote) -> Json:
    ratio = state.swaps.ratio(quote.from_asset, quote.to_asset)
    answer = {
        "ratio": trimmed8(ratio),
        "inverseRatio": trimmed8(1 / ratio),
        "validTimestamp": milliseconds(quote.valid_until),
        "toAmount": trimmed8(quote.to_amount),
        "fromAmount": trimmed8(quote.from_amount),
    }
    return {"quoteId": quote.quote_id, **answer} if quote.quote_id else answer


def _order(order: Swap) -> Json:
    quote = order.quote
    ratio = quote.to_amount / quote.from_amount
    return {
        "orderId": order.order_id,
        "orderStatus": order.status.value,
        "fromAsset": quote.from_asset,
        "fromAmount": trimmed8(quote.from_amount),
        "toAsset": quote.to_asset,
        "toAmount": trimmed8(quote.to_amount),
        "ratio": trimmed8(ratio),
        "inverseRatio": trimmed8(1 / ratio) if ratio else "0",
        "createTime": milliseconds(order.at),
    }


_ROOT = "/sapi/v1/convert"

ENDPOINTS = (
    Endpoint("GET", f"{_ROOT}/exchangeInfo", Security.NONE, pairs, weight=3000),
    Endpoint("GET", f"{_ROOT}/assetInfo", Security.USER_DATA, assets, weight=100),
    Endpoint("POST", f"{_ROOT}/getQuote", Security.TRADE, get_quote, weight=200, by_uid=True),
    Endpoint("POST", f"{_ROOT}/acceptQuote", Security.TRADE, accept_quote, weight=500, by_uid=True),
    Endpoint("GET", f"{_ROOT}/orderStatus", Security.USER_DATA, order_status, 100, by_uid=True),
    Endpoint("GET", f"{_ROOT}/tradeFlow", Security.USER_DATA, flow, weight=3000, by_uid=True),
)
