"""Taps on buttons and the bot's answers to them."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot, CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from sandbox.telegram import Chat, Person, TelegramSandbox


async def offer(bot: Bot, chat: Chat, *labels: str) -> None:
    """A message with these buttons."""
    rows = [[InlineKeyboardButton(label, callback_data=f"d:{label}")] for label in labels]
    await bot.send_message(chat.id, "offer", reply_markup=InlineKeyboardMarkup(rows))


async def next_query(bot: Bot) -> CallbackQuery:
    """The next tap the bot receives."""
    updates = await bot.get_updates(timeout=5)
    await bot.get_updates(offset=updates[-1].update_id + 1)
    query = updates[-1].callback_query
    assert query is not None
    return query


async def test_a_tap_reaches_the_bot_and_its_answer_the_person(bot: Bot, chat: Chat) -> None:
    await offer(bot, chat, "Convert all", "Choose")
    tapped = asyncio.create_task(chat.last.tap("Conv"))
    query = await next_query(bot)
    assert (query.data, query.from_user.id) == ("d:Convert all", chat.id)
    assert query.message is not None
    assert query.message.message_id == chat.last.id
    await query.answer("choose at least one", show_alert=True)
    answer = await tapped
    assert (answer.text, answer.show_alert) == ("choose at least one", True)


async def test_a_query_is_answered_once(bot: Bot, chat: Chat) -> None:
    await offer(bot, chat, "A")
    tap = chat.last.tap_nowait("A")
    await bot.answer_callback_query(tap.id)
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired"):
        await bot.answer_callback_query(tap.id)
    with pytest.raises(BadRequest, match="query id is invalid"):
        await bot.answer_callback_query("unknown")
    assert (await tap.answer()).text == ""


async def test_a_query_expires(bot: Bot, tg: TelegramSandbox, chat: Chat) -> None:
    clock = [datetime(2026, 1, 1, tzinfo=UTC)]
    tg.world.now = lambda: clock[0]
    tg.query_lifetime = timedelta(seconds=10)
    await offer(bot, chat, "A")
    in_time, late = chat.last.tap_nowait("A"), chat.last.tap_nowait("A")
    clock[0] += timedelta(seconds=10)
    await bot.answer_callback_query(in_time.id)
    clock[0] += timedelta(seconds=1)
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(late.id)


async def test_an_answer_holds_200_characters(bot: Bot, chat: Chat) -> None:
    await offer(bot, chat, "A")
    tap = chat.last.tap_nowait("A")
    with pytest.raises(BadRequest, match=r"(?i)message_too_long"):
        await bot.answer_callback_query(tap.id, "x" * 201)
    await bot.answer_callback_query(tap.id, "x" * 200)


async def test_an_unanswered_tap_is_named(bot: Bot, chat: Chat) -> None:
    await offer(bot, chat, "A")
    with pytest.raises(AssertionError, match=r"'d:A' on #1 Dustpan.*was not answered"):
        await chat.last.tap("A", timeout=0.01)


async def test_an_absent_or_ambiguous_label_is_named(bot: Bot, chat: Chat) -> None:
    await offer(bot, chat, "Select all", "Select none")
    with pytest.raises(AssertionError, match="2 tappable buttons for 'Select'"):
        chat.last.tap_nowait("Select")
    with pytest.raises(AssertionError, match=r"0 tappable .* in \['Select all', 'Select none'\]"):
        chat.last.tap_nowait("Convert")


async def test_a_stale_button_of_a_deleted_message_can_be_tapped(bot: Bot, chat: Chat) -> None:
    await offer(bot, chat, "A")
    message = chat.last
    await bot.delete_message(chat.id, message.id)
    tapped = asyncio.create_task(chat.tap_data(message, "y9:gone"))
    query = await next_query(bot)
    assert query.data == "y9:gone"
    assert query.message is not None
    assert not query.message.is_accessible
    await query.answer()
    await tapped


async def test_another_member_taps_in_a_group(bot: Bot, desk: Chat, ben: Person) -> None:
    await offer(bot, desk, "A")
    desk.last.tap_nowait("A", ben)
    assert (await next_query(bot)).from_user.id == ben.id
