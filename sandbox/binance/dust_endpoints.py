"""asset/dust-btc, asset/dust and asset/dribblet, as in the wallet documentation."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from sandbox.binance import errors
from sandbox.binance.amounts import ZERO, floor8, milliseconds, text8
from sandbox.binance.auth import Security
from sandbox.binance.dust import DustConversion, DustRow
from sandbox.binance.endpoint import Endpoint, Json
from sandbox.binance.params import Params
from sandbox.binance.state import ExchangeState

LONGEST_LOG = 100
"""The log shows the newest hundred assets, whatever conversions they belong to."""


def preview(state: ExchangeState, params: Params) -> Json:
    spot_only(params)
    rows = state.desk.offered()
    return {
        "details": [_preview_row(row) for row in rows],
        "totalTransferBtc": text8(sum((floor8(row.worth_btc) for row in rows), ZERO)),
        "totalTransferBNB": text8(sum((row.gross for row in rows), ZERO)),
        "dribbletPercentage": f"{state.rules.fee_rate:f}",
    }


def convert(state: ExchangeState, params: Params) -> Json:
    spot_only(params)
    return executed(state.desk.convert(params.assets("asset")), text8)


def log(state: ExchangeState, params: Params) -> Json:
    spot_only(params)
    start, end = _window(params)
    groups: list[Json] = []
    left = LONGEST_LOG
    for conversion in reversed(state.desk.conversions):
        if left and start <= _logged_at(conversion) <= end:
            shown = conversion.rows[-left:]
            left -= len(shown)
            groups.append(_log_group(conversion, shown))
    return {"total": len(state.desk.conversions), "userAssetDribblets": groups[::-1]}


def spot_only(params: Params) -> None:
    if params.text("accountType") not in (None, "SPOT"):
        raise errors.missing("accountType")


def _window(params: Params) -> tuple[int, int]:
    """Both ends in milliseconds, inclusive; both must be given or neither."""
    start, end = params.integer("startTime"), params.integer("endTime")
    if start is None and end is None:
        return 0, 2**63
    if start is None:
        raise errors.missing("startTime")
    if end is None:
        raise errors.missing("endTime")
    return start, end


def _preview_row(row: DustRow) -> Json:
    return {
        "asset": row.asset,
        "assetFullName": row.asset,
        "amountFree": text8(row.amount),
        "toBTC": text8(row.worth_btc),
        "toBNB": text8(row.gross),
        "toBNBOffExchange": text8(row.net),
        "exchange": text8(row.fee),
    }


def executed(conversion: DustConversion, text: Callable[[Decimal], str]) -> Json:
    """The answer to a conversion, its amounts written by ``text``."""
    return {
        "totalServiceCharge": text(conversion.fee),
        "totalTransfered": text(conversion.gross),
        "transferResult": [_result_row(conversion, row, text) for row in conversion.rows],
    }


def _result_row(conversion: DustConversion, row: DustRow, text: Callable[[Decimal], str]) -> Json:
    return {
        "amount": text(row.amount),
        "fromAsset": row.asset,
        "operateTime": milliseconds(conversion.at),
        "serviceChargeAmount": text(row.fee),
        "tranId": conversion.tran_id,
        "transferedAmount": text(row.gross),
    }


def _logged_at(conversion: DustConversion) -> int:
    """Whole seconds, as both times of the documented example are: before the moment it was sent."""
    return milliseconds(conversion.at) // 1000 * 1000


def _log_group(conversion: DustConversion, shown: tuple[DustRow, ...]) -> Json:
    return {
        "operateTime": _logged_at(conversion),
        "totalTransferedAmount": text8(conversion.gross),
        "totalServiceChargeAmount": text8(conversion.fee),
        "transId": conversion.trans_id,
        "userAssetDribbletDetails": [_log_row(conversion, row) for row in shown],
    }


def _log_row(conversion: DustConversion, row: DustRow) -> Json:
    return {
        "transId": conversion.tran_id,
        "serviceChargeAmount": text8(row.fee),
        "amount": text8(row.amount),
        "operateTime": _logged_at(conversion),
        "transferedAmount": text8(row.gross),
        "fromAsset": row.asset,
        "targetAsset": conversion.target,
    }


ENDPOINTS = (
    Endpoint("POST", "/sapi/v1/asset/dust-btc", Security.USER_DATA, preview),
    Endpoint("POST", "/sapi/v1/asset/dust", Security.TRADE, convert, weight=10, by_uid=True),
    Endpoint("GET", "/sapi/v1/asset/dribblet", Security.USER_DATA, log),
)
