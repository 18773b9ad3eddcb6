"""A "no" of the exchange: what it means for the user, and the exchange's own words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class RefusalKind(StrEnum):
    """What a "no" means for the user. The chat explains each of them (`handlers.views.explanations`)."""

    COOLDOWN = "cooldown"
    ABOVE_CEILING = "above_ceiling"
    TOO_SMALL = "too_small"
    NOT_SUPPORTED = "not_supported"
    SWITCHED_OFF = "switched_off"
    INSUFFICIENT = "insufficient"
    BELOW_MINIMUM = "below_minimum"
    WRONG_STEP = "wrong_step"
    PRICE_MOVED = "price_moved"
    NO_BUYER = "no_buyer"
    MARKET_CLOSED = "market_closed"
    NO_MARKET = "no_market"
    NOT_PERMITTED = "not_permitted"
    NOT_OPEN = "not_open"  # a service that is opened on request: the key itself is fine
    ACCOUNT_BLOCKED = "account_blocked"
    PLACE_NOT_SERVED = "place_not_served"
    TOO_MANY_ORDERS = "too_many_orders"
    DUPLICATE = "duplicate"  # an order of that name is there: which one is to be looked up
    NO_SUCH_ORDER = "no_such_order"
    QUOTE_EXPIRED = "quote_expired"
    QUOTA = "quota"
    KEY_REJECTED = "key_rejected"
    CLOCK = "clock"
    RATE_LIMITED = "rate_limited"
    MAINTENANCE = "maintenance"
    BUSY = "busy"  # a fault of its own, or too much to do: asked again, it may answer
    TRANSFER = "transfer"  # its own transfer failed or hangs
    BAD_REQUEST = "bad_request"
    GONE = "gone"  # it no longer offers what was asked
    FAILED = "failed"  # it took the order, and then did not carry it out
    NOT_SENT = "not_sent"  # the request has not left
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the exchange said in place of a success. `code` and `message` are its own words.

    `asset` is the token it named, if any; `cooldown` the length it told; `until` when it may be asked again.
    """

    kind: RefusalKind
    code: str = ""
    message: str = ""
    asset: str | None = None
    cooldown: timedelta | None = None
    until: datetime | None = None
