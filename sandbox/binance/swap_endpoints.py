"""sapi/v1/convert, as in the convert documentation.

No table of its errors is published: what stands as assumed in ``errors`` is. So are the answers to an
amount of too many places (-1111) and to a window of more than 30 days (-1102).
"""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

from sandbox.binance import errors
from sandbox.binance.amounts import milliseconds, plain, trimmed8
from sandbox.binance.auth import Security
from sandbox.binance.endpoint import Endpoint, Json
from sandbox.binance.params import Params
from sandbox.binance.state import ExchangeState
from sandbox.binance.swap_desk import Swap
from sandbox.binance.swap_quotes import QUOTED, SwapQuote, SwapTerms

_VALID = {"10s": 10, "30s": 30, "1m": 60}
_AMOUNT = re.compile(r"([0-9]{1,20})(\.[0-9]{1,20})?")
_WITH_SPOT = ("SPOT", "SPOT_FUNDING", "SPOT_EARN", "SPOT_FUNDING_EARN")
_EMPTY_WALLETS = ("FUNDING", "EARN", "FUNDING_EARN")
_LONGEST_FLOW = timedelta(days=30)
_ROWS, _MOST_ROWS = 100, 1000


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
        if state.swaps.quotes.is_pair(one, other)
    ]


def assets(state: ExchangeState, _params: Params) -> Json:
    fraction = state.swaps.rules.fraction
    return [{"asset": asset, "fraction": fraction(asset)} for asset in state.market.assets()]


def get_quote(state: ExchangeState, params: Params) -> Json:
    _check_authorized(state)
    valid = _VALID.get(params.text("validTime") or "10s")
    if valid is None:
        raise errors.missing("validTime")
    wallet = params.text("walletType") or "SPOT"
    if wallet not in _WITH_SPOT + _EMPTY_WALLETS:
        raise errors.missing("walletType")
    paid, wanted = _amount(params, "fromAmount"), _amount(params, "toAmount")
    if (paid is None) == (wanted is None):
        raise errors.one_of_two("fromAmount", "toAmount")
    source, target = params.required("fromAsset"), params.required("toAsset")
    quote = state.swaps.quote(
        source, target, paid, wanted, timedelta(seconds=valid), from_spot=wallet in _WITH_SPOT
    )
    return _quote(quote)


def accept_quote(state: ExchangeState, params: Params) -> Json:
    _check_authorized(state)
    order = state.swaps.accept(params.required("quoteId"))
    return {
        "orderId": str(order.order_id),
        "createTime": milliseconds(order.at),
        "orderStatus": order.status.value,
    }


def order_status(state: ExchangeState, params: Params) -> Json:
    order_id, quote_id = params.text("orderId"), params.text("quoteId")
    if not order_id and not quote_id:
        raise errors.missing("orderId")
    order = state.swaps.find(order_id, quote_id)
    if order is None:
        raise errors.swap_order_unknown()
    return _order(order)


def flow(state: ExchangeState, params: Params) -> Json:
    start, end = params.integer("startTime"), params.integer("endTime")
    if start is None or end is None:
        raise errors.missing("startTime" if start is None else "endTime")
    if end - start > _LONGEST_FLOW / timedelta(milliseconds=1):
        raise errors.missing("endTime")
    limit = min(params.integer("limit") or _ROWS, _MOST_ROWS)
    found = [one for one in state.swaps.orders if start <= milliseconds(one.at) <= end]
    return {
        "list": [{"quoteId": one.quote.quote_id, **_order(one)} for one in found[:limit]],
        "startTime": start,
        "endTime": end,
        "limit": limit,
        "moreData": len(found) > limit,
    }


def _check_authorized(state: ExchangeState) -> None:
    """Convert's API is open on application only (convert documentation, introduction)."""
    if not state.swaps.rules.authorized:
        raise errors.not_authorized()


def _amount(params: Params, name: str) -> Decimal | None:
    value = params.text(name)
    if value is None:
        return None
    if not _AMOUNT.fullmatch(value):
        raise errors.illegal_amount(name)
    return Decimal(value)


def _pair(state: ExchangeState, source: str, target: str) -> Json:
    least, most = state.swaps.quotes.limits(source, target)
    low, high = state.swaps.quotes.usual_limits(target)
    return {
        "fromAsset": source,
        "toAsset": target,
        "fromAssetMinAmount": trimmed8(least),
        "fromAssetMaxAmount": trimmed8(most),
        "toAssetMinAmount": trimmed8(low),
        "toAssetMaxAmount": trimmed8(high),
    }


def _quote(quote: SwapQuote) -> Json:
    answer = {**_terms(quote.terms), "validTimestamp": milliseconds(quote.valid_until)}
    return {"quoteId": quote.quote_id, **answer} if quote.quote_id else answer


def _order(order: Swap) -> Json:
    quote = order.quote
    return {
        "orderId": order.order_id,
        "orderStatus": order.status.value,
        "fromAsset": quote.from_asset,
        "toAsset": quote.to_asset,
        **_terms(quote.terms),
        "createTime": milliseconds(order.at),
    }


def _terms(terms: SwapTerms) -> dict[str, str]:
    return {
        "ratio": plain(terms.ratio),
        "inverseRatio": plain(terms.inverse_ratio),
        "fromAmount": trimmed8(terms.from_amount),
        "toAmount": trimmed8(terms.to_amount),
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
