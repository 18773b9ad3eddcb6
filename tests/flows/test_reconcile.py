"""A doubt is settled by looking: calmly, truthfully, and never by sending again."""

import asyncio
from datetime import timedelta

import pytest

from sandbox.binance import faults
from sandbox.telegram import Message
from tests.flows.house import DUST, LOG, House
from tests.flows.watching import look_again, said, store_of


async def doubt(house: House, *, executed: bool, log_fails: bool = False) -> Message:
    """A confirmed conversion whose answer was lost; the message that shows it."""
    review = await house.review_all()
    house.exchange.faults.script(DUST, faults.drop(execute=executed))
    if log_fails:
        house.exchange.faults.script(LOG, faults.answer_text("<html>", 200), times=1000)
    await review.tap("✅ Confirm")
    return await house.shown("No clear answer from Binance")


async def looked_up(house: House, looks: int) -> None:
    """Waits until the doubt has been looked up that often."""
    journal = store_of(house).journal
    live = await journal.live("main")
    assert live is not None
    async with asyncio.timeout(5):
        while True:
            [found] = await journal.doubts(house.clock.now() + timedelta(days=9))
            if found.looks >= looks:
                return
            await asyncio.sleep(0.005)


async def test_check_now_looks_at_once_and_tells_what_it_found(house: House) -> None:
    shown = await doubt(house, executed=True, log_fails=True)
    await looked_up(house, 1)
    house.exchange.faults.clear()
    answer = await shown.tap("Check now")
    assert answer.text == "Checking. I write as soon as I know."
    settled = await house.shown("went through", "0.00245 BNB")
    assert settled.reply_to is shown
    assert shown.labels == [], "the message that was confirmed shows the outcome"
    assert "Converted 3 tokens" in shown.text


async def test_check_now_on_a_settled_conversion_says_so(house: House) -> None:
    shown = await doubt(house, executed=True, log_fails=True)
    check = shown.buttons[0][0].data
    assert check is not None
    house.exchange.faults.clear()
    await shown.tap("Check now")
    await house.shown("went through")
    answer = await house.chat.tap_data(shown, check)
    assert answer.text == "This is settled already, see /history."


async def test_looks_come_at_growing_pauses(house: House) -> None:
    assert house.world is not None
    await doubt(house, executed=False, log_fails=True)
    await looked_up(house, 1)
    for looks, pause in enumerate((5, 10, 20, 30, 30, 60, 120), start=1):
        asked = len(house.sent(LOG))
        house.clock.jump(timedelta(seconds=pause - 1))
        await house.world.deps.reconciler.tick("main")
        assert len(house.sent(LOG)) == asked, "not before its time"
        house.clock.jump(timedelta(seconds=1))
        await looked_up(house, looks + 1)
        assert len(house.sent(LOG)) == asked + 1


async def test_absence_before_the_request_could_have_arrived_proves_nothing(
    house: House,
) -> None:
    await doubt(house, executed=False)
    for looks, pause in enumerate((0, 5, 10, 20, 30), start=1):
        house.clock.jump(timedelta(seconds=pause))
        await looked_up(house, looks)
    assert said(house.chat, "not carried out") == []
    house.clock.jump(timedelta(seconds=30))
    await looked_up(house, 6)
    assert said(house.chat, "not carried out") == [], "one late proof is not enough"
    house.clock.jump(timedelta(seconds=60))
    await house.shown("was not carried out")
    assert (await house.shown("Not converted")).labels == []


async def test_a_token_that_is_gone_without_a_trace_in_the_log_is_no_proof_of_absence(
    house: House,
) -> None:
    await doubt(house, executed=False)
    house.exchange.wallet.withdraw("ADA", house.free("ADA"))
    for looks in range(1, 9):
        await looked_up(house, looks)
        house.clock.jump(timedelta(minutes=5))
    assert said(house.chat, "not carried out") == []
    await house.ask("/convert", "not settled yet")


@pytest.mark.parametrize(
    ("label", "closed"),
    [
        ("It went through", "Closed by you: it went through"),
        ("It did not", "Closed by you: it did not"),
    ],
)
async def test_a_doubt_of_a_day_is_closed_by_the_owners_word(
    house: House, label: str, closed: str
) -> None:
    shown = await doubt(house, executed=False, log_fails=True)
    await house.ask("/dust", "not settled yet")
    house.clock.jump(timedelta(hours=25))
    question = await house.shown("Please look at Binance", "For 1 d 1 h")
    assert question.reply_to is shown
    data = next(b.data for row in question.buttons for b in row if b.text == label)
    assert data is not None
    answer = await question.tap(label)
    assert answer.text == "Noted."
    assert (await house.shown(closed)).id == shown.id
    await house.ask("/history", "1 conversion", "you" if label == "It did not" else "by your word")
    assert label.lower() in question.text.lower(), "the answer stands in place of the question"
    assert question.labels == []
    again = await house.chat.tap_data(question, data)
    assert again.text == "This is settled already, see /history."
    assert "not settled yet" not in (await house.ask("/dust", "3 tokens")).text


async def test_the_owner_is_asked_once(house: House) -> None:
    await doubt(house, executed=False, log_fails=True)
    house.clock.jump(timedelta(hours=25))
    await house.shown("Please look at Binance")
    for looks in range(2, 5):
        house.clock.jump(timedelta(hours=2))
        await looked_up(house, looks)
    assert len(said(house.chat, "Please look at Binance")) == 1


async def test_an_answer_that_comes_after_looking_has_settled_it_changes_nothing(
    house: House,
) -> None:
    await doubt(house, executed=True, log_fails=True)
    house.clock.jump(timedelta(hours=25))
    question = await house.shown("Please look at Binance")
    house.exchange.faults.clear()
    house.clock.jump(timedelta(hours=2))
    await house.shown("Checked", "went through", "0.00245 BNB")
    answer = await question.tap("It did not")
    assert answer.text == "This is settled already, see /history."
    await house.ask("/history", "1 conversion", "0.00245 BNB")


async def test_a_doubt_survives_restarts_and_an_exchange_that_is_away(
    empty_house: House,
) -> None:
    house = empty_house
    house.sprinkle()
    async with house.running():
        await doubt(house, executed=True, log_fails=True)
    house.exchange.faults.clear()
    house.exchange.down = True
    async with house.running():
        await looked_up(house, 1)
        await house.ask("/history", "being checked")
        house.exchange.down = False
        await house.later("went through", step=timedelta(seconds=20))
    assert len(house.sent()) == 1


async def test_an_answer_that_comes_while_looking_is_no_failure(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    await doubt(house, executed=True, log_fails=True)
    house.clock.jump(timedelta(hours=25))
    question = await house.shown("Please look at Binance")
    house.exchange.faults.clear()
    looked, asked = asyncio.Event(), len(house.sent(LOG))
    house.exchange.faults.script(LOG, faults.hold(looked))
    house.clock.jump(timedelta(hours=2))
    await house.exchange.wait_request(lambda _: len(house.sent(LOG)) > asked)
    await question.tap("It did not")
    await house.shown("Closed by you")
    looked.set()
    await look_again(house)
    await house.shown("did go through", "0.00245 BNB")
    assert "Traceback" not in caplog.text
    await house.ask("/history", "1 conversion", "Corrected from Binance's log")


async def test_a_doubt_of_which_only_a_part_went_through_is_told_so(house: House) -> None:
    house.exchange.rules.passed_over.add("ADA")
    shown = await doubt(house, executed=True)
    house.clock.jump(timedelta(seconds=100))
    told = await house.later("only 2 of 3", "0.00147 BNB")
    assert told.reply_to is shown
    await house.shown("Only 2 of 3 tokens were converted")
