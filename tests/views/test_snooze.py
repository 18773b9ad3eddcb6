"""How alerts stand."""

from datetime import timedelta

from dust.preferences import ChatSettings
from handlers.callbacks import ChangeSnooze
from handlers.views.snooze import render_snooze
from tests.factories import NOON
from tests.views.speech import assert_fits, labels, speech


def test_alerts_that_are_on_can_be_put_off() -> None:
    screen = render_snooze(ChatSettings(7), speech())
    assert screen.text.startswith("🔔 <b>Alerts are on</b>")
    assert labels(screen) == ["1 h", "6 h", "24 h", "3 d", "7 d"]
    assert [button.tap for button in screen.keyboard[0]] == [
        ChangeSnooze(hours) for hours in (1, 6, 24, 72, 168)
    ]


def test_a_snooze_shows_its_end_in_local_time_and_can_be_ended() -> None:
    settings = ChatSettings(7, snoozed_until=NOON + timedelta(hours=6))
    screen = render_snooze(settings, speech("Europe/Berlin"))
    assert screen.text.startswith("💤 <b>No alerts until 19:00 (in 6 h)</b>")
    assert labels(screen)[-1] == "Wake up"
    assert screen.keyboard[-1][0].tap == ChangeSnooze(0)


def test_a_snooze_that_is_over_is_none() -> None:
    screen = render_snooze(ChatSettings(7, snoozed_until=NOON), speech())
    assert "Alerts are on" in screen.text


def test_the_longest_snooze_fits() -> None:
    settings = ChatSettings(7, snoozed_until=NOON + timedelta(days=365))
    assert_fits(render_snooze(settings, speech()))
