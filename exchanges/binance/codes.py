"""Binance's error codes: what they mean for a reading, and which prove that nothing was converted.

Sources: the spot and wallet error pages; 32110 and -9000 are undocumented and known from live reports.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType

from dust.conversion import Refusal, RefusalKind, Refused, Unknown
from dust.errors import (
    CredentialsRejected,
    DustError,
    ExchangeRefused,
    ExchangeUnavailable,
    RateLimited,
    UnderMaintenance,
)
from exchanges.errors import Rejection

#: The time stamp of a request is too far from Binance's time.
CLOCK = -1021
#: Answers that are given instead of a conversion, never after one.
PROVEN: Mapping[int, RefusalKind] = {
    -5001: RefusalKind.NOT_SUPPORTED,
    -5002: RefusalKind.INSUFFICIENT,
    -5003: RefusalKind.INSUFFICIENT,
    -5004: RefusalKind.ABOVE_CEILING,
    -5005: RefusalKind.TOO_SMALL,
    -5006: RefusalKind.COOLDOWN,
    -5007: RefusalKind.INSUFFICIENT,
    -5008: RefusalKind.INSUFFICIENT,
    -5009: RefusalKind.NOT_SUPPORTED,
    -5013: RefusalKind.INSUFFICIENT,
    32110: RefusalKind.COOLDOWN,
    -1002: RefusalKind.KEY_REJECTED,
    -1022: RefusalKind.KEY_REJECTED,
    -2008: RefusalKind.KEY_REJECTED,
    -2014: RefusalKind.KEY_REJECTED,
    -2015: RefusalKind.KEY_REJECTED,
    CLOCK: RefusalKind.CLOCK,
    -1003: RefusalKind.RATE_LIMITED,
    -1015: RefusalKind.RATE_LIMITED,
    **dict.fromkeys((-1121, -1130, -1131, *range(-1106, -1099)), RefusalKind.OTHER),
}
#: Given in place of a new order ("new order rejected", spot error page). A code whose texts differ in
#: meaning has its kinds by what the text holds; one that no text fits proves nothing: "Duplicate order sent."
#: means that there is such an order.
ORDER_PROVEN: Mapping[int, RefusalKind | Mapping[str, RefusalKind]] = {
    -1013: {
        "LOT_SIZE": RefusalKind.WRONG_STEP,
        "NOTIONAL": RefusalKind.BELOW_MINIMUM,
        "Market is closed": RefusalKind.MARKET_CLOSED,
        "Filter failure": RefusalKind.OTHER,
    },
    -2010: {
        "insufficient balance": RefusalKind.INSUFFICIENT,
        "not permitted": RefusalKind.NOT_PERMITTED,
        "Market is closed": RefusalKind.MARKET_CLOSED,
        "not supported": RefusalKind.NOT_SUPPORTED,
    },
    -1111: RefusalKind.WRONG_STEP,
}
#: Internal names that leaked into texts of -9000, each the twin of a documented code.
_LEAKED = {"USER_OUT_OF_TRANSFER_FLOAT": RefusalKind.ABOVE_CEILING}
#: Internal errors and "execution status unknown": a reading is asked again, a conversion is in doubt.
_TROUBLE = frozenset({-1000, -1001, -1004, -1006, -1007, -1008})
_TOO_SOON = re.compile(r"once (?:within|in|every) ([0-9]{1,4}) ?h", re.IGNORECASE)
#: -5006 is by its name the refusal of a second conversion "in 24 hours".
_LENGTH_OF_5006 = timedelta(hours=24)


def code_of(rejection: Rejection) -> int | None:
    """Binance's own code, None where the answer holds none."""
    code = rejection.body.get("code")
    try:
        return int(code) if isinstance(code, int | str) else None
    except ValueError:
        return None


def is_error(answer: Mapping[str, object]) -> bool:
    """Whether a JSON object that came with HTTP 200 is an error all the same."""
    return answer.get("code", 0) not in (0, 200, "0", "200") or answer.get("success") is False


def reading_error(rejection: Rejection) -> DustError:
    """What a rejected reading means for the operator."""
    code = code_of(rejection)
    message = _message(rejection)
    if rejection.paused_until is not None:
        return RateLimited(rejection.paused_until)
    if "maintenance" in message.lower():
        return UnderMaintenance("Binance is under maintenance")
    if code is not None and PROVEN.get(code) is RefusalKind.KEY_REJECTED:
        return CredentialsRejected(str(code))
    if code is None and rejection.status == 404:
        return ExchangeRefused("HTTP 404", "there is no such endpoint")
    if code is None or code in _TROUBLE or rejection.status >= 500:
        return ExchangeUnavailable(f"HTTP {rejection.status}, code {code}")
    return ExchangeRefused(str(code), message)


def judge(
    rejection: Rejection,
    assets: Sequence[str],
    also: Mapping[int, RefusalKind | Mapping[str, RefusalKind]] = MappingProxyType({}),
) -> Refused | Unknown:
    """What a rejected conversion means: refused only where the answer proves it. `also` are codes that
    prove it for this kind of request."""
    kind = _kind(rejection, also)
    code = code_of(rejection)
    if kind is None:
        return Unknown(f"HTTP {rejection.status}, code {code}", rejection.raw)
    message = _message(rejection)
    refusal = Refusal(
        kind,
        code="" if code is None else str(code),
        message=message,
        asset=_named(message, assets),
        cooldown=_cooldown(code, message) if kind is RefusalKind.COOLDOWN else None,
        until=rejection.paused_until,
    )
    return Refused(refusal, rejection.raw)


def _kind(
    rejection: Rejection, also: Mapping[int, RefusalKind | Mapping[str, RefusalKind]]
) -> RefusalKind | None:
    if rejection.paused_until is not None:
        return RefusalKind.RATE_LIMITED  # turned away before it reached the wallet
    code = code_of(rejection)
    if code is None or rejection.status >= 500:
        return None  # "must not be treated as failed" (spot documentation, HTTP return codes)
    message = _message(rejection)
    if code == -9000:
        return next((kind for name, kind in _LEAKED.items() if name in message), None)
    proven = also.get(code, PROVEN.get(code))
    if isinstance(proven, Mapping):
        return next((kind for words, kind in proven.items() if words in message), None)
    if proven is not None:
        return proven
    return RefusalKind.COOLDOWN if code not in _TROUBLE and _TOO_SOON.search(message) else None


def _message(rejection: Rejection) -> str:
    message = rejection.body.get("msg")
    return message[:300] if isinstance(message, str) else ""


def _cooldown(code: int | None, message: str) -> timedelta | None:
    told = _TOO_SOON.search(message)
    if told:
        return timedelta(hours=int(told[1]))
    return _LENGTH_OF_5006 if code == -5006 else None


def _named(message: str, assets: Sequence[str]) -> str | None:
    """The one of `assets` that stands in the message as a word of its own."""
    named = [a for a in assets if re.search(rf"(?<!\w){re.escape(a)}(?!\w)", message)]
    return named[0] if len(named) == 1 else None
