"""A rule by which dust is converted without asking each time. Off until a person has confirmed it."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from dust.money import Money

#: What pairs are quoted in and what stands for money: nobody wants it to vanish unasked.
SPARED = frozenset(
    (
        *("USDT", "USDC", "FDUSD", "TUSD", "USDP", "DAI", "USD1", "USDE", "EURI", "AEUR"),
        *("BTC", "ETH", "EUR", "GBP", "TRY", "BRL", "JPY"),
    )
)
_DAY = 24 * 60


class RuleState(StrEnum):
    """Whether a rule acts. A draft waits for its confirmation; a stopped one has failed too often."""

    DRAFT = "draft"
    ON = "on"
    OFF = "off"
    STOPPED = "stopped"


class StopReason(StrEnum):
    """Why a rule has stopped itself."""

    REFUSALS = "refusals"
    NOT_ALLOWED = "not_allowed"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the day in which nothing is converted: minutes after midnight in the chat's zone. They may
    reach past midnight."""

    start: int
    end: int

    def covers(self, now: datetime, zone: ZoneInfo) -> bool:
        """Whether `now` (aware) is in them."""
        local = now.astimezone(zone)
        minute = local.hour * 60 + local.minute
        return (minute - self.start) % _DAY < (self.end - self.start) % _DAY


@dataclass(frozen=True, slots=True)
class AutoTerms:
    """What a person consents to: at least `minimum` together, at most once in `every`, into `target` (the
    exchange's own if empty), not in `quiet` hours.

    Spared are: `spared` tokens, those that came or grew in the last `settle_hours`, those with open orders,
    and the exchange's own token unless `reserve` (in that token) is zero. A run is announced `announce`
    before it acts. `user_id` is who has confirmed.
    """

    minimum: Money
    user_id: int = 0
    state: RuleState = RuleState.DRAFT
    every: timedelta = timedelta(days=1)
    target: str = ""
    quiet: Quiet | None = None
    settle_hours: int = 24
    spared: frozenset[str] = SPARED
    reserve: Decimal = Decimal("0.01")
    announce: timedelta = timedelta(minutes=10)

    def mark(self) -> str:
        """Eight letters that change with whatever is consented to: a button that carries them is good for
        these terms only."""
        bare = replace(self, state=RuleState.DRAFT, user_id=0, spared=frozenset())
        text = f"{bare!r} {sorted(self.spared)!r}"
        return hashlib.sha256(text.encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class AutoRun:
    """Where a rule stands: the last window that was used, the run that waits or is under way, refusals in a
    row, and why it was stopped."""

    window_at: datetime | None = None
    conversion_id: str = ""
    act_at: datetime | None = None
    refusals: int = 0
    why: StopReason | None = None


@dataclass(frozen=True, slots=True)
class AutoRule:
    """The one rule of an account, kept by the chat that made it."""

    account: str
    chat_id: int
    terms: AutoTerms
    run: AutoRun = field(default_factory=AutoRun)

    @property
    def is_on(self) -> bool:
        """Whether it acts."""
        return self.terms.state is RuleState.ON

    def without_run(self) -> "AutoRule":
        """The same rule once the run that waited is over."""
        return replace(self, run=replace(self.run, conversion_id="", act_at=None))

    def is_free(self, now: datetime) -> bool:
        """Whether the present window has not been used and nothing waits."""
        used = self.run.window_at
        return not self.run.conversion_id and (used is None or now >= used + self.terms.every)
