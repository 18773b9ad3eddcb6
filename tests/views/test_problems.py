"""Whatever keeps something from being shown or done has a sentence and a next step."""

from datetime import timedelta

import pytest

from dust.cooldown import ConversionCooldown, LearnedFrom
from dust.errors import (
    CredentialsRejected,
    DustError,
    ExchangeRefused,
    ExchangeUnavailable,
    RateLimited,
    UnderMaintenance,
)
from dust.model import Trouble
from dust.notices import TroubleBegan, TroubleEnded
from dust.remedy import Remedy
from dust.review import Awaiting, Cooling, Hindrance
from handlers.callbacks import CheckNow, RefreshDust, TryNow
from handlers.views.problems import (
    hindrance_text,
    outdated_text,
    render_failure,
    render_obstacle,
    render_problem,
    render_trouble,
    render_trouble_ended,
)
from handlers.views.welcome import not_allowed_text
from tests.factories import NOON, a_conversion
from tests.views.speech import HOSTILE, assert_fits, labels, speech

#: Telegram's limit for the answer to a tap.
MOST_OF_AN_ANSWER = 200
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ExchangeUnavailable(), "Binance did not answer. Nothing was changed; try again"),
        (RateLimited(NOON + HOUR), "asks for a pause. I ask again from 13:00 (in 1 h)."),
        (UnderMaintenance(), "Binance is under maintenance. Try again later."),
        (CredentialsRejected(), "“Spot &amp; Margin Trading” are enabled"),
        (ExchangeRefused("-9", HOSTILE), "Binance said no: “&lt;b&gt;&amp;” (-9)."),
        (ExchangeRefused("-9", "{exchange} {token}"), "said no"),
    ],
)
def test_a_reading_that_failed_is_a_sentence_with_a_way_on(error: DustError, words: str) -> None:
    screen = render_problem(error, "main", "Binance", speech())
    assert words in screen.text
    assert_fits(screen)
    assert screen.keyboard[0][0].tap == RefreshDust("main")


@pytest.mark.parametrize("remedy", list(Remedy))
@pytest.mark.parametrize("hindrance", list(Hindrance))
def test_an_answer_to_a_tap_is_short_and_plain(hindrance: Hindrance, remedy: Remedy) -> None:
    text = hindrance_text(hindrance, speech(), remedy)
    assert 0 < len(text) <= MOST_OF_AN_ANSWER
    assert "<" not in text
    assert "{" not in text


def test_an_answer_to_a_tap_names_the_command_of_its_remedy() -> None:
    assert "Send /sell for your own" in hindrance_text(Hindrance.NOT_YOURS, speech(), Remedy.SALE)


def test_the_other_answers_to_taps_are_short_too() -> None:
    for text in (outdated_text(speech()), not_allowed_text(speech())):
        assert 0 < len(text) <= MOST_OF_AN_ANSWER


def test_an_estimated_pause_can_be_tried_and_a_known_one_can_not() -> None:
    known = ConversionCooldown("main", NOON, NOON + HOUR, LearnedFrom.REFUSAL, NOON, HOUR)
    guessed = ConversionCooldown("main", NOON, NOON + HOUR, LearnedFrom.SUCCESS, NOON)
    assert labels(render_obstacle(Cooling(known), "main", speech())) == ["Show my dust"]
    screen = render_obstacle(Cooling(guessed), "main", speech())
    assert screen.keyboard[0][0].tap == TryNow("main")
    assert "costs nothing" in screen.text


def test_a_doubt_in_the_way_can_be_checked() -> None:
    screen = render_obstacle(Awaiting(a_conversion("one")), "main", speech())
    assert "no other one can start until then" in screen.text
    assert screen.keyboard[0][0].tap == CheckNow("one")


@pytest.mark.parametrize("trouble", list(Trouble))
def test_every_trouble_has_a_beginning_and_an_end(trouble: Trouble) -> None:
    began = render_trouble(TroubleBegan("main", trouble, NOON, NOON + HOUR), "Binance", speech())
    ended = render_trouble_ended(TroubleEnded("main", trouble, NOON - HOUR), "Binance", speech())
    for screen in (began, ended):
        assert_fits(screen)
        assert "Binance" in screen.text
        assert "{" not in screen.text
    assert "I ask again from 13:00 (in 1 h)." in began.text


def test_a_failure_of_ours_names_its_reference() -> None:
    screen = render_failure("abc123", speech())
    assert "(reference abc123)" in screen.text
    assert_fits(screen)
