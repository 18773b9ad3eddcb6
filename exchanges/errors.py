"""What can come of one HTTP call, before an exchange's own codes are understood."""

from collections.abc import Mapping
from datetime import datetime

import ccxt.async_support as ccxt

from dust.errors import CredentialsRejected, DustError, ExchangeUnavailable

#: As much of an odd answer as the journal keeps.
KEPT = 2000


class Rejection(Exception):
    """The exchange answered, but not with a success. The text holds neither address nor parameters.

    `body` is the JSON object of the answer, empty where it was none; `raw` is the text as it came;
    `paused_until` is set where the exchange asked for a pause.
    """

    def __init__(self, status: int, body: Mapping[str, object], raw: str) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status
        self.body = body
        self.raw = raw[:KEPT]
        self.paused_until: datetime | None = None


class NotSigned(Exception):
    """The key can't sign a request; none was sent."""


#: What a call can end in besides an answer: ccxt's errors, time-outs, a broken connection.
FAILURES = (ccxt.BaseError, TimeoutError, OSError)


def unreadable(error: Exception) -> DustError:
    """What a reading without an answer means. ccxt's texts hold the signed address: only names go on."""
    if isinstance(error, NotSigned):
        return CredentialsRejected()
    if isinstance(error, TimeoutError | ccxt.RequestTimeout):
        return ExchangeUnavailable("no answer in time")
    return ExchangeUnavailable(f"no answer: {type(error).__name__}")
