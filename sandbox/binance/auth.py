"""Who asks, and may they: API key, HMAC signature, timestamp and permissions.

Request security of the spot REST documentation: the signed text is the raw query string and the
raw body, glued without a separator, without the signature itself. The order of the checks is not
documented.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum

from sandbox.binance import errors
from sandbox.binance.amounts import milliseconds
from sandbox.binance.key import ApiKey
from sandbox.binance.params import Params
from sandbox.binance.public_key import is_public_key, verifies

EARLIEST_AHEAD_MS = 1000
LONGEST_WINDOW_MS = 60000
DEFAULT_WINDOW_MS = "5000"
FIRST_MICROSECOND_STAMP = 10**15


class Security(Enum):
    """The documentation's security types."""

    NONE = "NONE"
    MARKET_DATA = "MARKET_DATA"
    USER_DATA = "USER_DATA"
    TRADE = "TRADE"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A request as it came over the wire: nothing decoded."""

    api_key: str | None
    query: str
    body: str


def sign(secret: str, text: str) -> str:
    """Hex HMAC-SHA256."""
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def authorize(incoming: Incoming, security: Security, key: ApiKey, now: datetime) -> None:
    """Return if the request may pass; raise the BinanceError of the first fault."""
    if security is Security.NONE:
        return
    if not incoming.api_key:
        raise errors.bad_key_format()
    if incoming.api_key != key.api_key or not key.usable:
        raise errors.not_permitted()
    if security is Security.MARKET_DATA:
        return
    _check_signature(incoming, key.api_secret)
    _check_time(Params(incoming.query, incoming.body), milliseconds(now))
    if not key.reading or (security is Security.TRADE and not key.trading):
        raise errors.not_permitted()


def signature_of(incoming: Incoming) -> str:
    """As it came over the wire; empty if there is none."""
    return _split(incoming.query)[1] or _split(incoming.body)[1]


def _check_signature(incoming: Incoming, secret: str) -> None:
    query, body = _split(incoming.query)[0], _split(incoming.body)[0]
    given = signature_of(incoming)
    if not given:
        raise errors.missing("signature")
    text = query + body
    if not (given + text).isascii():  # names must be percent-encoded before signing
        raise errors.bad_signature()
    if not _fits(given, text, secret):
        raise errors.bad_signature()


def _fits(given: str, text: str, secret: str) -> bool:
    if is_public_key(secret):
        return verifies(secret, text, given)
    return hmac.compare_digest(given.lower(), sign(secret, text))


def _split(raw: str) -> tuple[str, str]:
    """The text without its signature, byte for byte, and the signature."""
    parts = raw.split("&") if raw else []
    signatures = [part[len("signature=") :] for part in parts if part.startswith("signature=")]
    kept = [part for part in parts if not part.startswith("signature=")]
    return "&".join(kept), signatures[-1] if signatures else ""


def _check_time(params: Params, now_ms: int) -> None:
    params.required("timestamp")
    stamp = params.integer("timestamp") or 0
    if stamp >= FIRST_MICROSECOND_STAMP:
        stamp //= 1000
    window = _window(params)
    if stamp >= now_ms + EARLIEST_AHEAD_MS:
        raise errors.timestamp_ahead()
    if now_ms - stamp > window:
        raise errors.timestamp_outside_window()


def _window(params: Params) -> Decimal:
    value = params.text("recvWindow") or DEFAULT_WINDOW_MS
    if not re.fullmatch(r"[0-9]+(\.[0-9]{1,3})?", value):
        raise errors.illegal_characters()
    window = Decimal(value)
    if window > LONGEST_WINDOW_MS:
        raise errors.window_too_long()
    return window
