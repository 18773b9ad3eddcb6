"""asset/dust-convert: the same conversion to a target of choice, as in the wallet documentation.

Assumed, because nothing is published: which targets there are, how another one is refused (-5009),
that ``dribbletBase`` is the ceiling of one balance in USDT, that a conversion without a target is
one to BNB and needs the permission to trade, and that ``clientId`` is a label and no more: a second
request with the same one converts again.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

from sandbox.binance import errors
from sandbox.binance.amounts import STEP, ZERO, trimmed8
from sandbox.binance.auth import Security
from sandbox.binance.dust import DustRow
from sandbox.binance.dust_endpoints import executed, spot_only
from sandbox.binance.endpoint import Endpoint, Json
from sandbox.binance.params import Params
from sandbox.binance.rules import Absence, DustFamily
from sandbox.binance.state import ExchangeState


def preview(state: ExchangeState, params: Params) -> Json:
    _check_open(state)
    spot_only(params)
    target = _known_target(state, params.required("targetAsset"))
    rows = state.desk.offered(target, DustFamily.DUST_CONVERT)
    return {
        "dribbletPercentage": f"{state.rules.fee_rate:f}",
        "totalTransferQuotaAssetAmount": trimmed8(sum((_quota(state, r) for r in rows), ZERO)),
        "totalTransferTargetAssetAmount": trimmed8(sum((row.gross for row in rows), ZERO)),
        "dribbletBase": trimmed8(_dribblet_base(state)),
        "details": [_preview_row(state, row) for row in rows],
    }


def convert(state: ExchangeState, params: Params) -> Json:
    _check_open(state)
    spot_only(params)
    assets = params.assets("asset")
    target = _known_target(state, params.text("targetAsset") or "BNB")
    label = params.text("clientId") or ""
    done = state.desk.convert(assets, target, DustFamily.DUST_CONVERT, label)
    return executed(done, trimmed8)


def _check_open(state: ExchangeState) -> None:
    if state.rules.dust_convert_is(Absence.NOT_AUTHORIZED):
        raise errors.not_authorized()


def _exists(state: ExchangeState) -> bool:
    return not state.rules.dust_convert_is(Absence.UNKNOWN_PATH)


def _known_target(state: ExchangeState, target: str) -> str:
    if target not in state.rules.targets or state.market.price(target) is None:
        raise errors.no_such_product()
    return target


def _dribblet_base(state: ExchangeState) -> Decimal:
    ceiling = state.desk.ceiling_btc(DustFamily.DUST_CONVERT)
    return (ceiling / state.desk.quota_price).quantize(STEP, rounding=ROUND_HALF_EVEN)


def _quota(state: ExchangeState, row: DustRow) -> Decimal:
    """Worth of the row in USDT, to the eighth place; the nearest, for prices are quotients."""
    return (row.worth_btc / state.desk.quota_price).quantize(STEP, rounding=ROUND_HALF_EVEN)


def _preview_row(state: ExchangeState, row: DustRow) -> Json:
    return {
        "asset": row.asset,
        "assetFullName": row.asset,
        "amountFree": trimmed8(row.amount),
        "exchange": trimmed8(row.fee),
        "toQuotaAssetAmount": trimmed8(_quota(state, row)),
        "toTargetAssetAmount": trimmed8(row.gross),
        "toTargetAssetOffExchange": trimmed8(row.net),
    }


ROOT = "/sapi/v1/asset/dust-convert"

ENDPOINTS = (
    Endpoint(
        "POST", f"{ROOT}/query-convertible-assets", Security.USER_DATA, preview, exists=_exists
    ),
    Endpoint(
        "POST", f"{ROOT}/convert", Security.TRADE, convert, weight=10, by_uid=True, exists=_exists
    ),
)
