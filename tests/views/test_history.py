"""The history as a chat sees it."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from dust.conversion import ClosedBy, Conversion, Fill, State
from dust.refusal import Refusal, RefusalKind
from handlers.callbacks import ShowHistory
from handlers.views.history import PAGE, render_history
from tests.factories import NOON, a_conversion, a_fill, a_line, a_quote, an_imported_conversion
from tests.views.speech import HOSTILE, assert_fits, labels, speech

BINANCE = {"main": "Binance"}


def settled(state: State, **changes: Any) -> Conversion:
    sent = replace(a_conversion("one"), attempt_at=NOON)
    return replace(sent, state=state, **changes)


def shown(*conversions: Conversion, exchanges: dict[str, str] | None = None) -> str:
    return render_history(
        conversions, len(conversions), exchanges or BINANCE, speech("Europe/Berlin")
    ).text


def entry(conversion: Conversion) -> str:
    """What stands below the date."""
    return shown(conversion).partition("13:00</b>\n")[2]


def filled(*assets: str) -> Sequence[Fill]:
    return tuple(a_fill(asset=asset) for asset in assets)


def test_an_empty_history_says_where_the_first_one_comes_from() -> None:
    screen = render_history((), 0, BINANCE, speech())
    assert screen.text.startswith("📒 <b>No conversions yet</b>")
    assert "/dust" in screen.text


def test_a_conversion_tells_local_time_tokens_net_and_fee() -> None:
    assert shown(settled(State.FILLED, fills=filled("ADA", "TRX"))) == (
        "📒 <b>1 conversion</b>\n\n"
        "1. <b>1 Mar 2026, 13:00</b>\n"
        "✅ 2 tokens → <b>0.00196 BNB</b>, fee 0.00004 BNB\n"
        "<i>ADA, TRX</i>"
    )


def test_a_partial_one_tells_how_many_of_how_many() -> None:
    text = entry(settled(State.PARTLY_FILLED, fills=filled("TRX")))
    assert text == "✅ 1 of 2 tokens → <b>0.00098 BNB</b>, fee 0.00002 BNB\n<i>TRX</i>"


def test_the_same_token_in_two_fills_counts_once() -> None:
    text = entry(settled(State.FILLED, quote=a_quote("ADA"), fills=filled("ADA", "ADA")))
    assert text == "✅ 1 token → <b>0.00196 BNB</b>, fee 0.00004 BNB\n<i>ADA</i>"


def test_one_closed_by_the_owner_shows_no_figures_as_facts() -> None:
    text = entry(settled(State.FILLED, closed_by=ClosedBy.OWNER))
    assert text == "✅ 2 tokens → about 0.00196 BNB, by your word\n<i>ADA, TRX</i>"


@pytest.mark.parametrize(
    ("conversion", "line"),
    [
        (settled(State.UNKNOWN), "❔ 2 tokens: no clear answer, being checked"),
        (settled(State.SUBMITTING), "❔ 2 tokens: no clear answer, being checked"),
        (settled(State.ACCEPTED), "⏳ 2 tokens: Binance is carrying it out"),
        (
            settled(State.NOT_EXECUTED, closed_by=ClosedBy.LOOKING),
            "✖️ 2 tokens: not converted, the exchange never carried it out",
        ),
        (
            settled(State.NOT_EXECUTED, closed_by=ClosedBy.OWNER),
            "✖️ 2 tokens: not converted, closed by you",
        ),
        (settled(State.REFUSED), "✖️ 2 tokens: refused, no reason given"),
        (
            settled(State.REFUSED, refusal=Refusal(RefusalKind.ABOVE_CEILING, asset=HOSTILE)),
            "✖️ 2 tokens: refused, &lt;b&gt;&amp; was worth too much",
        ),
        (
            settled(State.REFUSED, refusal=Refusal(RefusalKind.TOO_SMALL)),
            "✖️ 2 tokens: refused, a token was worth too little",
        ),
        (
            settled(State.REFUSED, refusal=Refusal(RefusalKind.OTHER, "-1", f"no {HOSTILE} {{0}}")),
            "✖️ 2 tokens: refused, it said “no &lt;b&gt;&amp; {0}” (-1)",
        ),
    ],
)
def test_every_end_says_what_happened(conversion: Conversion, line: str) -> None:
    assert entry(conversion).splitlines()[0] == line


@pytest.mark.parametrize("kind", list(RefusalKind))
def test_every_refusal_has_its_words(kind: RefusalKind) -> None:
    assert "refused, " in entry(settled(State.REFUSED, refusal=Refusal(kind, asset="ADA")))


def test_one_made_on_the_exchange_and_a_corrected_one_are_marked() -> None:
    assert shown(an_imported_conversion()).endswith("Made on Binance itself.")
    corrected = settled(State.FILLED, fills=filled("ADA", "TRX"), corrected=True)
    assert shown(corrected).endswith("Corrected from Binance's log.")


def test_with_several_accounts_each_entry_names_its_own() -> None:
    text = shown(
        settled(State.UNKNOWN, account="second"), exchanges={"main": "Binance", "second": "OKX"}
    )
    assert "13:00</b> · OKX (second)\n" in text


def test_pages_lead_on() -> None:
    page = [settled(State.UNKNOWN)] * PAGE
    screen = render_history(page, 12, BINANCE, speech(), page=1)
    assert labels(screen)[:8] == ["1", "2", "3", "4", "5", "‹", "2/3", "›"]
    assert [button.tap for button in screen.keyboard[1]] == [
        ShowHistory(0, ""),
        ShowHistory(1, ""),
        ShowHistory(2, ""),
    ]
    assert screen.text.startswith("📒 <b>12 conversions</b>")


def test_a_hundred_long_hostile_names_in_every_entry_fit() -> None:
    names = [f"{HOSTILE * 20}{n}" for n in range(100)]
    quote = replace(a_quote(), lines=tuple(a_line(name) for name in names))
    fills = tuple(
        replace(a_fill(asset=name), amount=Decimal("1234567.12345678")) for name in names[:99]
    )
    partly = settled(State.PARTLY_FILLED, quote=quote, fills=fills, corrected=True)
    refusal = Refusal(RefusalKind.OTHER, HOSTILE * 100, HOSTILE * 100)
    refused = settled(State.REFUSED, quote=quote, refusal=refusal)
    several = {"main": HOSTILE * 20, "second": "OKX"}
    for conversion in (partly, refused):
        screen = render_history([conversion] * PAGE, 500, several, speech(), page=50)
        assert_fits(screen)


def test_the_largest_tokens_are_named_and_the_rest_counted() -> None:
    fills = tuple(a_fill(asset=f"T{n:02}") for n in range(15))
    quote = a_quote(*(fill.asset for fill in fills))
    text = entry(settled(State.FILLED, quote=quote, fills=fills))
    assert text.endswith("T10, T11 and 3 more</i>")
