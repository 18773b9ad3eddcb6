"""What a chat has chosen: currency, alerts, dust ceiling, reports, protected tokens."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from dust.money import DEFAULT_CURRENCY, Money

DEFAULT_THRESHOLD = Money(Decimal(5), DEFAULT_CURRENCY)
DEFAULT_ALERT_COOLDOWN = timedelta(hours=24)


class Period(StrEnum):
    """How often a chat gets its report."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class ReportSchedule:
    """When a report is due, in the chat's time zone.

    `day` is 0 (Monday) to 6 for a weekly one, 1 to 31 for a monthly one (the month's last day if shorter),
    and without meaning for a daily one.
    """

    period: Period
    at: time
    day: int = 0


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """A chat's choices. The alert threshold and the dust ceiling (None: whatever the exchange offers) keep
    their own currency; they are converted when the chat's changes."""

    chat_id: int
    currency: str = DEFAULT_CURRENCY
    threshold: Money = DEFAULT_THRESHOLD
    ceiling: Money | None = None
    alert_cooldown: timedelta = DEFAULT_ALERT_COOLDOWN
    report: ReportSchedule | None = None
    zone: str = "UTC"
    silent: bool = False
    snoozed_until: datetime | None = None
    protected: frozenset[str] = frozenset()

    @property
    def timezone(self) -> ZoneInfo:
        """The chat's time zone."""
        return ZoneInfo(self.zone)

    def is_snoozed(self, now: datetime) -> bool:
        """Whether alerts wait until later."""
        return self.snoozed_until is not None and now < self.snoozed_until


def next_report_at(schedule: ReportSchedule, zone: ZoneInfo, after: datetime) -> datetime:
    """The first moment later than `after` (aware) at which the report is due, in UTC.

    A local time that a clock change skips is taken as the moment that many hours after midnight.
    """
    local = after.astimezone(zone)
    for days in range(64):
        day = (local + timedelta(days=days)).date()
        if not _falls_on(schedule, day.weekday(), day.day, _is_month_end(local, days)):
            continue
        moment = datetime.combine(day, schedule.at, tzinfo=zone).astimezone(UTC)
        if moment > after:
            return moment
    raise AssertionError("every schedule has a day within two months")


def _is_month_end(local: datetime, days: int) -> bool:
    day = (local + timedelta(days=days)).date()
    return (day + timedelta(days=1)).day == 1


def _falls_on(schedule: ReportSchedule, weekday: int, day: int, month_end: bool) -> bool:
    if schedule.period is Period.DAILY:
        return True
    if schedule.period is Period.WEEKLY:
        return weekday == schedule.day
    return day == schedule.day or (month_end and day < schedule.day)


def protect(settings: ChatSettings, asset: str, on: bool) -> ChatSettings:
    """The same settings with `asset` protected, or no longer."""
    protected = settings.protected | {asset} if on else settings.protected - {asset}
    return replace(settings, protected=protected)
