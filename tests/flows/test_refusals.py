"""What the chat says to a refusal, over the real wires."""

from datetime import timedelta
from decimal import Decimal

import pytest

from sandbox.binance import faults
from tests.flows.house import DUST, House

ACCEPT = "/sapi/v1/convert/acceptQuote"
WORDS = "New <b>words</b> & more"


@pytest.mark.parametrize(
    ("code", "said", "sentence", "button"),
    [
        (-5001, "Don't allow transfer to micro assets.", "no small balances now", "Choose tokens"),
        (-5001, "TRX asset not supported.", "TRX can't be converted", "Review the other 2"),
        (-5003, "You don't have this asset.", "no longer there in full", "Choose tokens"),
        (-2015, "Invalid API-key, IP, or permissions.", "that the key is active", "Show my dust"),
        (-1021, "Timestamp is outside of the recvWindow.", "try again", "Review again"),
        (-1100, WORDS, f"did not understand the request: “{WORDS}” (-1100)", "Show my dust"),
    ],
)
async def test_a_refusal_says_why_and_leads_on(
    house: House, code: int, said: str, sentence: str, button: str
) -> None:
    review = await house.review_all()
    house.exchange.faults.script(DUST, faults.refuse(code, said))
    await review.tap("✅ Confirm")
    refused = await house.shown("refused. Nothing was converted", sentence)
    assert refused.labels == [button]


async def test_what_was_refused_for_the_moment_is_reviewed_again(house: House) -> None:
    review = await house.review_all()
    house.exchange.faults.script(DUST, faults.refuse(-1021, "Timestamp is outside."))
    await review.tap("✅ Confirm")
    refused = await house.shown("refused. Nothing was converted")
    await refused.tap("Review again")
    again = await house.shown("Convert 3 tokens to BNB?", after=refused.id)
    await again.tap("✅ Confirm")
    await house.shown("Converted 3 tokens")
    assert len(house.sent()) == 2


async def test_an_unknown_code_is_shown_as_it_came_and_looked_up(house: House) -> None:
    review = await house.review_all()
    house.exchange.faults.script(DUST, faults.refuse(-77777, WORDS))
    await review.tap("✅ Confirm")
    doubt = await house.shown("No clear answer", f"“{WORDS}” (-77777)")
    assert doubt.labels == ["Check now"]
    settled = await house.later("Not converted", "never carried it out", f"“{WORDS}” (-77777)")
    assert settled.id == doubt.id
    assert len(house.sent()) == 1


async def test_words_that_prove_nothing_are_forgotten_once_it_went_through(house: House) -> None:
    review = await house.review_all()
    house.exchange.faults.script(DUST, faults.refuse(-5012, "In pending.", execute=True))
    await review.tap("✅ Confirm")
    await house.shown("No clear answer", "“In pending.” (-5012)")
    outcome = await house.later("Converted 3 tokens")
    assert "pending" not in outcome.text
    assert "pending" not in (await house.ask("/history", "1 conversion")).text


async def test_a_swap_that_was_refused_for_the_moment_is_quoted_again(house: House) -> None:
    house.exchange.swaps.rules.minimum = Decimal("0.1")
    review = await house.ask("/swap XRP USDT", "holds for")
    house.exchange.faults.script(ACCEPT, faults.refuse(-1021, "Timestamp is outside."))
    await review.tap("✅ Confirm")
    refused = await house.shown("refused. Nothing was converted")
    await refused.tap("Review again")
    again = await house.shown("holds for", after=refused.id)
    await again.tap("✅ Confirm")
    await house.shown("Swapped")
    assert len(house.exchange.swaps.orders) == 1


async def test_a_quote_that_may_have_expired_is_looked_up_and_then_told_as_expired(
    house: House,
) -> None:
    house.exchange.swaps.rules.minimum = Decimal("0.1")
    review = await house.ask("/swap XRP USDT", "holds for")
    house.exchange.faults.script(ACCEPT, faults.refuse(345231, "Time out"))
    await review.tap("✅ Confirm")
    await house.shown("No clear answer", "“Time out” (345231)")
    await house.later("Not swapped", "The quote was no longer valid", step=timedelta(seconds=30))
    assert house.exchange.swaps.orders == []
