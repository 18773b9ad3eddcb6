"""What a chat is told without having asked. Each is a row of the outbox until Telegram has accepted it.

A notice names what happened and carries only plain values: the text is made when it is delivered.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from dust.auto_rule import StopReason
from dust.key_health import KeyWarning
from dust.model import Trouble


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a conversion stands now; shown in the message that was confirmed."""

    conversion_id: str


@dataclass(frozen=True, slots=True)
class Settled:
    """A doubt about a conversion has ended; sent as a message of its own."""

    conversion_id: str


@dataclass(frozen=True, slots=True)
class AskOwner:
    """Looking could not settle a doubt within a day: the owner is asked."""

    conversion_id: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """The exchange shows what became of a conversion that was closed otherwise."""

    conversion_id: str


@dataclass(frozen=True, slots=True)
class Alert:
    """Accumulated convertible dust has risen to the alert threshold. `net` in the target asset."""

    account: str
    worth: Decimal
    currency: str
    wanted_currency: str
    count: int
    net: Decimal
    target: str


@dataclass(frozen=True, slots=True)
class TroubleBegan:
    """An account can't be watched at present."""

    account: str
    trouble: Trouble
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class TroubleEnded:
    """The account is watched again."""

    account: str
    trouble: Trouble
    since: datetime


@dataclass(frozen=True, slots=True)
class KeyWarned:
    """The key of an account has permissions it should not have, or lacks some that it needs."""

    account: str
    warnings: tuple[KeyWarning, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """A conversion made outside Dustpan was found in the exchange's log."""

    conversion_id: str


@dataclass(frozen=True, slots=True)
class FeeTokenLow:
    """Less of the fee token is free than the chat wants. `refill` is what `count` tokens of dust would
    bring, in the fee token."""

    account: str
    token: str
    free: Decimal
    level: Decimal
    refill: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class LeavesSoon:
    """The last pairs of a token that is held end at `at`."""

    account: str
    asset: str
    at: datetime


class SkipReason(StrEnum):
    """Why an announced automatic conversion did not act."""

    MISSED = "missed"
    CHANGED = "changed"
    BUSY = "busy"
    NOT_ALLOWED = "not_allowed"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True)
class AutoAnnounced:
    """The rule is going to convert at `act_at`, unless somebody stops it."""

    account: str
    conversion_id: str
    act_at: datetime


@dataclass(frozen=True, slots=True)
class AutoSkipped:
    """An automatic conversion did not take place."""

    account: str
    conversion_id: str
    why: SkipReason


@dataclass(frozen=True, slots=True)
class AutoStopped:
    """The rule has stopped itself; `conversion_id` is what was refused last, if that is why."""

    account: str
    why: StopReason
    conversion_id: str = ""


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """The report for `since` to `until` is due."""

    account: str
    since: datetime
    until: datetime


Notice = (
    Outcome
    | Settled
    | AskOwner
    | Corrected
    | Alert
    | TroubleBegan
    | TroubleEnded
    | KeyWarned
    | Imported
    | FeeTokenLow
    | LeavesSoon
    | AutoAnnounced
    | AutoSkipped
    | AutoStopped
    | PeriodReport
)


@dataclass(frozen=True, slots=True)
class Addressed:
    """A notice for one chat; with `message_id` it replaces the text of that message."""

    chat_id: int
    notice: Notice
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """A notice that Telegram has not accepted yet."""

    id: int
    addressed: Addressed
    attempts: int
    queued_at: datetime
