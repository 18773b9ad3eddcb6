"""/auto in the chat: step by step, with buttons, in a group, and where Telegram does not listen."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from sandbox.telegram import Chat, Message
from sandbox.telegram.faults import Delay
from tests.flows.house import DUST, House
from tests.flows.test_auto import idle
from tests.flows.test_groups import GROUP, MAY_NOT
from tests.flows.watching import look_again, said

STEPS = (
    ("How much must have come together?", "1"),
    ("At most how often?", "12h"),
    ("Into what?", "USDC"),
    ("Which tokens shall always be left alone?", "Next ›"),
    ("In which hours shall nothing happen?", "off"),
    ("For how many hours is a new token left alone?", "0 h"),
    ("How much of the exchange's own token is kept for fees?", "0"),
    ("How long before shall I tell you?", "10m"),
)


@pytest.fixture
async def group(empty_house: House) -> AsyncIterator[Chat]:
    """A group with Anna and Ben, who may act, and Carl, who may not."""
    house = empty_house
    house.sprinkle()
    ben, carl = house.telegram.person(2002, "Ben"), house.telegram.person(3003, "Carl")
    made = house.telegram.group(GROUP, "Traders", [house.anna, ben, carl])
    async with house.running(allowed_chats=[1001, GROUP], allowed_users=[1001, 2002]):
        await house.looked()
        yield made


async def shown(chat: Chat, *containing: str) -> Message:
    return await chat.wait(lambda m: all(text in m.text for text in containing))


async def test_auto_on_walks_through_the_rule_to_the_question(house: House) -> None:
    step = await house.ask("/auto on", "1 of 8", STEPS[0][0], "Now: $5.00")
    for number, (asked, button) in enumerate(STEPS, start=1):
        await house.shown(f"{number} of 8", asked)
        await step.tap(button)
    question = await house.shown("by this rule from now on?", "$1.00 or more", "into USDC")
    assert "at most once in 12 h" in question.text
    assert "at any hour" in question.text
    assert "what came or grew" not in question.text
    await question.tap("✅ Switch on")
    await house.shown("Automatic conversion on Binance: on")


async def test_a_step_can_be_kept_gone_back_from_and_left(house: House) -> None:
    step = await house.ask("/auto on", "1 of 8")
    await step.tap("Keep ›")
    await house.shown("2 of 8", "Now: 1 d")
    await step.tap("‹")
    await house.shown("1 of 8")
    await step.tap("To the end »")
    question = await house.shown("by this rule from now on?", "$5.00 or more")
    await question.tap("Step by step")
    await house.shown("1 of 8")
    assert not house.sent(DUST)
    await house.ask("/auto", "Automatic conversion on Binance: off")


async def test_topics_are_set_with_buttons_or_typed(house: House) -> None:
    rule = await house.ask("/auto", "off")
    await rule.tap("How often")
    await house.shown("At most how often?", "Now: 1 d")
    await rule.tap("7d")
    await house.shown("at most once in 7 d")
    await rule.tap("Target")
    await house.shown("Into what?")
    await rule.tap("USDC")
    await house.shown("into USDC")
    await house.ask("/auto spare ada", "ADA")
    await house.ask("/auto unspare btc", "but not BTC")
    await house.ask("/auto nonsense 3", "These work")


async def test_spared_tokens_are_ticked(house: House) -> None:
    await house.ask("/auto spare ada", "ADA")
    rule = await house.ask("/auto", "off")
    await rule.tap("Spared tokens")
    await house.shown("Which tokens shall always be left alone?")
    await rule.tap("☑ ADA")
    await rule.tap("☑ BTC")
    await house.chat.wait(lambda m: m is rule and "☐ BTC" in m.labels)
    assert "☑ ETH" in rule.labels
    await rule.tap("‹ Back")
    await house.shown("but not BTC")


async def test_a_member_who_may_only_look_neither_switches_nor_stops(
    empty_house: House, group: Chat
) -> None:
    house = empty_house
    ben, carl = house.telegram.person(2002, "Ben"), house.telegram.person(3003, "Carl")
    await group.send("/auto minimum 1", sender=carl)
    await shown(group, MAY_NOT)
    await group.send("/auto minimum 1", sender=house.anna)
    await shown(group, "$1.00 or more")
    await group.send("/auto hours 0", sender=house.anna)
    await group.wait(lambda m: "$1.00" in m.text and "came or grew" not in m.text)
    await group.send("/auto on", sender=house.anna)
    question = await shown(group, "by this rule from now on?", "what you protect")
    assert (await question.tap("✅ Switch on", carl)).text == MAY_NOT
    await question.tap("✅ Switch on", house.anna)
    word = await shown(group, "I convert 3 tokens")
    assert (await word.tap("✋ Stop this time", carl)).text == MAY_NOT
    await word.tap("✋ Stop this time", ben)
    await shown(group, "Stopped. Nothing was converted")
    house.clock.jump(timedelta(minutes=30))
    await look_again(house)
    assert not house.sent(DUST)


async def test_the_chat_where_it_was_switched_on_is_told(empty_house: House, group: Chat) -> None:
    house = empty_house
    await house.ask("/auto minimum 1", "off")
    await house.ask("/auto hours 0", "off")
    await house.ask("/auto announce off", "off")
    await group.send("/auto on", sender=house.anna)
    question = await shown(group, "by this rule from now on?")
    await question.tap("✅ Switch on", house.anna)
    await shown(group, "Converted 3 tokens", "🤖")
    assert not said(house.chat, "Converted")


async def test_an_announcement_that_comes_too_late_ends_the_run(house: House) -> None:
    await house.ask("/auto minimum 1", "off")
    await house.ask("/auto hours 0", "off")
    question = await house.ask("/auto on", "from now on?")
    late = Delay()
    house.telegram.faults.script("sendMessage", late)
    await question.tap("✅ Switch on")
    await late.reached.wait()
    house.clock.jump(timedelta(minutes=10))
    await idle(house)
    late.release.set()
    await house.shown("Nothing was converted on Binance", "had not taken the announcement in time")
    assert not house.sent(DUST)
