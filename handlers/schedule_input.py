"""When a report shall come, as people write it: `daily 9:00`, `weekly mon`, `monthly 1 09:00`, `off`."""

import re
from collections.abc import Sequence
from datetime import time

from dust.preferences import Period, ReportSchedule
from handlers.setting_changes import SetReport, Topic
from handlers.setting_faults import Fault, Nonsense, near

#: When nothing else is said: a look at breakfast, at the start of the week or month.
DEFAULT_TIME = time(9)
_FIRST_DAY = {Period.DAILY: 0, Period.WEEKLY: 0, Period.MONTHLY: 1}
_OFF = "off"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORTEST_WEEKDAY = 3
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_DAY = re.compile(r"([0-9]{1,2})\.?")


def parse_report(values: Sequence[str]) -> SetReport | Nonsense:
    """A period, then a day and a time of day in either order, each with a default."""
    name, *details = (value.casefold() for value in values)
    if name == _OFF:
        return _nonsense(Fault.TOO_MUCH, details[0]) if details else SetReport(None)
    try:
        period = Period(name)
    except ValueError:
        return _nonsense(Fault.PERIOD, name, near(name, (_OFF, *Period)))
    return _schedule(period, details)


def _schedule(period: Period, details: Sequence[str]) -> SetReport | Nonsense:
    times = [word for word in details if ":" in word]
    days = [word for word in details if ":" not in word]
    if len(times) > 1 or len(days) > (period is not Period.DAILY):
        return _nonsense(Fault.TIME if period is Period.DAILY else Fault.TOO_MUCH, details[-1])
    at = _time(times[0]) if times else DEFAULT_TIME
    if at is None:
        return _nonsense(Fault.TIME, times[0])
    day = _day(period, days[0]) if days else _FIRST_DAY[period]
    if day is None:
        return _bad_day(period, days[0])
    return SetReport(ReportSchedule(period, at, day))


def _time(word: str) -> time | None:
    match = _TIME.fullmatch(word)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        return None
    return time(int(match[1]), int(match[2]))


def _day(period: Period, word: str) -> int | None:
    if period is Period.WEEKLY:
        if len(word) < _SHORTEST_WEEKDAY:
            return None
        return next((i for i, name in enumerate(WEEKDAYS) if name.startswith(word)), None)
    match = _DAY.fullmatch(word)
    return int(match[1]) if match and 1 <= int(match[1]) <= 31 else None


def _bad_day(period: Period, word: str) -> Nonsense:
    if period is Period.MONTHLY:
        return _nonsense(Fault.MONTH_DAY, word)
    meant = near(word, (*WEEKDAYS, *(name[:3] for name in WEEKDAYS)))
    return _nonsense(Fault.WEEKDAY, word, f"{period} {meant[:3]}" if meant else "")


def _nonsense(fault: Fault, word: str, suggestion: str = "") -> Nonsense:
    return Nonsense(fault, word, Topic.REPORT, suggestion)
