"""What /dust shows: lines, totals, what can't be converted, and when the next conversion is possible."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from dust.conversion import State
from dust.cooldown import ConversionCooldown, LearnedFrom
from dust.model import DustItem, DustReport, HeldBack, Reason
from dust.review import Standing
from handlers.callbacks import TurnDust
from handlers.screens import Screen
from handlers.views.dust import render_report
from handlers.views.held_back import render_held_back
from handlers.views.left_out import reason_text
from tests.factories import NOON, a_conversion
from tests.views.speech import HOSTILE, assert_fits, labels, speech

NOTHING_RUNS = Standing(None, None)


def item(asset: str, amount: str = "2", worth: str = "1") -> DustItem:
    return DustItem(
        asset,
        Decimal(amount),
        Decimal(worth),
        Decimal("0.001"),
        Decimal("0.00002"),
        Decimal("0.00098"),
    )


def held(asset: str, reason: Reason = Reason.LOCKED) -> HeldBack:
    return HeldBack(asset, Decimal("0.5"), Decimal("0.25"), reason)


def report(*rows: DustItem | HeldBack, **changes: Any) -> DustReport:
    plain = DustReport(
        account="main",
        target="BNB",
        currency="USD",
        wanted_currency="USD",
        items=tuple(row for row in rows if isinstance(row, DustItem)),
        held_back=tuple(row for row in rows if isinstance(row, HeldBack)),
        taken_at=NOON,
    )
    return replace(plain, **changes)


def shown(seen: DustReport, standing: Standing = NOTHING_RUNS, page: int = 0) -> Screen:
    return render_report(seen, standing, "Binance", speech("Europe/Berlin"), page)


def names(screen: Screen) -> int:
    """How many convertible tokens the screen shows."""
    return screen.text.count(" → ") - 1  # the legend has one, too


def test_lines_totals_and_what_stays() -> None:
    screen = shown(report(item("ADA"), item("TRX", "4"), held("XRP")))
    assert screen.text == (
        "🧹 <b>Dust on Binance</b>\n<i>amount · worth → BNB after the fee</i>\n\n"
        "<b>ADA</b> 2 · $1.00 → 0.00098\n<b>TRX</b> 4 · $1.00 → 0.00098\n\n"
        "<b>2 tokens · $2.00</b>\nGross 0.002 BNB\nFee 0.00004 BNB\n"
        "<b>You get about 0.00196 BNB</b>\n\n"
        "<b>Can't be converted now</b>\nXRP 0.5 · $0.25 – locked in an order"
    )
    assert labels(screen) == ["Convert all", "Choose tokens", "Refresh", "Protect…"]


def test_twenty_to_a_page_and_a_page_beyond_the_end_is_the_last() -> None:
    many = report(*(item(f"T{n:02}") for n in range(45)), held("XRP"))
    first, last = shown(many), shown(many, page=9)
    assert [names(first), names(last)] == [20, 5]
    assert labels(last)[:3] == ["‹", "3/3", "›"]
    assert last.keyboard[0][2].tap == TurnDust("main", 0)
    assert "45 tokens · $45.00" in first.text
    assert "45 tokens · $45.00" in last.text
    assert "XRP" not in last.text


def test_nothing_is_a_friendly_answer() -> None:
    assert "Nothing to convert on Binance" in shown(report()).text
    assert labels(shown(report())) == ["Refresh"]
    assert labels(shown(report(held("XRP")))) == ["Refresh", "Protect…"]


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_words(reason: Reason) -> None:
    assert reason_text(reason, speech())


def test_long_and_hostile_names_fit() -> None:
    for sign in (HOSTILE, "&", "币", "🙂"):
        rows = [item(f"{n:03}{sign * 40}", "1E+39", "1E+12") for n in range(100)]
        rest = [held(f"{n:03}{sign * 40}") for n in range(100)]
        screen = shown(report(*rows, *rest))
        assert_fits(screen)
        assert "and 88 more" in screen.text
        assert "E+" not in screen.text


def test_the_whole_list_of_long_and_hostile_names_fits() -> None:
    for sign in (HOSTILE, "&", "币", "🙂"):
        rest = [held(f"{n:03}{sign * 40}", Reason.ABOVE_OWN_CEILING) for n in range(45)]
        screen = render_held_back(report(*rest), "Binance", speech(), page=9)
        assert_fits(screen)
        assert labels(screen) == ["‹", "3/3", "›", "‹ Dust"]
        assert "45 tokens · $11.25" in screen.text


def test_a_currency_without_a_price_is_told_in_one_sentence() -> None:
    text = shown(report(item("ADA"), wanted_currency="GBP")).text
    assert text.count("no GBP price") == 1


def test_a_pause_is_a_fact_or_an_estimate() -> None:
    hour = timedelta(hours=1)
    learned = ConversionCooldown("main", NOON, NOON + hour, LearnedFrom.REFUSAL, NOON, hour)
    guessed = replace(learned, length=None)
    assert "⏱ Next conversion from 14:00 (in 1 h)." in (
        shown(report(item("ADA")), Standing(learned, None)).text
    )
    assert "⏱ Next conversion probably from 14:00 (in 1 h)." in (
        shown(report(item("ADA")), Standing(guessed, None)).text
    )


def test_a_doubt_says_what_is_awaited_and_since_when() -> None:
    doubt = replace(a_conversion(), state=State.UNKNOWN, attempt_at=NOON)
    text = shown(report(item("ADA")), Standing(None, doubt)).text
    assert "A conversion sent at 13:00 is not settled yet" in text
