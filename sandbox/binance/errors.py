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


def not_authorized() -> BinanceError:
    """What accounts get that an endpoint is not open to; the HTTP status is assumed."""
    return BinanceError(-1002, "You are not authorized to execute this request.", 401)


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


def no_such_product() -> BinanceError:
    return BinanceError(-5009, "Product does not exist.")


def illegal_amount(name: str) -> BinanceError:
    """As reported for an amount with an exponent."""
    return _illegal(name, r"^([0-9]{1,20})(\.[0-9]{1,20})?$")


def illegal_order_name() -> BinanceError:
    """As two programs have met it for a name with a dot and for one that is too long."""
    return _illegal("newClientOrderId", "^[a-zA-Z0-9-_]{1,36}$")


def _illegal(name: str, legal: str) -> BinanceError:
    return BinanceError(
        -1100, f"Illegal characters found in parameter '{name}'; legal range is '{legal}'."
    )


def too_precise() -> BinanceError:
    return BinanceError(-1111, "Precision is over the maximum defined for this asset.")


def quantity_too_precise() -> BinanceError:
    return BinanceError(-1111, "Parameter 'quantity' has too much precision.")


def filter_failure(name: str) -> BinanceError:
    return BinanceError(-1013, f"Filter failure: {name}")


def market_closed() -> BinanceError:
    return BinanceError(-1013, "Market is closed.")


def may_not_trade() -> BinanceError:
    return BinanceError(-2010, "This account may not place or cancel orders.")


def order_without_funds() -> BinanceError:
    return BinanceError(-2010, "Account has insufficient balance for requested action.")


def duplicate_order() -> BinanceError:
    return BinanceError(-2010, "Duplicate order sent.")


def unknown_order() -> BinanceError:
    return BinanceError(-2013, "Order does not exist.")


def swap_quota_reached() -> BinanceError:
    """Met by two independent programs."""
    return BinanceError(
        345103,
        "Your hourly quotation limit is reached. Please try again later in the next hour.",
    )


def swap_quote_expired() -> BinanceError:
    """Documented for another product; assumed here."""
    return BinanceError(345231, "Time out")


def swap_quote_unknown() -> BinanceError:
    """Assumed: no code is known."""
    return BinanceError(345127, "Quote does not exist.")


def swap_quote_used() -> BinanceError:
    """Assumed: no code is known."""
    return BinanceError(345128, "Quote has been accepted already.")


def swap_pair_unknown() -> BinanceError:
    """Assumed: no code is known."""
    return BinanceError(345121, "This pair is not supported.")


def swap_below_minimum() -> BinanceError:
    """Assumed: no code is known."""
    return BinanceError(345122, "The amount is below the minimum.")


def swap_above_maximum() -> BinanceError:
    """Assumed: no code is known."""
    return BinanceError(345123, "The amount is above the maximum.")


def swap_not_enough() -> BinanceError:
    """Assumed: no code is known."""
    return BinanceError(345125, "Insufficient balance.")


def swap_order_unknown() -> BinanceError:
    """Assumed: no code is known."""
    return BinanceError(345126, "Order does not exist.")


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
