"""What is typed after /settings and /snooze."""

from datetime import time, timedelta
from decimal import Decimal

import pytest

from dust.money import Money
from dust.preferences import ChatSettings, Period, ReportSchedule
from handlers.setting_changes import (
    Change,
    Protect,
    SetAlertCooldown,
    SetCeiling,
    SetCurrency,
    SetReport,
    SetSilent,
    SetThreshold,
    SetZone,
    Topic,
    Unprotect,
)
from handlers.setting_faults import Fault, Nonsense
from handlers.settings_input import Open, SnoozeFor, parse_settings, parse_snooze
from handlers.views.setting_choices import choices_for
from tests.views.speech import speech

SETTINGS = ChatSettings(7, protected=frozenset({"ADA", "1000SATS"}))


def dollars(amount: str) -> SetThreshold:
    return SetThreshold(Money(Decimal(amount), "USD"))


def report(period: Period, at: time, day: int) -> SetReport:
    return SetReport(ReportSchedule(period, at, day))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", Open(None)),
        ("Report", Open(Topic.REPORT)),
        ("unprotect", Open(Topic.PROTECT)),
        ("currency EUR", SetCurrency("EUR")),
        ("CURRENCY usdt", SetCurrency("USDT")),
        ("threshold 5", dollars("5")),
        ("threshold 2,5", dollars("2.5")),
        ("threshold 0,001", dollars("0.001")),
        ("threshold .5", dollars("0.5")),
        ("threshold $5", dollars("5")),
        ("threshold 5$", dollars("5")),
        ("threshold 5 usd", dollars("5")),
        ("threshold 1,000.50", dollars("1000.50")),
        ("threshold 1.000,50", dollars("1000.50")),
        ("threshold 1,000,000", dollars("1000000")),
        ("ceiling 5", SetCeiling(Money(Decimal(5), "USD"))),
        ("ceiling 5 USD", SetCeiling(Money(Decimal(5), "USD"))),
        ("ceiling Off", SetCeiling(None)),
        ("cooldown 12h", SetAlertCooldown(timedelta(hours=12))),
        ("cooldown 3 D", SetAlertCooldown(timedelta(days=3))),
        ("report off", SetReport(None)),
        ("report daily", report(Period.DAILY, time(9), 0)),
        ("report Daily 7:30", report(Period.DAILY, time(7, 30), 0)),
        ("report weekly", report(Period.WEEKLY, time(9), 0)),
        ("report weekly Sun 18:00", report(Period.WEEKLY, time(18), 6)),
        ("report weekly 18:00 tuesday", report(Period.WEEKLY, time(18), 1)),
        ("report monthly 31 00:05", report(Period.MONTHLY, time(0, 5), 31)),
        ("report monthly 1.", report(Period.MONTHLY, time(9), 1)),
        ("timezone europe/berlin", SetZone("Europe/Berlin")),
        ("timezone America/New York", SetZone("America/New_York")),
        ("timezone utc", SetZone("UTC")),
        ("silent ON", SetSilent(True)),
        ("silent off", SetSilent(False)),
        ("protect btc", Protect(("BTC",))),
        ("protect ada, TRX ada", Protect(("ADA", "TRX"))),
        ("protect 币安人生", Protect(("币安人生",))),
        ("unprotect ada 1000sats", Unprotect(("ADA", "1000SATS"))),
    ],
)
def test_what_is_typed_rightly_is_understood(typed: str, meant: Change | Open) -> None:
    assert parse_settings(typed.split(), SETTINGS) == meant


@pytest.mark.parametrize(
    ("typed", "fault", "suggestion"),
    [
        ("currancy EUR", Fault.TOPIC, "currency"),
        ("weather", Fault.TOPIC, ""),
        ("currency EURO", Fault.CURRENCY, "EUR"),
        ("currency yen", Fault.CURRENCY, ""),
        ("threshold lots", Fault.AMOUNT, ""),
        ("threshold -5", Fault.AMOUNT, ""),
        ("threshold 1e3", Fault.AMOUNT, ""),
        ("threshold NaN", Fault.AMOUNT, ""),
        ("threshold ٥", Fault.AMOUNT, ""),
        ("threshold 1.2.3", Fault.AMOUNT, ""),
        ("threshold $5 USD", Fault.AMOUNT, ""),
        ("threshold 5 apples", Fault.AMOUNT, ""),
        ("threshold 1,000", Fault.AMBIGUOUS, ""),
        ("threshold 0", Fault.NOT_POSITIVE, ""),
        ("threshold 0.00", Fault.NOT_POSITIVE, ""),
        ("threshold 1000001", Fault.TOO_LARGE, ""),
        ("threshold " + "9" * 4000, Fault.TOO_LARGE, ""),
        ("threshold 0.000000001", Fault.TOO_FINE, ""),
        ("threshold 5 EUR", Fault.OTHER_CURRENCY, ""),
        ("threshold €5", Fault.OTHER_CURRENCY, ""),
        ("ceiling none", Fault.AMOUNT, ""),
        ("ceiling 0", Fault.NOT_POSITIVE, ""),
        ("ceiling 5 EUR", Fault.OTHER_CURRENCY, ""),
        ("cooldown 12", Fault.DURATION, ""),
        ("cooldown soon", Fault.DURATION, ""),
        ("cooldown 0h", Fault.DURATION_RANGE, ""),
        ("cooldown 366d", Fault.DURATION_RANGE, ""),
        ("report wekly", Fault.PERIOD, "weekly"),
        ("report on", Fault.PERIOD, ""),
        ("report off 09:00", Fault.TOO_MUCH, ""),
        ("report daily 24:00", Fault.TIME, ""),
        ("report daily 9", Fault.TIME, ""),
        ("report daily 9:60", Fault.TIME, ""),
        ("report weekly m", Fault.WEEKDAY, ""),
        ("report weekly mno 09:00", Fault.WEEKDAY, "weekly mon"),
        ("report weekly mon tue", Fault.TOO_MUCH, ""),
        ("report monthly 0", Fault.MONTH_DAY, ""),
        ("report monthly 32", Fault.MONTH_DAY, ""),
        ("report monthly 1 9:00 10:00", Fault.TOO_MUCH, ""),
        ("timezone Europe/Berln", Fault.ZONE, "Europe/Berlin"),
        ("timezone berlin", Fault.ZONE, "Europe/Berlin"),
        ("timezone new york", Fault.ZONE, "America/New_York"),
        ("timezone ../../etc/passwd", Fault.ZONE, ""),
        ("timezone UTC+2", Fault.OFFSET, ""),
        ("timezone +05:30", Fault.OFFSET, ""),
        ("silent perhaps", Fault.SWITCH, ""),
        ("protect ,", Fault.ASSET, ""),
        ("protect " + "A" * 41, Fault.ASSET, ""),
        ("protect A\x00B", Fault.ASSET, ""),
        ("protect " + " ".join(f"T{n}" for n in range(51)), Fault.TOO_MUCH, ""),
        ("unprotect BTC", Fault.NOT_PROTECTED, ""),
        ("unprotect AD", Fault.NOT_PROTECTED, "ADA"),
    ],
)
def test_nonsense_is_named_and_a_near_miss_gets_a_suggestion(
    typed: str, fault: Fault, suggestion: str
) -> None:
    answer = parse_settings(typed.split(), SETTINGS)
    assert isinstance(answer, Nonsense)
    assert (answer.fault, answer.suggestion) == (fault, suggestion)


@pytest.mark.parametrize("currency", ["USD", "EUR", "GBP", "BTC", "BNB", "USDT"])
@pytest.mark.parametrize("topic", list(Topic))
def test_every_offered_button_can_be_typed(topic: Topic, currency: str) -> None:
    settings = ChatSettings(7, currency=currency)
    for choice in choices_for(topic, settings, speech()):
        answer = parse_settings((topic, *choice.value.split()), settings)
        assert not isinstance(answer, Nonsense | Open), choice


def test_a_threshold_button_from_before_a_change_of_currency_sets_nothing() -> None:
    in_dollars = choices_for(Topic.THRESHOLD, ChatSettings(7, currency="USD"), speech())
    answer = parse_settings(
        ("threshold", *in_dollars[-1].value.split()), ChatSettings(7, currency="BTC")
    )
    assert isinstance(answer, Nonsense)


@pytest.mark.parametrize(
    ("typed", "span"),
    [
        ("6h", timedelta(hours=6)),
        ("90 m", timedelta(minutes=90)),
        ("7D", timedelta(days=7)),
        ("off", timedelta(0)),
        ("OFF", timedelta(0)),
    ],
)
def test_a_snooze_is_understood(typed: str, span: timedelta) -> None:
    assert parse_snooze(typed.split()) == SnoozeFor(span)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("tomorrow", Fault.SNOOZE),
        ("6", Fault.SNOOZE),
        ("-6h", Fault.SNOOZE),
        ("366d", Fault.SNOOZE_TOO_LONG),
        ("999999999d", Fault.SNOOZE),
    ],
)
def test_a_snooze_that_makes_no_sense_is_named(typed: str, fault: Fault) -> None:
    answer = parse_snooze(typed.split())
    assert isinstance(answer, Nonsense)
    assert answer.fault is fault
