"""What is wrong with a key, and what of it is news."""

from datetime import timedelta

import pytest

from dust.key_health import KEY_INTERVAL, KEY_RETRY, KeyHealth, KeyWarning, untold, warnings_of
from dust.model import KeyReport
from tests.factories import NOON

GOOD = KeyReport(can_read=True, can_convert=True, can_withdraw=False, ip_restricted=True)
BAD = KeyReport(can_read=False, can_convert=False, can_withdraw=True, ip_restricted=False)
SILENT = KeyReport(can_read=None, can_convert=None, can_withdraw=None, ip_restricted=None)


@pytest.mark.parametrize(
    ("report", "warnings"), [(GOOD, ()), (BAD, tuple(KeyWarning)), (SILENT, ())]
)
def test_every_wrong_permission_is_a_warning_and_what_is_not_told_is_none(
    report: KeyReport, warnings: tuple[KeyWarning, ...]
) -> None:
    assert warnings_of(report) == warnings
    assert KeyHealth("main").as_read(report, NOON).warnings == warnings


def test_only_what_was_not_there_before_is_told() -> None:
    withdraw, anywhere = KeyWarning.CAN_WITHDRAW, KeyWarning.ANY_ADDRESS
    assert untold((), (withdraw, anywhere)) == (withdraw, anywhere)
    assert untold((withdraw,), (withdraw, anywhere)) == (anywhere,)
    assert untold((withdraw, anywhere), (anywhere,)) == ()


def test_a_key_is_read_at_once_then_daily_and_an_hour_after_a_failure() -> None:
    second = timedelta(seconds=1)
    health = KeyHealth("main")
    assert health.is_due(NOON)
    read = health.as_read(BAD, NOON)
    assert not read.is_due(NOON + KEY_INTERVAL - second)
    assert read.is_due(NOON + KEY_INTERVAL)
    failed = read.as_unread(NOON + KEY_INTERVAL)
    assert (failed.report, failed.read_at) == (BAD, NOON), "what was known stays known"
    assert not failed.is_due(NOON + KEY_INTERVAL + KEY_RETRY - second)
    assert failed.is_due(NOON + KEY_INTERVAL + KEY_RETRY)
