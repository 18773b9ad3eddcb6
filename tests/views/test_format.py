"""Values on a phone: exact, short, never more than there is."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from dust.money import Money
from handlers.message_length import length_of
from handlers.views.format import (
    esc,
    fmt_amount,
    fmt_coin,
    fmt_duration,
    fmt_money,
    fmt_time,
    fmt_until,
    symbol,
)
from tests.factories import NOON
from tests.views.speech import speech


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "0"),
        ("1.50000000", "1.5"),
        ("100", "100"),
        ("1E+3", "1000"),
        ("0.123456789", "0.12345678"),
        ("0.00000001", "0.00000001"),
        ("1E-8", "0.00000001"),
        ("0.000000009", "0"),
        ("12345678901234567890123456789.87654321", "12345678901234567890123456789.87654321"),
        ("1E+39", "1" + "0" * 39),
    ],
)
def test_an_amount_is_exact_rounded_down_and_without_exponent(amount: str, text: str) -> None:
    assert fmt_amount(Decimal(amount)) == text


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("1.999", "USD", "$1.99"),
        ("1234567.8", "EUR", "€1,234,567.80"),
        ("0", "GBP", "£0.00"),
        ("0.009", "USD", "&lt;$0.01"),
        ("0.01", "USD", "$0.01"),
        ("5", "USDT", "5.00 USDT"),
        ("0.00001", "BTC", "0.00001 BTC"),
        ("0.000000001", "BTC", "&lt;0.00000001 BTC"),
        ("0.0123456", "BNB", "0.012345 BNB"),
        ("1", "<X>", "1 &lt;X&gt;"),
    ],
)
def test_a_worth_is_never_rounded_up_and_never_to_nothing(
    amount: str, currency: str, text: str
) -> None:
    assert fmt_money(Money(Decimal(amount), currency)) == text


def test_a_name_is_escaped_and_an_endless_one_cut() -> None:
    assert esc("<b>&") == "&lt;b&gt;&amp;"
    assert symbol("1000SATS") == "1000SATS"
    assert symbol("X" * 31) == "X" * 29 + "…"
    assert length_of(symbol("🙂" * 400)) <= 30
    assert fmt_coin(Decimal("0.5"), "<X>") == "0.5 &lt;X&gt;"


@pytest.mark.parametrize(
    ("text", "length"),
    [("", 0), ("abc", 3), ("<b>a</b>", 1), ("&lt;b&gt;", 3), ("🙂", 2), ("<i>é</i>&amp;", 2)],
)
def test_a_text_is_as_long_as_telegram_finds_it(text: str, length: int) -> None:
    assert length_of(text) == length


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-5, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (3_599, "59 min"),
        (3_660, "1 h 1 min"),
        (86_400, "1 d"),
        (90_061, "1 d 1 h"),
        (86_460, "1 d 1 min"),
    ],
)
def test_a_duration_has_its_two_largest_units(seconds: int, text: str) -> None:
    assert fmt_duration(timedelta(seconds=seconds)) == text


def test_a_time_is_local_and_has_its_day_unless_that_is_today() -> None:
    t = speech("America/New_York")
    assert fmt_time(NOON, t) == "07:00"
    assert fmt_time(NOON - timedelta(hours=8), t) == "Sat 23:00"
    assert fmt_time(NOON + timedelta(days=8), t) == "9 Mar 08:00", "summer time has begun"
    assert fmt_time(datetime(2025, 12, 31, 12, tzinfo=UTC), t) == "31 Dec 2025 07:00"


def test_a_moment_to_come_is_a_clock_time_and_a_duration_rounded_up() -> None:
    assert fmt_until(NOON + timedelta(minutes=5), speech()) == "12:05 (in 5 min)"
    assert fmt_until(NOON + timedelta(minutes=4, seconds=1), speech()) == "12:04 (in 5 min)"
