"""The demo as a newcomer uses it, in a real browser."""

import os
from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.demo.visitor import BROWSER, DRIVER, Visitor, browsing, demo_running

pytestmark = [
    # Where the browser is required (CI), a missing one must fail the tests, not skip them.
    pytest.mark.skipif(
        not (BROWSER and DRIVER) and not os.environ.get("DUSTPAN_REQUIRE_BROWSER"),
        reason="browser tests need chromium and chromedriver",
    ),
    pytest.mark.timeout(120),
]


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    """A newcomer on the page of a fresh demo."""
    with demo_running() as address, browsing(address) as newcomer:
        newcomer.start()
        yield newcomer


def test_a_newcomer_converts_two_tokens_and_sees_the_balance_grow(visitor: Visitor) -> None:
    visitor.write("/dust")
    visitor.sees("Dust on Binance", "You get about")
    before = Decimal(visitor.bnb())
    visitor.tap("Choose tokens")
    visitor.sees("Which tokens shall become BNB?")
    visitor.tap("☐ ADA")
    visitor.sees("1 of")
    visitor.tap("☐ TRX")
    visitor.sees("2 of")
    visitor.tap("Review 2 tokens")
    visitor.sees("Convert 2 tokens to BNB?", "can't be undone")
    visitor.tap("✅ Confirm")
    outcome = visitor.sees("Converted 2 tokens", "Received")
    received = Decimal(outcome.split("Received ")[1].split()[0])
    visitor.until(lambda: Decimal(visitor.bnb()) == before + received, "the balance did not grow")


def test_the_first_alert_comes_by_itself_within_ten_seconds(visitor: Visitor) -> None:
    visitor.sees("of dust on Binance", seconds=10)


def test_a_lost_answer_is_found_again(visitor: Visitor) -> None:
    visitor.press("#outcomes button[data-outcome='lost_after']")
    visitor.write("/convert all")
    visitor.tap("✅ Confirm")
    visitor.sees("No clear answer from Binance")
    visitor.sees("went through", seconds=20)


def test_jumping_ahead_ends_a_review(visitor: Visitor) -> None:
    visitor.write("/convert all")
    visitor.sees("can't be undone")
    visitor.press("[data-do='jump'][data-hours='6']")
    visitor.sees("This review has expired")
