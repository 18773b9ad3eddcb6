"""Failed looks: ever more rarely, up to the interval, and never all accounts at once."""

from datetime import timedelta

import pytest

from dust.backoff import pause_after

QUARTER = timedelta(minutes=15)


def test_the_pause_doubles_up_to_the_interval_and_stays_there() -> None:
    pauses = [pause_after(n, QUARTER, lambda: 0) / timedelta(seconds=1) for n in range(1, 9)]
    assert pauses == [30, 60, 120, 240, 480, 900, 900, 900]
    assert pause_after(10_000, QUARTER, lambda: 0) == QUARTER


def test_an_interval_that_is_short_is_never_exceeded() -> None:
    assert pause_after(1, timedelta(seconds=2), lambda: 0) == timedelta(seconds=2)


@pytest.mark.parametrize(("share", "seconds"), [(0, 120), (0.5, 105), (1, 90)])
def test_chance_takes_up_to_a_quarter_off(share: float, seconds: int) -> None:
    assert pause_after(3, QUARTER, lambda: share) == timedelta(seconds=seconds)
