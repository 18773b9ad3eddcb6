"""/history tells of every conversion, whatever became of it."""

from datetime import timedelta

from sandbox.binance import faults
from tests.flows.house import DUST, LOG, House


async def convert(house: House, what: str, outcome: str) -> None:
    """A confirmed conversion up to this word on its end."""
    house.clock.jump(timedelta(hours=7))
    review = await house.ask(f"/convert {what}", "It can't be undone")
    await review.tap("✅ Confirm")
    await house.shown(outcome, after=review.id - 1)


async def test_an_empty_history_says_so(house: House) -> None:
    await house.ask("/history", "No conversions yet")


async def test_a_conversion_stands_with_tokens_net_and_fee(house: House) -> None:
    await convert(house, "all", "Converted 3 tokens")
    history = await house.ask("/history", "1 conversion")
    assert "✅ 3 tokens → 0.00245 BNB, fee 0.00005 BNB" in history.text
    assert "ADA, TRX, XRP" in history.text
    assert history.labels == []


async def test_what_was_only_reviewed_is_no_history(house: House) -> None:
    review = await house.review_all()
    await review.tap("Cancel")
    await house.shown("Cancelled")
    await house.ask("/history", "No conversions yet")


async def test_a_refusal_stands_with_its_reason(house: House) -> None:
    answer = faults.refuse(-5005, "The residual balances of TRX is too low, Please re-choose.")
    house.exchange.faults.script(DUST, answer)
    await convert(house, "all", "refused")
    await house.ask("/history", "✖️ 3 tokens: refused, TRX was worth too little")


async def test_a_doubt_stands_as_one_and_later_as_what_it_was(house: House) -> None:
    house.exchange.faults.script(DUST, faults.drop(execute=True))
    await convert(house, "ADA", "No clear answer")
    await house.ask("/history", "❔ 1 token: no clear answer, being checked")
    await house.later("went through", step=timedelta(seconds=10))
    await house.ask("/history", "✅ 1 token → 0.00098 BNB")


async def test_what_was_never_carried_out_says_so(house: House) -> None:
    house.exchange.faults.script(DUST, faults.drop(execute=False))
    await convert(house, "ADA", "No clear answer")
    await house.later("was not carried out", step=timedelta(seconds=30))
    await house.ask("/history", "✖️ 1 token: not converted, the exchange never carried it out")


async def test_what_the_owner_closed_is_marked(house: House) -> None:
    house.exchange.faults.script(DUST, faults.drop(execute=False))
    house.exchange.faults.script(LOG, faults.answer_text("<html>", 200), times=1000)
    await convert(house, "ADA", "No clear answer")
    house.clock.jump(timedelta(hours=25))
    question = await house.shown("Please look at Binance")
    await question.tap("It did not")
    await house.shown("Closed by you")
    await house.ask("/history", "✖️ 1 token: not converted, closed by you")


async def test_what_was_made_on_the_exchange_itself_is_there_and_marked(house: House) -> None:
    house.exchange.website_convert(["XRP"])
    await house.later("Found in Binance's log", step=timedelta(minutes=15))
    await house.ask("/history", "✅ 1 token → 0.00049 BNB", "Made on Binance itself.")


async def test_seven_conversions_stand_on_two_pages_newest_first(house: House) -> None:
    for number in range(7):
        house.price(f"T{number}", "1")
        house.sprinkle(**{f"T{number}": "0.5"})
        await convert(house, f"T{number}", "Converted 1 token")
    first = await house.ask("/history", "7 conversions")
    assert [name for name in ("T6", "T2", "T1", "T0") if name in first.text] == ["T6", "T2"]
    assert first.text.index("T6") < first.text.index("T2")
    await first.tap("›")
    second = await house.shown("T1", "T0")
    assert second.id == first.id
    assert second.labels == ["‹", "2/2", "›"]
    await second.tap("›")
    await house.shown("T6", "7 conversions")
