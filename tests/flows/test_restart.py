"""The bot ends, in order or at once, and what it had begun comes right."""

import asyncio
from datetime import timedelta

import pytest

from bot.run import serving
from bot.settings import Settings
from sandbox.binance import faults
from sandbox.telegram.faults import BadGateway, Drop, Refuse
from tests.flows.house import DUST, TICK, House
from tests.flows.process import bot_process
from tests.flows.watching import delivered, said, set_clock

NO_WAIT = timedelta(milliseconds=50)


async def confirm_and_reach_the_exchange(house: House) -> None:
    """Somebody confirms, and the request has arrived at the exchange."""
    review = await house.review_all()
    await review.tap("✅ Confirm")
    await house.exchange.wait_request(lambda request: request.path == DUST)


@pytest.mark.parametrize("executed", [True, False])
async def test_kill_between_intent_and_answer_recovers(empty_house: House, executed: bool) -> None:
    house = empty_house
    house.sprinkle()
    house.exchange.faults.script(DUST, faults.hang(execute=executed))
    async with bot_process(house) as process:
        await confirm_and_reach_the_exchange(house)
        await process.kill()
    await house.shown("Converting")
    async with house.running():
        await house.shown("No clear answer from Binance")
        await house.later(
            "went through" if executed else "was not carried out", step=timedelta(seconds=20)
        )
        await house.shown("Converted 3 tokens" if executed else "Not converted")
        await house.ask("/history", "1 conversion")
    assert len(house.sent()) == 1
    assert len(house.exchange.conversions) == (1 if executed else 0)


async def test_kill_after_the_answer_was_stored_tells_it_after_the_restart(
    empty_house: House,
) -> None:
    house = empty_house
    house.sprinkle()
    answered = asyncio.Event()
    house.exchange.faults.script(DUST, faults.hold(answered))
    async with bot_process(house) as process:
        review = await house.review_all()
        await review.tap("✅ Confirm")
        await house.shown("Converting")
        house.telegram.faults.script("editMessageText", BadGateway(), times=1000)
        since = len(house.telegram.calls)
        answered.set()
        await house.telegram.wait_call(lambda call: call.method == "editMessageText", since=since)
        await process.kill()
    house.telegram.faults.clear()
    house.clock.jump(timedelta(minutes=1))
    async with house.running():
        outcome = await house.shown("Converted 3 tokens", "Received 0.00245 BNB")
        assert outcome.id == review.id
        await house.ask("/history", "1 conversion")
    assert len(house.sent()) == 1


async def test_a_killed_process_leaves_the_review_that_it_showed(empty_house: House) -> None:
    house = empty_house
    house.sprinkle()
    async with bot_process(house) as process:
        review = await house.review_all()
        await process.kill()
    async with house.running():
        await review.tap("✅ Confirm")
        await house.shown("Converted 3 tokens")
    assert len(house.sent()) == 1


async def test_sigterm_waits_for_the_answer_to_a_call_in_flight(empty_house: House) -> None:
    house = empty_house
    house.sprinkle()
    answered = asyncio.Event()
    house.exchange.faults.script(DUST, faults.hold(answered, after=True))
    async with bot_process(house) as process:
        await confirm_and_reach_the_exchange(house)
        ending = asyncio.create_task(process.terminate())
        await house.telegram.world.changes.until(
            lambda: not house.telegram.world.updates.waiting or None, 5
        )
        answered.set()
        assert await ending == 0
        await house.shown("Converted 3 tokens")
        log = process.log()
    assert "Traceback" not in log
    assert "looked up at the next start" not in log


async def test_sigterm_ends_a_start_that_waits_for_telegram(empty_house: House) -> None:
    house = empty_house
    house.telegram.faults.script("getMe", BadGateway(), times=1000)
    async with bot_process(house, reachable=False) as process:
        await house.telegram.wait_call(lambda call: call.method == "getMe", timeout=20)
        assert await process.terminate() == 0
        assert "Traceback" not in process.log()


async def test_an_outage_of_telegram_is_told_in_lines_and_not_in_tracebacks(
    empty_house: House,
) -> None:
    house = empty_house
    async with bot_process(house) as process:
        since = len(house.telegram.calls)
        house.telegram.faults.script("getUpdates", Drop(handled=False))
        house.telegram.faults.script("sendMessage", Refuse.flood(1))
        await house.say("/help")
        await house.telegram.wait_call(lambda call: call.method == "sendMessage", since=since)
        await house.telegram.wait_call(
            lambda call: call.method == "getUpdates" and not call.ok, since=since
        )
        await house.telegram.wait_poll()
        assert await process.terminate() == 0
        log = process.log()
    assert "Telegram could not be asked for news" in log
    assert "Traceback" not in log


async def test_a_call_without_an_answer_is_let_go_and_looked_up_at_the_next_start(
    empty_house: House,
) -> None:
    house = empty_house
    house.sprinkle()
    house.exchange.faults.script(DUST, faults.hang(execute=True))
    settings = Settings.in_code(**house.settings)
    async with serving(
        settings, house.clock, say=house.said.append, tick=TICK, patience=NO_WAIT
    ) as world:
        house.world = world
        await house.telegram.wait_poll()
        await confirm_and_reach_the_exchange(house)
    async with house.running():
        await house.shown("No clear answer from Binance")
        await house.later("went through", step=timedelta(seconds=5))
        await house.shown("Converted 3 tokens")
    assert len(house.sent()) == 1


async def test_buttons_work_after_a_restart(empty_house: House) -> None:
    house = empty_house
    house.sprinkle()
    async with house.running():
        selection = await house.ask("/convert", "Which tokens")
        await selection.tap("☐ ADA")
        await house.shown("1 of 3 ticked")
        report = await house.ask("/dust", "3 tokens")
    async with house.running():
        await selection.tap("☐ TRX")
        await house.shown("2 of 3 ticked")
        await report.tap("Refresh")
        await selection.tap("Review 2 tokens")
        review = await house.shown("Convert 2 tokens to BNB?")
    async with house.running():
        await review.tap("✅ Confirm")
        await house.shown("Converted 2 tokens")


async def test_a_review_that_ran_out_while_the_bot_was_away_says_so(empty_house: House) -> None:
    house = empty_house
    house.sprinkle()
    async with house.running():
        review = await house.review_all()
    set_clock(house, house.clock.now() + timedelta(hours=1))
    async with house.running():
        expired = await house.shown("This review has expired")
        assert expired.id == review.id
        await delivered(house)
    assert len(said(house.chat, "expired")) == 1
    assert house.sent() == []
