"""The settings as a chat sees them."""

from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal

import pytest

from dust.money import Money
from dust.preferences import ChatSettings, Period, ReportSchedule
from handlers.callbacks import ChangeSetting, ShowProtected, ShowSettings
from handlers.setting_changes import (
    Protect,
    SetAlertCooldown,
    SetCurrency,
    SetReport,
    SetZone,
    Topic,
    apply_change,
)
from handlers.setting_faults import Fault, Nonsense
from handlers.settings_input import parse_settings, parse_snooze
from handlers.views.setting_answers import changed_text, render_nonsense
from handlers.views.settings import TOPICS, render_settings, render_topic
from tests.factories import NOON
from tests.views.speech import HOSTILE, assert_fits, labels, speech

SETTINGS = ChatSettings(
    7,
    report=ReportSchedule(Period.WEEKLY, time(9), 0),
    zone="Europe/Berlin",
    protected=frozenset({"ADA", HOSTILE}),
)


def test_the_overview_shows_every_value_and_leads_to_every_topic() -> None:
    screen = render_settings(SETTINGS, ("main",), speech("Europe/Berlin"))
    assert screen.text == (
        "⚙️ <b>Settings</b>\n"
        "Currency: <b>USD</b>\n"
        "Alert threshold: <b>$5.00</b>\n"
        "Alert cooldown: <b>24 h</b>\n"
        "Dust ceiling: <b>off</b>\n"
        "Report: <b>weekly, Monday at 09:00</b>\n"
        "Time zone: <b>Europe/Berlin</b>\n"
        "Silent: <b>off</b>\n"
        "Protected tokens: <b>&lt;b&gt;&amp;, ADA</b>"
    )
    taps = [button.tap for row in screen.keyboard for button in row]
    assert taps == [*(ShowSettings(topic) for topic in TOPICS), ShowProtected("main", 0)]


def test_the_overview_tells_of_a_snooze_that_lasts_and_not_of_one_that_is_over() -> None:
    lasting = replace(SETTINGS, snoozed_until=NOON + timedelta(hours=6))
    over = replace(SETTINGS, snoozed_until=NOON)
    assert "No alerts until 18:00 (in 6 h)" in render_settings(lasting, ("main",), speech()).text
    assert "No alerts" not in render_settings(over, ("main",), speech()).text


def test_each_of_several_accounts_has_its_own_list_of_tokens() -> None:
    screen = render_settings(SETTINGS, ("main", "second"), speech())
    assert labels(screen)[-2:] == ["Protected tokens · main", "Protected tokens · second"]


def test_a_topic_ticks_what_is_chosen_and_offers_the_rest() -> None:
    screen = render_topic(Topic.CURRENCY, replace(SETTINGS, currency="EUR"), speech())
    assert labels(screen) == ["USD", "✓ EUR", "GBP", "BTC", "BNB", "USDT", "All settings"]
    assert screen.keyboard[0][0].tap == ChangeSetting("currency", "USD")


def test_thresholds_are_offered_in_the_chat_s_currency() -> None:
    bitcoin = replace(SETTINGS, currency="BTC", threshold=Money(Decimal("0.0001"), "BTC"))
    assert "✓ 0.0001 BTC" in labels(render_topic(Topic.THRESHOLD, bitcoin, speech()))
    assert "✓ $5.00" in labels(render_topic(Topic.THRESHOLD, SETTINGS, speech()))


def test_the_dust_ceiling_is_off_or_an_amount() -> None:
    screen = render_topic(Topic.CEILING, SETTINGS, speech())
    assert "Dust ceiling: <b>off</b>" in screen.text
    assert labels(screen)[:6] == ["✓ off", "$2.00", "$5.00", "$10.00", "$20.00", "$50.00"]
    chosen = replace(SETTINGS, ceiling=Money(Decimal(20), "USD"))
    assert "✓ $20.00" in labels(render_topic(Topic.CEILING, chosen, speech()))


def test_the_report_topic_says_when_the_next_one_comes() -> None:
    text = render_topic(Topic.REPORT, SETTINGS, speech("Europe/Berlin")).text
    assert "The next one comes Mon 09:00 (in 20 h)." in text
    off = replace(SETTINGS, report=None)
    assert "next one" not in render_topic(Topic.REPORT, off, speech()).text


@pytest.mark.parametrize("topic", list(Topic))
def test_extreme_settings_fit(topic: Topic) -> None:
    extreme = replace(
        SETTINGS,
        zone="America/Argentina/ComodRivadavia",
        threshold=Money(Decimal("999999.99999999"), "BNB"),
        ceiling=Money(Decimal("999999.99999999"), "BNB"),
        protected=frozenset(f"{n}{HOSTILE * 20}" for n in range(300)),
        snoozed_until=NOON + timedelta(days=365),
    )
    accounts = tuple(f"{n}-{'x' * 40}" for n in range(20))
    assert_fits(render_settings(extreme, accounts, speech()))
    assert_fits(render_topic(topic, extreme, speech()))
    long_names = Protect(tuple(extreme.protected))
    assert_fits(
        render_topic(topic, extreme, speech(), changed_text(long_names, extreme, extreme, speech()))
    )


def answered(change: SetCurrency | SetReport | SetZone, before: ChatSettings) -> str:
    after = apply_change(change, before, None)
    return changed_text(change, before, after, speech(after.zone))


def test_a_converted_threshold_is_told_with_both_amounts() -> None:
    after = replace(SETTINGS, currency="EUR", threshold=Money(Decimal("4.6"), "EUR"))
    assert changed_text(SetCurrency("EUR"), SETTINGS, after, speech()) == (
        "✅ Currency: <b>EUR</b>\nThe alert threshold of $5.00 is now €4.60."
    )


def test_a_ceiling_is_told_beside_the_threshold_whether_it_was_converted_or_not() -> None:
    before = replace(SETTINGS, ceiling=Money(Decimal(20), "USD"))
    five = Money(Decimal("4.6"), "EUR")
    after = replace(before, currency="EUR", threshold=five, ceiling=Money(Decimal(19), "EUR"))
    assert changed_text(SetCurrency("EUR"), before, after, speech()) == (
        "✅ Currency: <b>EUR</b>\nThe alert threshold of $5.00 is now €4.60.\n"
        "The dust ceiling of $20.00 is now €19.00."
    )
    assert answered(SetCurrency("EUR"), before).endswith(
        "The dust ceiling stays at $20.00: I could not get a price to convert it."
    )
    assert answered(SetCurrency("USD"), before).endswith("The dust ceiling is $20.00.")


def test_a_threshold_that_could_not_be_converted_is_told_to_stay() -> None:
    assert answered(SetCurrency("EUR"), SETTINGS) == (
        "✅ Currency: <b>EUR</b>\n"
        "The alert threshold stays at $5.00: I could not get a price to convert it."
    )


def test_a_new_schedule_or_zone_is_answered_with_the_next_report() -> None:
    daily = SetReport(ReportSchedule(Period.DAILY, time(18, 30)))
    assert answered(daily, ChatSettings(7)) == (
        "✅ Report: <b>daily at 18:30</b>\nThe next one comes 18:30 (in 6 h 30 min)."
    )
    assert answered(SetZone("Asia/Tokyo"), SETTINGS) == (
        "✅ Time zone: <b>Asia/Tokyo</b>\nThe next one comes Mon 09:00 (in 12 h)."
    )
    assert answered(SetReport(None), SETTINGS) == "✅ Report: <b>off</b>"


def test_a_short_change_is_answered_with_its_value_alone() -> None:
    change = SetAlertCooldown(timedelta(days=3))
    after = apply_change(change, SETTINGS, None)
    assert changed_text(change, SETTINGS, after, speech()) == "✅ Alert cooldown: <b>3 d</b>"


def test_protecting_names_the_tokens_and_all_that_are_protected_now() -> None:
    change = Protect(("BTC",))
    after = apply_change(change, SETTINGS, None)
    assert changed_text(change, SETTINGS, after, speech()) == (
        "🔒 BTC: never offered from now on.\nProtected tokens: <b>&lt;b&gt;&amp;, ADA, BTC</b>"
    )


def nonsense(typed: str) -> Nonsense:
    answer = parse_settings(typed.split(), SETTINGS)
    assert isinstance(answer, Nonsense)
    return answer


def test_nonsense_is_answered_with_an_example_of_what_is_right() -> None:
    screen = render_nonsense(nonsense("cooldown soon"), SETTINGS, speech())
    assert screen.text == (
        "“soon” is no duration: it takes a number and m, h or d. "
        "Like this: <code>/settings cooldown 12h</code>"
    )
    assert not screen.keyboard


def test_a_near_miss_is_answered_with_a_button_that_does_what_was_meant() -> None:
    screen = render_nonsense(nonsense("timezone Europe/Berln"), SETTINGS, speech())
    assert screen.text == (
        "I know no time zone “Europe/Berln”. "
        "Did you mean <code>/settings timezone Europe/Berlin</code>?"
    )
    assert screen.keyboard[0][0].tap == ChangeSetting("timezone", "Europe/Berlin")
    topic = render_nonsense(nonsense("currancy eur"), SETTINGS, speech())
    assert topic.keyboard[0][0].tap == ShowSettings("currency")


def test_a_misspelt_topic_without_a_screen_gets_words_and_no_dead_button() -> None:
    screen = render_nonsense(nonsense("protet BTC"), SETTINGS, speech())
    assert "Did you mean <code>/settings protect</code>?" in screen.text
    assert not screen.keyboard


def test_a_snooze_that_makes_no_sense_is_answered_with_an_example_of_a_snooze() -> None:
    for typed in ("tomorrow", "366d"):
        answer = parse_snooze([typed])
        assert isinstance(answer, Nonsense)
        text = render_nonsense(answer, SETTINGS, speech()).text
        assert text.endswith("Like this: <code>/snooze 6h</code>")


def test_another_currency_s_threshold_is_refused_with_the_chat_s_currency() -> None:
    text = render_nonsense(nonsense("threshold 5 EUR"), SETTINGS, speech()).text
    assert text.startswith("Your currency is USD, so this amount is in USD too")


@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_has_a_sentence_that_survives_hostile_words(fault: Fault) -> None:
    hostile = Nonsense(fault, HOSTILE * 1000 + "{x}", Topic.UNPROTECT, HOSTILE * 10)
    assert_fits(render_nonsense(hostile, SETTINGS, speech()))
