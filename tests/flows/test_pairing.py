"""How the first owner comes to be: a code on the operator's terminal, and nowhere else."""

import asyncio
import re
from datetime import timedelta

import pytest

from sandbox.telegram import Chat
from tests.flows.house import House

STRANGER = "This bot is private"


@pytest.fixture
def unowned(empty_house: House) -> House:
    """A bot that nobody may use yet, with dust in the account; not started."""
    empty_house.settings["allowed_chats"] = []
    empty_house.sprinkle()
    return empty_house


async def code_of(house: House, number: int = 1) -> str:
    """The code that the terminal shows, once so many were shown."""
    async with asyncio.timeout(5):
        while len(house.said) < number:  # noqa: ASYNC110 - a list, no event
            await asyncio.sleep(0.005)
    found = re.search(r"/start (\S+)", house.said[-1])
    assert found
    return found[1]


def chat_of_ben(house: House) -> Chat:
    return house.telegram.private(house.telegram.person(2002, "Ben"))


async def test_the_terminal_shows_a_code_and_a_link_and_the_log_shows_neither(
    unowned: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    async with unowned.running():
        code = await code_of(unowned)
        assert f"https://t.me/dustpan_bot?start={code}\n" in unowned.said[0]
        assert code not in caplog.text
    assert len(unowned.said) == 1


async def test_who_sends_the_code_is_the_owner_from_then_on(unowned: House) -> None:
    async with unowned.running():
        code = await code_of(unowned)
        sent = await unowned.say(f"/start {code}")
        await unowned.shown("This chat is the owner of the bot now", after=sent)
        await unowned.shown("Nothing is converted before you tap Confirm", after=sent)
        review = await unowned.review_all()
        await review.tap("✅ Confirm")
        await unowned.shown("Converted 3 tokens")
    async with unowned.running():
        await unowned.ask("/settings", "Currency")
        await unowned.looked()
    assert len(unowned.said) == 1, "there is an owner: no code is shown again"


async def test_the_owner_may_act_in_an_allowed_group_too(unowned: House) -> None:
    group = unowned.telegram.group(-100500, "Traders", [unowned.anna])
    async with unowned.running():
        await unowned.ask(f"/start {await code_of(unowned)}", "owner of the bot")
    async with unowned.running(allowed_chats=[-100500]):
        await group.send("/convert all")
        await group.wait(lambda message: "It can't be undone" in message.text)
        await unowned.ask("/dust", "3 tokens")


async def test_the_owner_hears_alerts(unowned: House) -> None:
    unowned.sprinkle(ADA="20")
    async with unowned.running():
        await unowned.ask(f"/start {await code_of(unowned)}", "owner of the bot")
        await unowned.looked()
        await unowned.later("of dust on Binance", step=timedelta(minutes=15))


async def test_a_wrong_code_gets_what_every_stranger_gets(unowned: House) -> None:
    async with unowned.running():
        code = await code_of(unowned)
        for wrong in ("wrong", code[:-1], f"{code}x", code.swapcase(), "é"):
            await unowned.ask(f"/start {wrong} ", STRANGER)


async def test_five_wrong_codes_close_pairing_until_the_next_start(
    unowned: House, caplog: pytest.LogCaptureFixture
) -> None:
    async with unowned.running():
        code = await code_of(unowned)
        for number in range(5):
            await unowned.ask(f"/start wrong{number}", STRANGER)
        await unowned.ask(f"/start {code}", STRANGER)
        assert "pairing is closed after 5 wrong codes" in caplog.text
        unowned.clock.jump(timedelta(minutes=16))
        await unowned.ask(f"/start {code}", STRANGER)
    assert len(unowned.said) == 1
    async with unowned.running():
        await unowned.ask(f"/start {await code_of(unowned, 2)}", "owner of the bot")


async def test_a_code_is_good_for_fifteen_minutes_and_then_renewed(unowned: House) -> None:
    async with unowned.running():
        old = await code_of(unowned)
        unowned.clock.jump(timedelta(minutes=15))
        new = await code_of(unowned, 2)
        assert new != old
        await unowned.ask(f"/start {old}", STRANGER)
        await unowned.ask(f"/start {new}", "owner of the bot")


async def test_a_code_works_once(unowned: House) -> None:
    ben = chat_of_ben(unowned)
    async with unowned.running():
        code = await code_of(unowned)
        await unowned.ask(f"/start {code}", "owner of the bot")
        await ben.send(f"/start {code}")
        await ben.wait(lambda message: STRANGER in message.text)
        unowned.clock.jump(timedelta(minutes=16))
        await unowned.ask("/dust", "3 tokens")
    assert len(unowned.said) == 1


async def test_of_two_who_send_the_code_at_once_one_becomes_the_owner(unowned: House) -> None:
    ben = chat_of_ben(unowned)
    async with unowned.running():
        code = await code_of(unowned)
        for chat in (unowned.chat, ben):
            await chat.send(f"/start {code}")
        heard = [
            await chat.wait(
                lambda m: (
                    STRANGER in m.text
                    or "What you can send" in m.text
                    or "Nothing is converted" in m.text
                )
            )
            for chat in (unowned.chat, ben)
        ]
    assert sorted(STRANGER in message.text for message in heard) == [False, True]


async def test_the_code_opens_nothing_in_a_group(unowned: House) -> None:
    group = unowned.telegram.group(-100500, "Traders", [unowned.anna])
    async with unowned.running():
        code = await code_of(unowned)
        await group.send(f"/start {code}")
        await unowned.ask(f"/start {code}", "owner of the bot")
    assert [message for message in group.messages if message.sender.is_bot] == []


async def test_no_code_is_shown_where_the_settings_allow_a_chat(house: House) -> None:
    await house.ask("/start CODE", "/dust")
    house.clock.jump(timedelta(minutes=16))
    await house.ask("/dust", "3 tokens")
    assert house.said == []
