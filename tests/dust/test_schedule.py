from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from dust.preferences import Period, ReportSchedule, next_report_at

BERLIN = ZoneInfo("Europe/Berlin")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "after", "expected"),
    [
        # Berlin is one hour ahead of UTC in winter and two in summer.
        (ReportSchedule(Period.DAILY, time(9)), "2026-01-10T07:59", "2026-01-10T08:00"),
        (ReportSchedule(Period.DAILY, time(9)), "2026-01-10T08:00", "2026-01-11T08:00"),
        (ReportSchedule(Period.DAILY, time(9)), "2026-03-28T12:00", "2026-03-29T07:00"),
        (ReportSchedule(Period.WEEKLY, time(9), 0), "2026-01-10T12:00", "2026-01-12T08:00"),
        (ReportSchedule(Period.WEEKLY, time(9), 5), "2026-01-10T12:00", "2026-01-17T08:00"),
        (ReportSchedule(Period.MONTHLY, time(9), 1), "2026-01-10T12:00", "2026-02-01T08:00"),
        (ReportSchedule(Period.MONTHLY, time(9), 31), "2026-01-31T12:00", "2026-02-28T08:00"),
        (ReportSchedule(Period.MONTHLY, time(9), 31), "2026-02-28T12:00", "2026-03-31T07:00"),
    ],
)
def test_the_next_report_is_due_at_the_local_time(
    schedule: ReportSchedule, after: str, expected: str
) -> None:
    assert next_report_at(schedule, BERLIN, utc(after)) == utc(expected)


def test_a_local_time_that_the_clock_change_skips_is_not_lost() -> None:
    schedule = ReportSchedule(Period.DAILY, time(2, 30))
    due = next_report_at(schedule, BERLIN, utc("2026-03-28T12:00"))
    assert utc("2026-03-29T00:30") <= due <= utc("2026-03-29T01:30")
