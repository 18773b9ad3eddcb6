"""The exchange's pause after a conversion: asked or learned, never assumed for certain."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

#: Until a refusal teaches the real length. Binance's help pages say six hours, live refusals one, old
#: error texts twenty-four; six is the most frequent statement.
ESTIMATED_LENGTH = timedelta(hours=6)


class LearnedFrom(StrEnum):
    """What the knowledge of a conversion cooldown rests on."""

    SUCCESS = "success"
    REFUSAL = "refusal"
    LOG = "log"


@dataclass(frozen=True, slots=True)
class ConversionCooldown:
    """When an account may convert again (aware UTC).

    `length` is what refusals have taught, None so far; `certain` tells a taught end from an estimated one.
    """

    account: str
    started_at: datetime
    until: datetime
    learned_from: LearnedFrom
    learned_at: datetime
    length: timedelta | None = None

    @property
    def certain(self) -> bool:
        """Whether the exchange has told this; only then does it block a conversion."""
        return self.length is not None

    def is_running(self, now: datetime) -> bool:
        """Whether the pause is thought to last still."""
        return now < self.until

    def blocks(self, now: datetime) -> bool:
        """Whether a conversion is known to be refused now."""
        return self.certain and self.is_running(now)


def after_conversion(
    previous: ConversionCooldown | None,
    account: str,
    at: datetime,
    learned_from: LearnedFrom,
    now: datetime,
) -> ConversionCooldown:
    """The pause that a conversion at `at` has started; an older one never shortens a newer one."""
    if previous is not None and previous.started_at >= at:
        return previous
    length = previous.length if previous else None
    return ConversionCooldown(
        account, at, at + (length or ESTIMATED_LENGTH), learned_from, now, length
    )


def after_refusal(
    previous: ConversionCooldown | None, account: str, told: timedelta | None, now: datetime
) -> ConversionCooldown:
    """The pause that the exchange has just insisted on, `told` being the length it named.

    It began with the last conversion known. Where none is known, or the named length would be over by now,
    it is counted from the refusal: too late costs patience, too early costs another refusal.
    """
    length = told or (previous.length if previous else None) or ESTIMATED_LENGTH
    started = previous.started_at if previous else now
    if started + length <= now:
        started = now
    return ConversionCooldown(account, started, started + length, LearnedFrom.REFUSAL, now, length)
