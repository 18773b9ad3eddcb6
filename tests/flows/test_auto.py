"""/auto: off until it is confirmed; announced, once in a window, and told whatever happens."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from sandbox.binance import faults
from sandbox.telegram import Message
from tests.flows.house import DUST, House
from tests.flows.watching import delivered, look_again, said, store_of

DAY = timedelta(days=1)


@pytest.fixture
async def house(house: House) -> House:
    """Dust that has lain there for longer than a day, as the watcher has seen it."""
    await look_again(house)
    await look_again(house, after=timedelta(hours=25))
    return house


async def switch_on(house: House, *words: str) -> Message:
    """A rule with a minimum of a dollar and these terms."""
    for word in ("minimum 1", *words):
        await house.ask(f"/auto {word}", "Automatic conversion on Binance: off")
    question = await house.ask("/auto on", "by this rule from now on?")
    await question.tap("✅ Switch on")
    return await house.shown("Automatic conversion on Binance: on")


async def sent(house: House, times: int) -> None:
    """Waits until that many conversions have been sent."""
    await house.exchange.wait_request(lambda _: len(house.sent(DUST)) >= times)


async def announced(house: House, *, after: int = 0) -> Message:
    """The announcement of a run, taken by Telegram."""
    message = await house.shown("I convert 3 tokens on Binance", after=after)
    await delivered(house)
    return message


async def idle(house: House) -> None:
    """Waits until no run of the rule is under way."""
    async with asyncio.timeout(5):
        while True:
            rule = await store_of(house).auto_rules.get("main")
            if rule is None or not rule.run.conversion_id:
                return
            await asyncio.sleep(0.005)


async def test_it_is_off_and_says_what_it_would_spare(house: House) -> None:
    rule = await house.ask("/auto", "Automatic conversion on Binance: off")
    assert "once $5.00 or more has come together" in rule.text
    assert "what came or grew in the last 1 d" in rule.text
    await look_again(house, after=DAY)
    assert not house.sent(DUST)


async def test_the_question_shows_what_would_be_converted_now(house: House) -> None:
    await house.ask("/auto minimum 5", "$5.00 or more")
    await house.ask("/auto on", "it would wait: $2.50 is less than $5.00", "ADA, TRX, XRP → about")
    await house.ask("/auto minimum 1", "$1.00 or more")
    await house.ask("/auto on", "Now it would convert $2.50", "0.00245 BNB")


async def test_a_rule_acts_only_after_its_confirmation_and_its_announcement(house: House) -> None:
    await switch_on(house)
    word = await announced(house)
    assert "ADA 2, TRX 4, XRP 0.25" in word.text
    assert "You get about 0.00245 BNB" in word.text
    assert not house.sent(DUST)
    house.clock.jump(timedelta(minutes=10))
    done = await house.shown("Converted 3 tokens", "🤖 By your rule")
    assert "Received 0.00245 BNB" in done.text
    assert len(house.sent(DUST)) == 1
    await house.ask("/history", "🤖 By your rule.")


async def test_an_announced_run_can_be_stopped_and_the_rule_stays(house: House) -> None:
    await switch_on(house)
    word = await announced(house)
    await word.tap("✋ Stop this time")
    await house.shown("Stopped. Nothing was converted")
    house.clock.jump(timedelta(minutes=30))
    await house.ask("/auto", "Automatic conversion on Binance: on")
    assert not house.sent(DUST)
    await look_again(house, after=DAY)
    await house.shown("I convert 3 tokens", after=word.id)


async def test_a_rule_leaves_alone_what_is_above_the_dust_ceiling(house: House) -> None:
    await house.ask("/settings ceiling 0.75", "$0.75")
    await switch_on(house, "minimum 0.25")
    word = await house.shown("I convert 1 token on Binance", "XRP 0.25")
    await delivered(house)
    assert "ADA" not in word.text
    house.price("XRP", "4")  # a dollar by now
    house.clock.jump(timedelta(minutes=10))
    await house.shown("🤖", "Nothing was converted", after=word.id)
    assert not house.sent(DUST)


async def test_a_rule_that_is_switched_off_takes_its_run_back(house: House) -> None:
    await switch_on(house)
    word = await announced(house)
    await word.tap("Switch off")
    await house.shown("Automatic conversion on Binance: off")
    house.clock.jump(DAY * 2)
    await look_again(house)
    assert not house.sent(DUST)


async def test_a_changed_rule_waits_for_its_confirmation_again(house: House) -> None:
    await switch_on(house)
    await announced(house)
    await house.ask("/auto target USDC", "Automatic conversion on Binance: off", "into USDC")
    house.clock.jump(timedelta(minutes=30))
    await look_again(house)
    assert not house.sent(DUST)


async def test_a_consent_is_for_the_terms_that_were_shown(house: House) -> None:
    await house.ask("/auto minimum 5", "$5.00 or more")
    question = await house.ask("/auto on", "from now on?")
    await house.ask("/auto minimum 1", "$1.00 or more")
    await question.tap("✅ Switch on")
    await house.ask("/auto", "Automatic conversion on Binance: off")


async def test_what_came_lately_or_has_an_order_is_spared(house: House) -> None:
    house.exchange.wallet.deposit("XRP", Decimal("0.1"))
    house.exchange.wallet.lock("TRX", Decimal(1))
    house.exchange.wallet.deposit("USDC", Decimal(3))
    await house.ask("/auto minimum 5", "$5.00 or more")
    question = await house.ask("/auto on", "it would wait")
    assert "ADA → about" in question.text
    assert "XRP – came or grew lately" in question.text
    assert "TRX – locked in an order" in question.text
    assert "USDC – spared by the rule" in question.text


async def test_a_token_that_gets_an_order_after_the_announcement_stops_the_run(
    house: House,
) -> None:
    await switch_on(house)
    await announced(house)
    house.exchange.wallet.lock("TRX", Decimal(1))
    house.clock.jump(timedelta(minutes=10))
    await house.shown("Nothing was converted on Binance", "have changed since it was announced")
    assert not house.sent(DUST)


async def test_a_run_whose_yield_has_fallen_is_not_sent(house: House) -> None:
    await switch_on(house)
    await announced(house)
    house.price("XRP", "1")
    house.clock.jump(timedelta(minutes=10))
    await house.shown("Nothing was converted on Binance", "have changed")
    assert not house.sent(DUST)


async def test_quiet_hours_are_kept(house: House) -> None:
    hour = house.clock.now().hour
    await switch_on(house, f"quiet {(hour - 1) % 24}-{(hour + 3) % 24}")
    await look_again(house)
    assert not said(house.chat, "I convert")
    await look_again(house, after=timedelta(hours=4))
    await house.later("I convert 3 tokens", step=timedelta(minutes=15))


async def test_three_refusals_stop_the_rule(house: House) -> None:
    refusal = faults.refuse(-5005, "The residual balances of TRX is too low, Please re-choose.")
    house.exchange.faults.script(DUST, refusal, times=9)
    await switch_on(house, "announce off", "every 1h")
    for times in (1, 2, 3):
        await sent(house, times)
        await idle(house)
        house.clock.jump(timedelta(minutes=61))
    stopped = await house.shown("I have stopped the rule on Binance", "Three conversions in a row")
    assert "The last one: TRX was worth too little." in stopped.text
    assert len(house.sent(DUST)) == 3
    await stopped.tap("Switch on again…")
    await house.shown("by this rule from now on?")


async def test_a_silent_chat_hears_of_every_run(house: House) -> None:
    await house.ask("/settings silent on", "on")
    await switch_on(house)
    assert not (await announced(house)).silent
    house.clock.jump(timedelta(minutes=10))
    assert not (await house.shown("Converted 3 tokens")).silent


async def test_a_lost_answer_of_a_run_is_found_and_told(house: House) -> None:
    house.exchange.faults.script(DUST, faults.drop(execute=True))
    await switch_on(house, "announce off")
    await house.shown("No clear answer", "🤖")
    await house.later("went through", step=timedelta(seconds=10))
    assert len(house.sent(DUST)) == 1
