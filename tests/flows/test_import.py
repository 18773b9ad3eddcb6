"""Conversions made on the exchange's own site: found in its log, once, and told."""

import asyncio
from datetime import timedelta

import pytest

from dust.conversion import ClosedBy, State
from sandbox.binance import faults
from tests.flows.house import DUST, LOG, House
from tests.flows.watching import delivered, look_again, said, store_of

FOUND = "Found in Binance's log"


async def test_what_was_converted_before_the_first_start_is_history_and_no_news(
    empty_house: House,
) -> None:
    house = empty_house
    house.sprinkle()
    house.exchange.website_convert(["ADA"])
    house.clock.jump(timedelta(days=40))
    async with house.running():
        await house.looked()
        await delivered(house)
        history = await house.ask("/history", "1 conversion")
        await house.ask("/convert", "Which tokens")
    assert "Made on Binance itself" in history.text
    assert said(house.chat, FOUND) == []


async def test_a_recent_conversion_found_at_the_first_start_begins_the_cooldown(
    empty_house: House,
) -> None:
    house = empty_house
    house.sprinkle()
    house.exchange.website_convert(["ADA"])
    house.clock.jump(timedelta(minutes=30))
    async with house.running():
        await house.looked()
        await house.ask("/dust", "XRP", "Next conversion probably from")
        await house.ask("/convert", "probably from", "in 5 h 30 min")


async def test_a_token_that_vanished_makes_the_log_be_read(house: House) -> None:
    house.exchange.website_convert(["XRP"])
    await look_again(house)
    [told] = said(house.chat, FOUND)
    assert "1 token converted there" in told.text
    assert "0.00049 BNB received" in told.text
    await house.ask("/history", "1 conversion", "XRP", "Made on Binance itself")


async def test_a_token_that_became_less_makes_the_log_be_read(house: House) -> None:
    house.exchange.website_convert(["ADA"])
    house.sprinkle(ADA="1")
    await look_again(house)
    assert len(said(house.chat, FOUND)) == 1


async def test_a_log_that_could_not_be_read_is_read_at_the_next_look(house: House) -> None:
    house.exchange.website_convert(["XRP"])
    house.exchange.faults.script(LOG, faults.answer_text("", 500))
    await look_again(house)
    assert said(house.chat, FOUND) == []
    await look_again(house, after=timedelta(minutes=1))
    assert len(said(house.chat, FOUND)) == 1


async def test_a_quiet_wallet_has_its_log_read_once_a_day(house: House) -> None:
    house.exchange.website_convert(["ADA"])
    house.sprinkle(ADA="2")  # as much as before: nothing to be seen
    before = len(house.sent(LOG))
    for _ in range(4):
        await look_again(house, after=timedelta(hours=5))
    assert len(house.sent(LOG)) == before
    await look_again(house, after=timedelta(hours=4, minutes=1))
    assert len(house.sent(LOG)) > before
    assert len(said(house.chat, FOUND)) == 1


async def test_a_record_is_imported_once_however_often_it_is_seen(empty_house: House) -> None:
    house = empty_house
    house.sprinkle()
    async with house.running():
        await house.looked()
        house.exchange.website_convert(["XRP"])
        await look_again(house)
        await look_again(house, after=timedelta(hours=25))
    for _ in range(2):
        async with house.running():
            await house.looked()
            await delivered(house)
            await house.ask("/history", "1 conversion")
    assert len(said(house.chat, FOUND)) == 1


async def test_a_conversion_of_ours_is_no_import(house: House) -> None:
    review = await house.review_all()
    await review.tap("✅ Confirm")
    await house.shown("Converted 3 tokens")
    await look_again(house)
    await look_again(house, after=timedelta(hours=25))
    await house.ask("/history", "1 conversion", "3 tokens")
    assert said(house.chat, FOUND) == []


async def test_a_conversion_that_was_looked_up_is_no_import(house: House) -> None:
    review = await house.review_all()
    house.exchange.faults.script(DUST, faults.drop(execute=True))
    await review.tap("✅ Confirm")
    await house.shown("No clear answer")
    house.clock.jump(timedelta(seconds=10))
    await house.shown("went through")
    await look_again(house)
    await look_again(house, after=timedelta(hours=25))
    await house.ask("/history", "1 conversion", "3 tokens")
    assert said(house.chat, FOUND) == []


async def test_a_partly_filled_conversion_is_no_import(house: House) -> None:
    review = await house.review_all()
    house.exchange.rules.passed_over.add("ADA")
    await review.tap("✅ Confirm")
    await house.shown("Only 2 of 3 tokens")
    await look_again(house)
    await look_again(house, after=timedelta(hours=25))
    await house.ask("/history", "1 conversion", "2 of 3 tokens")
    assert said(house.chat, FOUND) == []


async def test_the_log_waits_while_a_conversion_is_in_doubt(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    review = await house.review_all()
    looked = asyncio.Event()
    house.exchange.faults.script(DUST, faults.drop(execute=True))
    house.exchange.faults.script(LOG, faults.hold(looked, after=True))
    asked = len(house.sent(LOG))
    await review.tap("✅ Confirm")
    await house.shown("No clear answer")
    await house.exchange.wait_request(lambda _: len(house.sent(LOG)) > asked)
    await look_again(house)
    assert len(house.sent(LOG)) == asked + 1, "only the look-up itself has asked"
    looked.set()
    await house.shown("Checked", "went through")
    await look_again(house)
    assert len(house.sent(LOG)) > asked + 1
    await house.ask("/history", "1 conversion", "3 tokens")
    assert said(house.chat, FOUND) == []
    assert "failure" not in caplog.text


async def test_what_the_owner_closed_as_lost_is_corrected_when_the_log_shows_it(
    house: House,
) -> None:
    review = await house.review_all()
    house.exchange.faults.script(DUST, faults.drop(execute=True))
    house.exchange.faults.script(LOG, faults.answer_json({"userAssetDribblets": []}), times=1000)
    await review.tap("✅ Confirm")
    await house.shown("No clear answer")
    await look_again(house, after=timedelta(hours=25))  # the log waits for the doubt to end
    question = await house.shown("Please look at Binance")
    await question.tap("It did not")
    await house.shown("Closed by you: it did not go through")
    house.exchange.faults.clear()
    await look_again(house)
    corrected = await house.shown("did go through", "0.00245 BNB")
    assert corrected.reply_to is not None
    assert corrected.reply_to.id == review.id
    await house.ask("/history", "1 conversion", "0.00245 BNB", "Corrected from Binance's log")
    [conversion], _ = await store_of(house).journal.history(["main"], limit=9, offset=0)
    assert (conversion.state, conversion.closed_by) == (State.FILLED, ClosedBy.LOOKING)
    await look_again(house, after=timedelta(hours=25))
    assert len(said(house.chat, "did go through")) == 1


async def test_what_the_owner_closed_as_done_gets_its_figures_from_the_log(house: House) -> None:
    review = await house.review_all()
    house.exchange.faults.script(DUST, faults.drop(execute=True))
    house.exchange.faults.script(LOG, faults.answer_json({"userAssetDribblets": []}), times=1000)
    await review.tap("✅ Confirm")
    await house.shown("No clear answer")
    await look_again(house, after=timedelta(hours=25))  # the log waits for the doubt to end
    question = await house.shown("Please look at Binance")
    await question.tap("It went through")
    await house.shown("Closed by you: it went through", "About 0.00245 BNB")
    await house.ask("/history", "by your word")
    house.exchange.faults.clear()
    await look_again(house)
    await house.ask("/history", "1 conversion", "0.00245 BNB", "fee 0.00005 BNB")
    assert said(house.chat, FOUND) == []


async def test_a_conversion_made_elsewhere_amid_a_doubt_is_told_apart_from_ours(
    house: House,
) -> None:
    house.exchange.rules.cooldown = timedelta(0)
    house.sprinkle(DOGE="1")
    house.price("DOGE", "1")
    review = await house.ask("/convert ADA TRX", "It can't be undone")
    house.exchange.faults.script(DUST, faults.drop(execute=True))
    house.exchange.faults.script(LOG, faults.answer_text("<html>", 200), times=3)
    await review.tap("✅ Confirm")
    await house.shown("No clear answer")
    house.exchange.website_convert(["DOGE"])
    await house.later("Checked", "went through", "0.00196 BNB", step=timedelta(seconds=20))
    await look_again(house)
    [found] = said(house.chat, FOUND)
    assert "1 token converted there" in found.text
    await house.ask("/history", "2 conversions", "ADA, TRX", "DOGE")
    assert len(house.sent()) == 1
