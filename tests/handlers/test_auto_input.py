"""What is typed after /auto."""

from datetime import timedelta
from decimal import Decimal

import pytest

from dust.auto_rule import SPARED, AutoTerms, Quiet
from dust.money import Money
from handlers.auto_input import TOPICS, change_terms
from handlers.views.auto_topics import topic_names
from tests.views.speech import speech

TERMS = AutoTerms(Money(Decimal(5), "EUR"))


@pytest.mark.parametrize(
    ("typed", "name", "value"),
    [
        ("minimum 7.50", "minimum", Money(Decimal("7.50"), "EUR")),
        ("Minimum 7,5", "minimum", Money(Decimal("7.5"), "EUR")),
        ("every 6h", "every", timedelta(hours=6)),
        ("every 31d", "every", timedelta(days=31)),
        ("target usdc", "target", "USDC"),
        ("quiet 23:00-07:00", "quiet", Quiet(23 * 60, 7 * 60)),
        ("quiet 23-7", "quiet", Quiet(23 * 60, 7 * 60)),
        ("quiet 0:30-6:15", "quiet", Quiet(30, 6 * 60 + 15)),
        ("quiet off", "quiet", None),
        ("hours 0", "settle_hours", 0),
        ("hours 336", "settle_hours", 336),
        ("reserve 0", "reserve", Decimal(0)),
        ("reserve 0.01", "reserve", Decimal("0.01")),
        ("announce off", "announce", timedelta(0)),
        ("announce 1m", "announce", timedelta(minutes=1)),
        ("spare ada", "spared", SPARED | {"ADA"}),
        ("unspare btc", "spared", SPARED - {"BTC"}),
    ],
)
def test_words_change_one_term(typed: str, name: str, value: object) -> None:
    changed = change_terms(TERMS, typed.split())
    assert changed is not None
    assert getattr(changed, name) == value


@pytest.mark.parametrize(
    "typed",
    [
        *("", "minimum", "minimum 0", "minimum -1", "minimum x", "minimum 5 EUR", "nonsense 5"),
        *("every 59m", "every 32d", "every x", "every -1d"),
        *("quiet 23:00", "quiet 24:00-07:00", "quiet 23:60-07:00", "quiet 7-7", "quiet ٢-٣"),
        *("hours -1", "hours 337", "hours 1.5", "hours ٢", "reserve x", "reserve -1"),
        *(
            "announce 59s",
            "announce 7h",
            "announce 0",
            f"target {'X' * 17}",
            "state on",
            "user_id 7",
        ),
    ],
)
def test_what_makes_no_sense_changes_nothing(typed: str) -> None:
    assert change_terms(TERMS, typed.split()) is None


def test_the_list_of_what_is_spared_has_an_end() -> None:
    terms: AutoTerms | None = TERMS
    for number in range(300):
        if terms is not None:
            terms = change_terms(terms, ("spare", f"TOKEN{number}"))
    assert terms is None


def test_every_topic_has_a_screen() -> None:
    assert tuple(topic_names(speech())) == TOPICS
