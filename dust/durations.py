"""Durations as people write them: `2s`, `90s`, `15m`, `6h`, `7d`."""

import re
from datetime import timedelta

#: Longer ones are typing errors, and would leave the calendar when added to a date.
LONGEST = timedelta(days=3650)

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_DURATION = re.compile(r"([0-9]{1,9})([smhd])")


def parse_duration(text: str) -> timedelta:
    """The duration that a number and one of the units s, m, h, d name; zero is one.

    Raises ValueError, whose message never repeats the text, when it is anything else or over ten years.
    """
    match = _DURATION.fullmatch(text.strip().lower())
    if match is None:
        raise ValueError("a duration is a number and one of s, m, h, d, like 90s, 15m, 6h or 7d")
    duration = timedelta(**{_UNITS[match[2]]: int(match[1])})
    if duration > LONGEST:
        raise ValueError(f"a duration is at most {LONGEST.days}d")
    return duration
