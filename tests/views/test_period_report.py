"""The periodic report."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from dust.conversion import ClosedBy, State
from dust.money import Money
from dust.report import Arrival, Summary
from handlers.callbacks import ChooseTokens, ConvertAll
from handlers.views.period_report import render_period_report
from tests.factories import NOON, a_conversion, a_fill
from tests.views.speech import HOSTILE, assert_fits, speech

QUIET = Summary(
    account="main",
    since=NOON - timedelta(days=7),
    until=NOON,
    currency="USD",
    wanted_currency="USD",
    arrivals=(),
    conversions=(),
    brought={},
    brought_worth=Decimal(0),
    lies=Money(Decimal(0), "USD"),
    lies_count=0,
)
FILLED = replace(a_conversion(), state=State.FILLED, fills=(a_fill(), a_fill(asset="TRX")))
BY_WORD = replace(a_conversion(), state=State.FILLED, closed_by=ClosedBy.OWNER)


def arrival(asset: str = "ADA", worth: str = "0.75") -> Arrival:
    return Arrival(asset, Decimal("1.5"), Decimal(worth))


def test_a_quiet_week_is_told_in_few_lines_and_has_no_buttons() -> None:
    screen = render_period_report(QUIET, "Binance", speech())
    assert screen.text == (
        "📊 <b>Your dust on Binance</b>\n22 Feb 2026, 12:00 – 1 Mar 2026, 12:00\n\n"
        "<b>New:</b> nothing\n\n"
        "<b>Converted:</b> nothing\n\n"
        "<b>There now:</b> no dust ✨"
    )
    assert not screen.keyboard


def test_a_busy_week_tells_what_came_what_it_brought_and_what_lies_there() -> None:
    busy = replace(
        QUIET,
        arrivals=(arrival(), arrival(HOSTILE, "0.004")),
        conversions=(FILLED,),
        brought={"BNB": Decimal("0.00196")},
        brought_worth=Decimal("1.176"),
        lies=Money(Decimal("3.209"), "USD"),
        lies_count=4,
    )
    screen = render_period_report(busy, "Binance", speech("Europe/Berlin"))
    assert screen.text.partition("\n\n")[2] == (
        "<b>New:</b> $0.75 in 2 tokens\n"
        "1.5 ADA · $0.75\n"
        "1.5 &lt;b&gt;&amp; · &lt;$0.01\n\n"
        "<b>Converted:</b> 2 tokens\n"
        "It brought 0.00196 BNB, now worth $1.17.\n\n"
        "<b>There now:</b> $3.20 in 4 tokens"
    )
    assert [button.tap for button in screen.keyboard[0]] == [
        ConvertAll("main"),
        ChooseTokens("main"),
    ]


def test_what_rests_on_the_owner_s_word_is_told_apart_from_what_was_received() -> None:
    both = replace(
        QUIET,
        conversions=(FILLED, BY_WORD),
        brought={"BNB": Decimal("0.00196")},
        brought_worth=Decimal("1.2"),
    )
    text = render_period_report(both, "Binance", speech()).text
    assert "<b>Converted:</b> 4 tokens\nIt brought 0.00196 BNB, now worth $1.20." in text
    assert "By your word about 0.00196 BNB more, not counted above." in text


def test_only_the_owner_s_word_brings_no_received_amount() -> None:
    alone = replace(QUIET, conversions=(BY_WORD,), brought={"BNB": Decimal(0)})
    assert "It brought" not in render_period_report(alone, "Binance", speech()).text


def test_a_missing_price_leaves_the_worth_out() -> None:
    unpriced = replace(
        QUIET, conversions=(FILLED,), brought={"BNB": Decimal("0.5")}, brought_worth=None
    )
    assert "It brought 0.5 BNB.\n" in render_period_report(unpriced, "Binance", speech()).text


def test_a_wallet_never_read_is_not_called_empty() -> None:
    unread = replace(QUIET, lies=None)
    text = render_period_report(unread, "Binance", speech()).text
    assert "I have not been able to read the wallet yet." in text
    assert "no dust" not in text


def test_a_currency_without_a_price_is_told() -> None:
    text = render_period_report(replace(QUIET, wanted_currency="GBP"), "Binance", speech()).text
    assert text.endswith("The exchange has no GBP price now, so worths are in USD.")


def test_hundreds_of_long_names_fit() -> None:
    names = [f"{n}{HOSTILE * 20}" for n in range(300)]
    extreme = replace(
        QUIET,
        arrivals=tuple(arrival(name) for name in names),
        conversions=(FILLED, BY_WORD) * 300,
        brought=dict.fromkeys(names, Decimal("123456789.12345678")),
        lies=Money(Decimal(10) ** 12, "USD"),
        lies_count=300,
    )
    screen = render_period_report(extreme, "Binance", speech())
    assert_fits(screen)
    assert "and 295 more" in screen.text
