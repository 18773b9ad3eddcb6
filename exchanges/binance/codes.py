"""Binance's error answers: what they mean for a reading, and which prove that nothing was converted."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

from dust.conversion import Refused, Unknown
from dust.errors import (
    CredentialsRejected,
    DustError,
    ExchangeRefused,
    ExchangeUnavailable,
    RateLimited,
    UnderMaintenance,
)
from dust.refusal import Refusal, RefusalKind
from dust.remedy import Remedy
from exchanges.binance.code_table import Row, row_of
from exchanges.errors import Rejection

_TOO_SOON = re.compile(r"once (?:within|in|every) ([0-9]{1,4}) ?h", re.IGNORECASE)
#: -5006 is by its name the refusal of a second conversion "in 24 hours".
_LENGTH_OF_5006 = timedelta(hours=24)
#: Kinds that one token of several may have caused.
_OF_ONE_TOKEN = frozenset(
    {
        RefusalKind.ABOVE_CEILING,
        RefusalKind.TOO_SMALL,
        RefusalKind.NOT_SUPPORTED,
        RefusalKind.INSUFFICIENT,
    }
)


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


def is_clock_error(rejection: Rejection) -> bool:
    """Whether Binance found the request's time stamp too far from its own time."""
    return _kind(rejection) is RefusalKind.CLOCK


def asks_for_pause(rejection: Rejection) -> bool:
    """Whether it is one of the codes that mean "too many requests"."""
    row = _row(rejection)
    limited = row is not None and row.kind is RefusalKind.RATE_LIMITED and bool(row.proves)
    return limited and rejection.status < 500


def reading_error(rejection: Rejection) -> DustError:
    """What a rejected reading means for the operator."""
    code, kind = code_of(rejection), _kind(rejection)
    if rejection.paused_until is not None:
        return RateLimited(rejection.paused_until)
    if kind is RefusalKind.MAINTENANCE:
        return UnderMaintenance("Binance is under maintenance")
    if kind is RefusalKind.KEY_REJECTED:
        return CredentialsRejected("" if code is None else str(code))
    if code is None and rejection.status == 404:
        return ExchangeRefused("HTTP 404", "there is no such endpoint")
    if code is None or kind is RefusalKind.BUSY or rejection.status >= 500:
        return ExchangeUnavailable(f"HTTP {rejection.status}, code {code}")
    return ExchangeRefused(str(code), _message(rejection), kind)


def judge(rejection: Rejection, assets: Sequence[str], remedy: Remedy) -> Refused | Unknown:
    """What a rejected conversion, swap or sale means: refused only where the answer proves it."""
    code = code_of(rejection)
    refusal = _refusal(rejection, assets)
    if _proves(rejection, remedy):
        return Refused(refusal, rejection.raw)
    said = None if code is None else refusal
    return Unknown(f"HTTP {rejection.status}, code {code}", rejection.raw, said)


def _proves(rejection: Rejection, remedy: Remedy) -> bool:
    """Whether nothing can have been executed."""
    if rejection.paused_until is not None:
        return True  # turned away before it reached the wallet
    if code_of(rejection) is None or rejection.status >= 500:
        return False  # "must not be treated as failed" (spot documentation, HTTP return codes)
    row = _row(rejection)
    return (row is not None and remedy in row.proves) or _is_too_soon(rejection, remedy)


def _is_too_soon(rejection: Rejection, remedy: Remedy) -> bool:
    """Whether it says that by its words, whatever the code; only small assets have a pause."""
    told = _TOO_SOON.search(_message(rejection))
    return remedy is Remedy.DUST and told is not None and _kind(rejection) is RefusalKind.COOLDOWN


def _row(rejection: Rejection) -> Row | None:
    return row_of(code_of(rejection), _message(rejection))


def _kind(rejection: Rejection) -> RefusalKind:
    if rejection.paused_until is not None:
        return RefusalKind.RATE_LIMITED
    row = _row(rejection)
    if row is not None:
        return row.kind
    too_soon = _TOO_SOON.search(_message(rejection))
    return RefusalKind.COOLDOWN if too_soon else RefusalKind.OTHER


def _refusal(rejection: Rejection, assets: Sequence[str]) -> Refusal:
    code, message, kind = code_of(rejection), _message(rejection), _kind(rejection)
    return Refusal(
        kind,
        code="" if code is None else str(code),
        message=message,
        asset=_named(message, assets) if kind in _OF_ONE_TOKEN else None,
        cooldown=_cooldown(code, message) if kind is RefusalKind.COOLDOWN else None,
        until=rejection.paused_until,
    )


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
