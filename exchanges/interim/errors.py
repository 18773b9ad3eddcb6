"""ccxt's exceptions, turned into the domain's errors and results.

The JSON code decides first, ccxt's class second; what neither proves is unavailable (a reading) or unknown
(the converting request).
"""

from collections.abc import Callable
from datetime import datetime

import ccxt.async_support as ccxt

from dust.conversion import Refusal, RefusalKind, Refused, Unknown
from dust.errors import (
    CredentialsRejected,
    DustError,
    ExchangeRefused,
    ExchangeUnavailable,
    RateLimited,
    UnderMaintenance,
)
from exchanges.interim.binance_codes import (
    CLOCK_CODES,
    KEY_CODES,
    LIMIT_CODES,
    MAINTENANCE_CODES,
    named_asset,
    refusal_kind,
    told_cooldown,
)


def words_of(error: ccxt.BaseError) -> tuple[str, str]:
    """The exchange's own code and message; empty where its answer had none."""
    answer = getattr(error, "answer", None)
    if not isinstance(answer, dict) or "code" not in answer:
        return "", ""
    return str(answer["code"]), str(answer.get("msg", ""))


def is_clock(error: ccxt.BaseError) -> bool:
    """Whether the exchange rejected the request's time."""
    return words_of(error)[0] in CLOCK_CODES


def reading_error(error: ccxt.BaseError, blocked_until: Callable[[], datetime]) -> DustError:
    """What a failed reading means. `blocked_until` tells when a rate limit ends; asked only for one."""
    code, message = words_of(error)
    status = getattr(error, "status", None)
    if status in (418, 429) or code in LIMIT_CODES:
        return RateLimited(blocked_until())
    if code in KEY_CODES or isinstance(error, ccxt.AuthenticationError):
        return CredentialsRejected(code)
    if code in MAINTENANCE_CODES or isinstance(error, ccxt.OnMaintenance):
        return UnderMaintenance("under maintenance")
    if code and isinstance(error, ccxt.ExchangeError) and code not in CLOCK_CODES:
        return ExchangeRefused(code, message)
    return ExchangeUnavailable(type(error).__name__)


def write_result(
    error: ccxt.BaseError, sent: tuple[str, ...], blocked_until: Callable[[], datetime]
) -> Refused | Unknown:
    """What a failed converting request proves: a refusal from the allow-list, or nothing."""
    code, message = words_of(error)
    raw = f"{code} {message}".strip()
    status = getattr(error, "status", None)
    if status in (418, 429):
        return Refused(Refusal(RefusalKind.RATE_LIMITED, code, message, until=blocked_until()), raw)
    kind = refusal_kind(code, message)
    if kind is None or (status is not None and status >= 500):
        return Unknown(f"{type(error).__name__} {raw}".strip(), raw)
    until = blocked_until() if kind is RefusalKind.RATE_LIMITED else None
    refusal = Refusal(
        kind, code, message, named_asset(message, sent), told_cooldown(message), until
    )
    return Refused(refusal, raw)
