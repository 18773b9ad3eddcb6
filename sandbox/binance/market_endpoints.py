"""What needs no key: the server's time and state, prices, and the rules of the pairs."""

from __future__ import annotations

from decimal import Decimal

from sandbox.binance import errors
from sandbox.binance.amounts import STEP, milliseconds, text8
from sandbox.binance.auth import Security
from sandbox.binance.endpoint import Endpoint, Json
from sandbox.binance.market import Pair
from sandbox.binance.order_rules import Lot
from sandbox.binance.params import Params
from sandbox.binance.state import ExchangeState

RATE_LIMITS = [
    {"rateLimitType": "REQUEST_WEIGHT", "interval": "MINUTE", "intervalNum": 1, "limit": 6000},
    {"rateLimitType": "ORDERS", "interval": "SECOND", "intervalNum": 10, "limit": 100},
    {"rateLimitType": "ORDERS", "interval": "DAY", "intervalNum": 1, "limit": 200000},
    {"rateLimitType": "RAW_REQUESTS", "interval": "MINUTE", "intervalNum": 5, "limit": 61000},
]


def ping(_state: ExchangeState, _params: Params) -> Json:
    return {}


def time(state: ExchangeState, _params: Params) -> Json:
    return {"serverTime": milliseconds(state.now())}


def system_status(state: ExchangeState, _params: Params) -> Json:
    if state.maintenance:
        return {"status": 1, "msg": "system_maintenance"}
    return {"status": 0, "msg": "normal"}


def prices(state: ExchangeState, params: Params) -> Json:
    """One object for ``symbol``; a list for ``symbols`` or for neither."""
    if params.text("symbol") is not None:
        return _price(_chosen(state, params)[0])
    return [_price(pair) for pair in _chosen(state, params)]


def best_offers(state: ExchangeState, params: Params) -> Json:
    """Of the pair ``symbol``: its price on both sides, or no buyer where orders find none."""
    pair = state.orders.pair(params.required("symbol"))
    bought = text8(pair.price if state.orders.rules.share else Decimal(0))
    amounts = {"bidQty": text8(Decimal(1000)), "askQty": text8(Decimal(1000))}
    return {"symbol": pair.symbol, "bidPrice": bought, "askPrice": text8(pair.price), **amounts}


def exchange_info(state: ExchangeState, params: Params) -> Json:
    return {
        "timezone": "UTC",
        "serverTime": milliseconds(state.now()),
        "rateLimits": RATE_LIMITS,
        "exchangeFilters": [],
        "symbols": [_symbol(state, pair) for pair in _chosen(state, params)],
    }


def _chosen(state: ExchangeState, params: Params) -> list[Pair]:
    """Pairs named by ``symbol`` or ``symbols``, or all; one unknown name fails the whole call."""
    pairs = state.market.pairs()
    one, several = params.text("symbol"), params.symbols("symbols")
    if one is not None and several is not None:
        raise errors.one_of_two("symbol", "symbols")
    names = several if one is None else [one]
    try:
        return [pairs[name] for name in (pairs if names is None else names)]
    except KeyError:
        raise errors.unknown_symbol() from None


def _price(pair: Pair) -> Json:
    return {"symbol": pair.symbol, "price": text8(pair.price)}


def _symbol(state: ExchangeState, pair: Pair) -> Json:
    return {
        "symbol": pair.symbol,
        "status": state.orders.status(pair.symbol),
        "baseAsset": pair.base,
        "baseAssetPrecision": 8,
        "quoteAsset": pair.quote,
        "quotePrecision": 8,
        "quoteAssetPrecision": 8,
        "baseCommissionPrecision": 8,
        "quoteCommissionPrecision": 8,
        "orderTypes": ["LIMIT", "LIMIT_MAKER", "MARKET"],
        "icebergAllowed": True,
        "ocoAllowed": True,
        "otoAllowed": True,
        "opoAllowed": True,
        "quoteOrderQtyMarketAllowed": True,
        "allowTrailingStop": True,
        "cancelReplaceAllowed": True,
        "amendAllowed": True,
        "pegInstructionsAllowed": True,
        "isSpotTradingAllowed": True,
        "isMarginTradingAllowed": False,
        "filters": _filters(state, pair),
        "permissions": [],
        "permissionSets": [["SPOT"]],
        "defaultSelfTradePreventionMode": "EXPIRE_MAKER",
        "allowedSelfTradePreventionModes": ["EXPIRE_TAKER", "EXPIRE_MAKER", "EXPIRE_BOTH"],
    }


def _filters(state: ExchangeState, pair: Pair) -> Json:
    lots = state.orders.lots(pair).items()
    return [
        {
            "filterType": "PRICE_FILTER",
            "minPrice": text8(STEP),
            "maxPrice": "1000000.00000000",
            "tickSize": text8(STEP),
        },
        *(_lot(name, lot) for name, lot in lots),
        {
            "filterType": "NOTIONAL",
            "minNotional": text8(state.orders.rules.min_notional(pair)),
            "applyMinToMarket": True,
            "maxNotional": "9000000.00000000",
            "applyMaxToMarket": False,
            "avgPriceMins": 5,
        },
    ]


def _lot(name: str, lot: Lot) -> Json:
    return {
        "filterType": name,
        "minQty": text8(lot.least),
        "maxQty": text8(lot.most),
        "stepSize": text8(lot.step),
    }


ENDPOINTS = (
    Endpoint("GET", "/api/v3/ping", Security.NONE, ping),
    Endpoint("GET", "/api/v3/time", Security.NONE, time),
    Endpoint("GET", "/api/v3/ticker/price", Security.NONE, prices, weight=4),
    Endpoint("GET", "/api/v3/ticker/bookTicker", Security.NONE, best_offers, weight=2),
    Endpoint("GET", "/api/v3/exchangeInfo", Security.NONE, exchange_info, weight=20),
    Endpoint(
        "GET", "/sapi/v1/system/status", Security.NONE, system_status, open_in_maintenance=True
    ),
)
