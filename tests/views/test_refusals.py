"""Each refusal in the chat: why, and the next step."""

from dataclasses import replace

import pytest

from dust.conversion import Conversion, State
from dust.errors import ExchangeRefused
from dust.refusal import Refusal, RefusalKind
from handlers.callbacks import OfferRest
from handlers.screens import Screen
from handlers.views.explanations import explanations
from handlers.views.later_word import render_settled
from handlers.views.outcome import render_outcome
from handlers.views.problems import render_problem
from tests.exchanges.refusal_sheet import LINES, Line
from tests.factories import NOON, a_conversion, a_quote
from tests.views.speech import HOSTILE, assert_fits, labels, speech

EACH = [pytest.param(line, id=line.id) for line in LINES]


def ended(state: State, refusal: Refusal, *assets: str) -> Conversion:
    sent = a_conversion("one", quote=a_quote(*assets))
    return replace(sent, state=state, attempt_at=NOON, refusal=refusal)


def shown(conversion: Conversion) -> Screen:
    screen = render_outcome(conversion, "Binance", None, speech())
    assert_fits(screen)
    assert conversion.refusal is not None
    assert "{" not in screen.text.replace(conversion.refusal.message, "")
    return screen


def test_each_kind_has_a_sentence_a_step_and_a_clause() -> None:
    told = explanations(speech())
    assert set(told) == set(RefusalKind)
    for one in told.values():
        assert one.sentence.endswith(".")
        assert one.step.endswith(".")
        assert not one.clause.endswith(".")


@pytest.mark.parametrize("line", EACH)
def test_each_code_is_told_with_its_reason_and_the_next_step(line: Line) -> None:
    refusal = Refusal(line.kind, str(line.code), line.text)
    screen = shown(ended(State.REFUSED, refusal, "ADA", "TRX"))
    told = explanations(speech())[line.kind]
    assert told.step.replace("{exchange}", "Binance") in screen.text
    assert labels(screen)


@pytest.mark.parametrize("line", EACH)
def test_each_code_that_a_question_is_answered_with_is_told(line: Line) -> None:
    error = ExchangeRefused(str(line.code), line.text, line.kind)
    screen = render_problem(error, "main", "Binance", speech())
    assert_fits(screen)
    assert "Binance said no" in screen.text
    assert "{" not in screen.text.replace(line.text, "")


@pytest.mark.parametrize("state", [State.REFUSED, State.UNKNOWN, State.NOT_EXECUTED])
def test_an_unknown_code_shows_the_exchange_s_own_words_and_number(state: State) -> None:
    refusal = Refusal(RefusalKind.OTHER, "-77777", f"New {HOSTILE} words")
    screen = shown(ended(state, refusal, "ADA", "TRX"))
    assert "“New &lt;b&gt;&amp; words” (-77777)" in screen.text


def test_words_that_prove_nothing_do_not_call_it_refused() -> None:
    refusal = Refusal(RefusalKind.TRANSFER, "-5010", "Asset transfer fail.")
    text = shown(ended(State.UNKNOWN, refusal, "ADA")).text
    assert "No clear answer" in text
    assert "“Asset transfer fail.” (-5010), which proves neither" in text
    assert "refused" not in text


def test_once_it_is_known_that_nothing_was_done_the_reason_is_told() -> None:
    refusal = Refusal(RefusalKind.QUOTE_EXPIRED, "345231", "Time out")
    conversion = ended(State.NOT_EXECUTED, refusal, "ADA")
    assert "The quote was no longer valid. Ask for a new one." in shown(conversion).text
    assert "not carried out" in render_settled(conversion, "Binance", speech()).text


def test_the_only_token_is_named_though_the_exchange_does_not_name_it() -> None:
    refusal = Refusal(RefusalKind.BELOW_MINIMUM, "-1013", "Filter failure: NOTIONAL")
    text = shown(ended(State.REFUSED, refusal, "ADA")).text
    assert "<b>ADA</b> is worth less than the smallest order" in text


def test_what_may_go_better_the_next_time_can_be_reviewed_again() -> None:
    screen = shown(ended(State.REFUSED, Refusal(RefusalKind.CLOCK, "-1021"), "ADA", "TRX"))
    assert labels(screen) == ["Review again"]
    assert screen.keyboard[0][0].tap == OfferRest("one")
