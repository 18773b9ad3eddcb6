"""Binance's error answers: an HTTP status and ``{"code": ..., "msg": ...}``.

Codes and texts are those of the spot and wallet error pages, except 32110, which is undocumented
and known only from live reports. The documentation says no more than 4XX for a faulty dust
request; 400 is assumed.
"""

from __future__ import annotations

from datetime import timedelta


class BinanceError(Exception):
    """An answer other than success; ``headers`` are added to the HTTP answer."""

    def __init__(
        self, code: int, msg: str, status: int = 400, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(f"{code} {msg}")
        self.code = code
        self.msg = msg
        self.status = status
        self.headers = headers or {}

    def body(self) -> dict[str, object]:
        return {"code": self.code, "msg": self.msg}


def bad_key_format() -> BinanceError:
    return BinanceError(-2014, "API-key format invalid.", 401)


def not_permitted() -> BinanceError:
    """Unknown or revoked key, address not on its list, or a permission that is switched off."""
    return BinanceError(-2015, "Invalid API-key, IP, or permissions for action.", 401)


def bad_signature() -> BinanceError:
    return BinanceError(-1022, "Signature for this request is not valid.")


def timestamp_ahead() -> BinanceError:
    return BinanceError(-1021, "Timestamp for this request was 1000ms ahead of the server's time.")


def timestamp_outside_window() -> BinanceError:
    return BinanceError(-1021, "Timestamp for this request is outside of the recvWindow.")


def window_too_long() -> BinanceError:
    return BinanceError(-1131, "recvWindow must be less than 60000")


def missing(name: str) -> BinanceError:
    return BinanceError(
        -1102, f"Mandatory parameter '{name}' was not sent, was empty/null, or malformed."
    )


def illegal_characters() -> BinanceError:
    return BinanceError(-1100, "Illegal characters found in a parameter.")


def duplicate_values() -> BinanceError:
    return BinanceError(-1101, "Duplicate values for a parameter detected.")


def one_of_two(first: str, second: str) -> BinanceError:
    return BinanceError(
        -1128, f"Combination of optional parameters invalid: '{first}' and '{second}'."
    )


def unknown_symbol() -> BinanceError:
    return BinanceError(-1121, "Invalid symbol.")


def duplicate_symbols() -> BinanceError:
    return BinanceError(-1151, "Symbol is present multiple times in the list.")


def maintenance() -> BinanceError:
    return BinanceError(1, "System is under maintenance.", 503)


def asset_not_supported(asset: str) -> BinanceError:
    """-5001 as met in practice: one unsupported coin spoils the batch and is named."""
    return BinanceError(-5001, f"{asset} asset not supported.")


def not_enough() -> BinanceError:
    return BinanceError(-5002, "You have insufficient balance.")


def no_such_asset() -> BinanceError:
    return BinanceError(-5003, "You don't have this asset.")


def above_ceiling(asset: str) -> BinanceError:
    """The text keeps 0.001BTC whatever the real ceiling is."""
    return BinanceError(
        -5004,
        f"The residual balances of {asset} have exceeded 0.001BTC, Please re-choose.",
    )


def too_low(asset: str) -> BinanceError:
    return BinanceError(-5005, f"The residual balances of {asset} is too low, Please re-choose.")


def once_in_hours(length: timedelta) -> BinanceError:
    """The documented refusal; its documented text is that of 24 hours."""
    return BinanceError(-5006, f"Only transfer once in {_hours(length)} hours.")


def once_within_hours(length: timedelta) -> BinanceError:
    """The refusal live bots met in 2025; only its code and "once within 1 hour" are known."""
    hours = _hours(length)
    unit = "hour" if hours == 1 else "hours"
    return BinanceError(32110, f"You can only convert once within {hours} {unit}.")


def _hours(length: timedelta) -> int:
    return -(-length // timedelta(hours=1))
