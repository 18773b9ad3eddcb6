"""The review names every token and always fits."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from dust.conversion import Quote
from dust.model import LeftOut, Reason
from dust.money import Rates
from dust.review import Review
from handlers.callbacks import CancelConversion, ConfirmConversion
from handlers.screens import Screen
from handlers.views.review import render_converting, render_nothing_left, render_review
from tests.factories import NOON, a_conversion, a_line, a_quote
from tests.views.speech import HOSTILE, assert_fits, labels, speech

RATES = Rates("BTC", {"BNB": Decimal(100), "USD": Decimal(100_000)}, NOON)


def review_of(*assets: str, left_out: tuple[LeftOut, ...] = ()) -> Review:
    conversion = a_conversion("one", quote=a_quote(*assets))
    return Review(replace(conversion, left_out=left_out), rates=RATES)


def shown(review: Review, zone: str = "UTC") -> Screen:
    return render_review(review, "Binance", "USD", speech(zone))


def many(count: int, sign: str = "X", length: int = 30) -> list[str]:
    return [f"{number:03}{sign * (length - 3)}" for number in range(count)]


def test_a_review_tells_what_it_takes_brings_and_costs() -> None:
    screen = shown(review_of("ADA", "TRX"), "Europe/Berlin")
    assert screen.text == (
        "<b>Convert 2 tokens to BNB?</b>\n\n"
        "<b>ADA</b> 1.5 → 0.00098\n"
        "<b>TRX</b> 1.5 → 0.00098\n\n"
        "Gross 0.002 BNB\nFee 0.00004 BNB\n<b>You get about 0.00196 BNB</b>\nWorth $1.96 now\n\n"
        "Binance prices of 13:00:00 (0 s old), an estimate. Good until 13:05. "
        "<b>It can't be undone.</b>"
    )
    assert labels(screen) == ["✅ Confirm", "Cancel"]
    assert [button.tap for button in screen.keyboard[0]] == [
        ConfirmConversion("one"),
        CancelConversion("one"),
    ]


def test_without_prices_the_worth_is_left_out_and_nothing_else() -> None:
    screen = shown(replace(review_of("ADA"), rates=None))
    assert "Worth" not in screen.text
    assert "You get about 0.00098 BNB" in screen.text


def test_its_age_is_told() -> None:
    taken = NOON - timedelta(minutes=2, seconds=5)
    conversion = a_conversion(quote=a_quote("ADA", taken_at=taken))
    assert "prices of 11:57:55 (2 min old)" in shown(Review(conversion)).text


def test_the_largest_have_amounts_and_all_have_names() -> None:
    names = many(25, length=5)
    text = shown(review_of(*names)).text
    assert text.count("→") == 20
    assert [name for name in names if name not in text] == []


@pytest.mark.parametrize("sign", ["X", "&", "<", "é", "币", "🙂"])
def test_a_hundred_long_names_fit_and_each_is_there(sign: str) -> None:
    screen = shown(review_of(*many(100, sign)))
    assert_fits(screen)
    assert [number for number in range(100) if f"{number:03}" not in screen.text] == []
    assert "It can't be undone" in screen.text


@pytest.mark.parametrize("sign", ["X", "<", "🙂"])
def test_a_hundred_long_names_fit_with_hundreds_left_out(sign: str) -> None:
    left_out = tuple(LeftOut(name, reason) for reason in Reason for name in many(60, sign))
    screen = shown(review_of(*many(100, sign), left_out=left_out))
    assert_fits(screen)
    assert [number for number in range(100) if f"{number:03}" not in screen.text] == []
    assert "protected by you" in screen.text


def test_what_is_left_out_stands_with_its_reason() -> None:
    left_out = (LeftOut("BTC", Reason.PROTECTED), LeftOut("NOPE", Reason.NOT_LISTED))
    text = shown(review_of("ADA", left_out=left_out)).text
    assert "<b>Left out</b>\nBTC – protected by you\nNOPE – not offered by the exchange now" in text


def test_a_changed_review_marks_the_difference() -> None:
    before = Quote("BNB", (a_line("ADA", "1", "0.0005"), a_line("TRX")), NOON)
    text = shown(replace(review_of("ADA", "TRX"), previous=before)).text
    assert text.startswith("⚠️ <b>Nothing was sent: the list has changed.</b>")
    assert "You get: <s>0.00148 BNB</s> <u>0.00196 BNB</u>" in text
    assert "<b>ADA</b> <s>1</s> <u>1.5</u> → 0.00098" in text
    assert "<b>TRX</b> 1.5 → 0.00098" in text


def test_hostile_names_stay_names() -> None:
    screen = shown(review_of(HOSTILE, left_out=(LeftOut(HOSTILE, Reason.PROTECTED),)))
    assert_fits(screen)
    assert screen.text.count("&lt;b&gt;&amp;") == 2


def test_no_amount_is_in_exponent_form() -> None:
    line = replace(a_line("SHIB", "1E+21"), net=Decimal("1E-8"), gross=Decimal("2E-8"))
    conversion = a_conversion(quote=Quote("BNB", (line,), NOON))
    text = shown(Review(conversion)).text
    assert "<b>SHIB</b> 1000000000000000000000 → 0.00000001" in text
    assert "E+" not in text
    assert "E-" not in text


def test_nothing_left_and_progress_fit_too() -> None:
    left_out = tuple(LeftOut(name, reason) for reason in Reason for name in many(60))
    assert_fits(render_nothing_left(left_out[:240], "main", "Binance", speech()))
    progress = render_converting(a_quote("ADA"), "Binance", speech())
    assert progress.text == "⏳ Converting 1 token on Binance…"
    assert progress.keyboard == ()
