"""The alert rules, told as the history of one worth."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from dust.alerting import AlertState, judge

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(hours=24)


class Story:
    """Feeds worths to the rules, an hour apart, against a threshold of 5."""

    def __init__(self, alert_cooldown: timedelta = DAY) -> None:
        self.state = AlertState("main", 1)
        self.alert_cooldown = alert_cooldown
        self.hours = 0

    def sees(self, worth: str, *, at: int | None = None, snoozed_for: int | None = None) -> bool:
        self.hours = self.hours + 1 if at is None else at
        self.state, fires = judge(
            self.state,
            worth=Decimal(worth),
            threshold=Decimal(5),
            alert_cooldown=self.alert_cooldown,
            snoozed_until=START + timedelta(hours=snoozed_for) if snoozed_for else None,
            now=START + timedelta(hours=self.hours),
        )
        return fires


def test_already_above_at_the_first_look_counts_as_rising() -> None:
    assert Story().sees("5")


def test_it_fires_once_and_stays_quiet_while_above() -> None:
    story = Story(alert_cooldown=timedelta(0))
    assert [story.sees(worth) for worth in ("4.99", "5", "9", "5")] == [False, True, False, False]


def test_it_rearms_only_below_eighty_per_cent() -> None:
    story = Story(alert_cooldown=timedelta(0))
    assert story.sees("6")
    assert not story.sees("4")
    assert not story.sees("6")
    assert not story.sees("3.99")
    assert story.sees("6")


def test_a_rise_during_the_alert_cooldown_is_told_when_it_ends_if_still_above() -> None:
    story = Story()
    assert story.sees("6", at=1)
    assert not story.sees("1", at=2)
    assert not story.sees("6", at=24)
    assert story.sees("6", at=25)


def test_a_rise_during_the_alert_cooldown_that_passes_is_not_told() -> None:
    story = Story()
    assert story.sees("6", at=1)
    assert not story.sees("1", at=2)
    assert not story.sees("6", at=3)
    assert not story.sees("4.5", at=25)
    assert story.sees("5", at=26)


def test_a_snooze_holds_the_alert_back_until_it_ends() -> None:
    story = Story()
    assert not story.sees("6", at=1, snoozed_for=3)
    assert not story.sees("6", at=2, snoozed_for=3)
    assert story.sees("6", at=3, snoozed_for=3)
