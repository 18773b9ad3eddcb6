"""What became of a conversion, in every state, with the way on."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from dust.conversion import ClosedBy, Conversion, Quote, State
from dust.cooldown import ConversionCooldown, LearnedFrom
from dust.model import LeftOut, Reason
from dust.refusal import Refusal, RefusalKind
from handlers.callbacks import CheckNow, ChooseTokens, OfferRest, RefreshDust
from handlers.screens import Screen
from handlers.views.later_word import render_ask_owner, render_imported, render_settled
from handlers.views.outcome import render_outcome
from tests.factories import NOON, a_conversion, a_fill, a_line, a_quote, an_imported_conversion
from tests.views.speech import HOSTILE, assert_fits, labels, speech


def ended(state: State, *assets: str, **changes: Any) -> Conversion:
    sent = a_conversion("one", quote=a_quote(*assets))
    return replace(sent, state=state, attempt_at=NOON, **changes)


def filled(*assets: str, **changes: Any) -> Conversion:
    fills = tuple(a_fill(asset=asset) for asset in assets)
    return ended(State.FILLED, *assets, fills=fills, **changes)


def refused(kind: RefusalKind, *assets: str, **words: Any) -> Conversion:
    return ended(State.REFUSED, *assets, refusal=Refusal(kind, **words))


def shown(conversion: Conversion, cooldown: ConversionCooldown | None = None) -> Screen:
    return render_outcome(conversion, "Binance", cooldown, speech())


def many(count: int, sign: str) -> list[str]:
    return [f"{number:03}{sign * 27}" for number in range(count)]


def test_what_came_is_told_token_by_token_without_buttons() -> None:
    screen = shown(filled("ADA", "TRX"))
    assert screen == Screen(
        "✅ <b>Converted 2 tokens</b>\n\n"
        "<b>ADA</b> 1.5 → 0.00098\n<b>TRX</b> 1.5 → 0.00098\n\n"
        "Gross 0.002 BNB\nFee 0.00004 BNB\n<b>Received 0.00196 BNB</b>"
    )


def test_a_token_in_two_fills_is_one_token() -> None:
    conversion = filled("ADA", "ADA")
    assert "Converted 1 token<" in shown(conversion).text


def test_what_was_not_converted_is_named() -> None:
    conversion = ended(State.PARTLY_FILLED, "ADA", "TRX", fills=(a_fill(asset="ADA"),))
    text = shown(conversion).text
    assert "Only 1 of 2 tokens were converted" in text
    assert "TRX – not supported" in text


def test_an_amount_that_moved_meanwhile_is_told() -> None:
    line = replace(a_line("ADA"), amount=Decimal(2))
    conversion = replace(filled("ADA"), quote=Quote("BNB", (line,), NOON))
    assert "ADA: 1.5 taken, 2 shown" in shown(conversion).text


@pytest.mark.parametrize("sign", ["X", "&", "<", "币", "🙂"])
def test_a_hundred_long_names_fit_and_each_is_there(sign: str) -> None:
    names = many(100, sign)
    left_out = tuple(LeftOut(name, reason) for reason in Reason for name in many(60, sign))
    for conversion in (filled(*names), filled(*names, left_out=left_out)):
        screen = shown(conversion)
        assert_fits(screen)
        assert [number for number in range(100) if f"{number:03}" not in screen.text] == []
        assert "Received" in screen.text


@pytest.mark.parametrize("state", list(State))
def test_no_state_is_without_words_and_hostile_names_stay_names(state: State) -> None:
    refusal = Refusal(RefusalKind.OTHER, HOSTILE, HOSTILE, HOSTILE)
    fills = (a_fill(asset=HOSTILE),) if "filled" in state else ()
    assert_fits(shown(ended(state, HOSTILE, "TRX", refusal=refusal, fills=fills)))


@pytest.mark.parametrize("kind", list(RefusalKind))
def test_every_refusal_has_a_sentence_and_a_way_on(kind: RefusalKind) -> None:
    for asset in (None, "ADA", HOSTILE):
        screen = shown(refused(kind, "ADA", "TRX", code="-1", message=HOSTILE, asset=asset))
        assert_fits(screen)
        assert screen.text.startswith("✖️ <b>Binance refused. Nothing was converted.</b>\n")
        assert screen.text.endswith((".", "!"))
        assert labels(screen)
        assert "{" not in screen.text


def test_a_batch_with_one_bad_token_goes_on_without_it() -> None:
    screen = shown(refused(RefusalKind.TOO_SMALL, "ADA", "TRX", "XRP", asset="TRX"))
    assert "<b>TRX</b> is worth too little" in screen.text
    assert screen.keyboard[0][0].tap == OfferRest("one")
    assert labels(screen) == ["Review the other 2"]


def test_one_bad_token_alone_leads_back_to_the_dust() -> None:
    screen = shown(refused(RefusalKind.TOO_SMALL, "TRX", asset="TRX"))
    assert screen.keyboard[0][0].tap == RefreshDust("main")


def test_an_unnamed_bad_token_leads_to_the_choice() -> None:
    screen = shown(refused(RefusalKind.ABOVE_CEILING, "ADA", "TRX"))
    assert screen.keyboard[0][0].tap == ChooseTokens("main")


def test_a_cooldown_tells_clock_time_and_duration() -> None:
    hour = timedelta(hours=1)
    cooldown = ConversionCooldown("main", NOON, NOON + hour, LearnedFrom.REFUSAL, NOON, hour)
    text = shown(refused(RefusalKind.COOLDOWN, "ADA"), cooldown).text
    assert "Next conversion from 13:00 (in 1 h)." in text


def test_a_doubt_asks_for_patience_and_offers_to_check() -> None:
    screen = shown(ended(State.UNKNOWN, "ADA", "TRX"))
    assert "Your 2 tokens may or may not have been converted" in screen.text
    assert screen.keyboard[0][0].tap == CheckNow("one")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.FILLED, "Closed by you: it went through"),
        (State.NOT_EXECUTED, "Closed by you: it did not go through"),
    ],
)
def test_what_the_owner_closed_is_called_so(state: State, words: str) -> None:
    assert words in shown(ended(state, "ADA", closed_by=ClosedBy.OWNER)).text


def test_later_words_fit_with_hostile_names() -> None:
    conversion = ended(State.UNKNOWN, HOSTILE)
    question = render_ask_owner(conversion, "Binance", speech())
    assert labels(question) == ["It went through", "It did not"]
    imported = an_imported_conversion([a_fill(asset=HOSTILE)])
    for screen in (
        question,
        render_settled(replace(conversion, state=State.FILLED), "Binance", speech()),
        render_imported(imported, "Binance", speech()),
    ):
        assert_fits(screen)
