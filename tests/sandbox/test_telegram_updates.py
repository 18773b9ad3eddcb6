"""Long polling: order, confirmation, conflict, kinds of updates."""

import asyncio

import pytest
from telegram import Bot, MessageEntity
from telegram.error import Conflict

from sandbox.telegram import ApiCall, Chat, Person, TelegramSandbox


def is_poll(call: ApiCall) -> bool:
    """A finished getUpdates."""
    return call.method == "getUpdates"


async def test_a_message_ends_a_waiting_poll(tg: TelegramSandbox, bot: Bot, chat: Chat) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await tg.wait_poll()
    await chat.send("hello")
    [update] = await poll
    assert update.message is not None
    assert (update.message.text, update.message.chat.id) == ("hello", chat.id)


async def test_updates_come_back_until_they_are_confirmed(bot: Bot, chat: Chat) -> None:
    for text in ("one", "two", "three"):
        await chat.send(text)
    first = await bot.get_updates(limit=2)
    assert [u.message.text for u in first if u.message] == ["one", "two"]
    assert await bot.get_updates(limit=2) == first
    rest = await bot.get_updates(offset=first[-1].update_id + 1)
    assert [u.message.text for u in rest if u.message] == ["three"]
    assert await bot.get_updates(offset=rest[-1].update_id + 1) == ()


async def test_a_negative_offset_keeps_only_the_newest(bot: Bot, chat: Chat) -> None:
    for text in ("one", "two", "three"):
        await chat.send(text)
    assert [u.message.text for u in await bot.get_updates(offset=-1) if u.message] == ["three"]
    assert len(await bot.get_updates()) == 1


async def test_the_older_of_two_pollers_is_told_of_the_conflict(
    tg: TelegramSandbox, bot: Bot, other_bot: Bot, chat: Chat
) -> None:
    older = asyncio.create_task(bot.get_updates(timeout=30))
    await tg.wait_poll()
    newer = asyncio.create_task(other_bot.get_updates(timeout=30))
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await older
    await chat.send("for the newer one")
    assert len(await newer) == 1


async def test_only_wanted_kinds_are_delivered(bot: Bot, chat: Chat) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    await chat.send("not wanted")
    assert await bot.get_updates() == ()
    await bot.get_updates(allowed_updates=[])
    await chat.send("wanted")
    assert len(await bot.get_updates()) == 1


async def test_pending_updates_can_be_counted_and_dropped(bot: Bot, chat: Chat) -> None:
    await chat.send("old")
    assert (await bot.get_webhook_info()).pending_update_count == 1
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_blocking_is_an_update(bot: Bot, chat: Chat) -> None:
    chat.block()
    chat.unblock()
    changes = [update.my_chat_member for update in await bot.get_updates()]
    statuses = [change.new_chat_member.status for change in changes if change]
    assert statuses == ["kicked", "member"]


async def test_commands_are_marked_in_utf16_units(bot: Bot, desk: Chat, ben: Person) -> None:
    await desk.send("/start 4F2A", sender=ben)
    await desk.send("🧹 please /dust@dustpan_bot, not a/b", sender=ben)
    first, second = [u.message for u in await bot.get_updates() if u.message]
    assert first.from_user == second.from_user
    assert first.parse_entities([MessageEntity.BOT_COMMAND]) == {first.entities[0]: "/start"}
    assert list(second.parse_entities().values()) == ["/dust@dustpan_bot"]
    assert second.entities[0].offset == 10


async def test_any_update_can_be_pushed(tg: TelegramSandbox, bot: Bot) -> None:
    update_id = tg.push_raw({"unheard_of": {"x": 1}})
    [update] = await bot.get_updates()
    assert update.update_id == update_id
    assert update.effective_user is None


async def test_stopping_ends_a_waiting_poll(tg: TelegramSandbox, bot: Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await tg.wait_poll()
    await tg.stop()
    assert await poll == ()
