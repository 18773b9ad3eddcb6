"""Misbehaviour on demand, as the client meets it."""

import asyncio
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import ChatMigrated, Forbidden, NetworkError, RetryAfter, TimedOut

from sandbox.telegram import BadGateway, Chat, Delay, Drop, Refuse, TelegramSandbox


async def test_flood_control_names_the_pause(tg: TelegramSandbox, bot: Bot, chat: Chat) -> None:
    tg.faults.script("sendMessage", Refuse.flood(7))
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(chat.id, "x")
    assert caught.value.retry_after == timedelta(seconds=7)
    assert (await bot.send_message(chat.id, "x")).text == "x"
    assert len(chat.messages) == 1


async def test_a_migrated_group_names_its_new_id(tg: TelegramSandbox, bot: Bot, desk: Chat) -> None:
    tg.faults.script("sendMessage", Refuse.migrated(-100500))
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(desk.id, "x")
    assert caught.value.new_chat_id == -100500


async def test_a_fault_strikes_its_method_and_chat_as_often_as_asked(
    tg: TelegramSandbox, bot: Bot, chat: Chat, desk: Chat
) -> None:
    fault = Refuse(403, "Forbidden: user is deactivated")
    tg.faults.script("sendMessage", fault, chat_id=chat.id, times=2)
    await bot.send_message(desk.id, "x")
    await bot.send_chat_action(chat.id, "typing")
    for _ in range(2):
        with pytest.raises(Forbidden, match="user is deactivated"):
            await bot.send_message(chat.id, "x")
    await bot.send_message(chat.id, "x")


async def test_it_tells_how_many_faults_still_wait(
    tg: TelegramSandbox, bot: Bot, chat: Chat
) -> None:
    tg.faults.script("sendMessage", BadGateway(), times=2)
    with pytest.raises(NetworkError):
        await bot.send_message(chat.id, "x")
    assert tg.faults.waiting == 1


async def test_cleared_faults_do_not_strike(tg: TelegramSandbox, bot: Bot, chat: Chat) -> None:
    tg.faults.script("sendMessage", BadGateway(), times=9)
    tg.faults.clear()
    assert not tg.faults.waiting
    assert (await bot.send_message(chat.id, "x")).text == "x"


@pytest.mark.parametrize("handled", [False, True])
async def test_a_dropped_connection(
    tg: TelegramSandbox, bot: Bot, chat: Chat, handled: bool
) -> None:
    tg.faults.script("sendMessage", Drop(handled))
    with pytest.raises(NetworkError):
        await bot.send_message(chat.id, "x")
    assert [message.text for message in chat.messages] == (["x"] if handled else [])
    assert [call.ok for call in tg.calls if call.method == "sendMessage"] == [handled]
    await bot.send_message(chat.id, "the next call gets through")


async def test_a_bad_gateway_is_a_network_error(tg: TelegramSandbox, bot: Bot, chat: Chat) -> None:
    tg.faults.script("sendMessage", BadGateway())
    with pytest.raises(NetworkError, match=r"(?i)bad gateway"):
        await bot.send_message(chat.id, "x")
    assert chat.messages == []


async def test_a_delayed_call_waits_for_its_release(
    tg: TelegramSandbox, bot: Bot, chat: Chat
) -> None:
    delay = Delay()
    tg.faults.script("sendMessage", delay)
    slow = asyncio.create_task(bot.send_message(chat.id, "slow"))
    await delay.reached.wait()
    await bot.send_message(chat.id, "quick")
    delay.release.set()
    await slow
    assert [message.text for message in chat.messages] == ["quick", "slow"]


async def test_a_delayed_call_takes_effect_even_if_nobody_waits_any_more(
    tg: TelegramSandbox, bot: Bot, chat: Chat
) -> None:
    delay = Delay()
    tg.faults.script("sendMessage", delay)
    with pytest.raises(TimedOut):
        await bot.send_message(chat.id, "late", read_timeout=0.05)
    delay.release.set()
    await chat.wait(lambda message: message.text == "late")


async def test_an_outage_ends_on_the_same_address(
    tg: TelegramSandbox, bot: Bot, chat: Chat
) -> None:
    await bot.send_message(chat.id, "before")
    await tg.stop()
    with pytest.raises(NetworkError):
        await bot.send_message(chat.id, "during")
    await tg.start(port=int(tg.url.rpartition(":")[2]))
    await bot.send_message(chat.id, "after")
    assert [message.text for message in chat.messages] == ["before", "after"]


async def test_stopping_ends_a_call_that_was_never_released(
    tg: TelegramSandbox, bot: Bot, chat: Chat
) -> None:
    delay = Delay()
    tg.faults.script("sendMessage", delay)
    stuck = asyncio.create_task(bot.send_message(chat.id, "stuck"))
    await delay.reached.wait()
    await tg.stop()
    with pytest.raises(NetworkError):
        await stuck
    assert chat.messages == []
