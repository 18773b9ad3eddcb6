"""How long an account is left alone after a look that failed."""

from collections.abc import Callable
from datetime import timedelta

#: A first failure is looked at again after this, before anyone is told.
SECOND_LOOK = timedelta(seconds=30)
#: A key that was rejected is tried again this often: only a human can put it right.
KEY_PROBE = timedelta(hours=1)

_ENOUGH_DOUBLINGS = 24

#: Gives a random share, from 0 up to but not including 1.
Draw = Callable[[], float]


def pause_after(failures: int, interval: timedelta, draw: Draw) -> timedelta:
    """The pause after so many failed looks in a row: it doubles up to the interval.

    Up to a quarter is taken off at random: accounts that lost the same exchange at the same moment do not
    come back to it at the same moment.
    """
    whole = min(interval, SECOND_LOOK * (1 << min(failures - 1, _ENOUGH_DOUBLINGS)))
    return whole - whole * draw() / 4
