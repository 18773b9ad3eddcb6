"""What is wrong with an API key's permissions, and when the exchange is asked about them again."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from dust.model import KeyReport

#: The key's permissions are read at the start and then this often.
KEY_INTERVAL = timedelta(days=1)
#: Permissions that could not be read are asked for again after this.
KEY_RETRY = timedelta(hours=1)


class KeyWarning(StrEnum):
    """What the owner should change about the key, the gravest first."""

    CAN_WITHDRAW = "can_withdraw"
    ANY_ADDRESS = "any_address"
    CANNOT_READ = "cannot_read"
    CANNOT_CONVERT = "cannot_convert"


@dataclass(frozen=True, slots=True)
class KeyHealth:
    """What is known of an account's key; all times aware UTC.

    `report` is the last one that could be read, at `read_at`; both are None until then.
    """

    account: str
    report: KeyReport | None = None
    read_at: datetime | None = None
    next_read_at: datetime | None = None

    @property
    def warnings(self) -> tuple[KeyWarning, ...]:
        """What is wrong with the key as it was last read."""
        return () if self.report is None else warnings_of(self.report)

    def is_due(self, now: datetime) -> bool:
        """Whether the permissions are to be read now."""
        return self.next_read_at is None or now >= self.next_read_at

    def as_read(self, report: KeyReport, now: datetime) -> "KeyHealth":
        """The same once the exchange has answered."""
        return replace(self, report=report, read_at=now, next_read_at=now + KEY_INTERVAL)

    def as_unread(self, now: datetime) -> "KeyHealth":
        """The same after a reading that failed: what was known stays known."""
        return replace(self, next_read_at=now + KEY_RETRY)


def warnings_of(report: KeyReport) -> tuple[KeyWarning, ...]:
    """What is wrong with a key, the gravest first; what the exchange does not tell is no warning."""
    wrong = {
        KeyWarning.CAN_WITHDRAW: report.can_withdraw is True,
        KeyWarning.ANY_ADDRESS: report.ip_restricted is False,
        KeyWarning.CANNOT_READ: report.can_read is False,
        KeyWarning.CANNOT_CONVERT: report.can_convert is False,
    }
    return tuple(warning for warning, is_wrong in wrong.items() if is_wrong)


def untold(known: Collection[KeyWarning], now: Collection[KeyWarning]) -> tuple[KeyWarning, ...]:
    """Those of `now` that were not there at the last reading: they are new, or have come back."""
    return tuple(warning for warning in now if warning not in known)
