"""The people's side, with a whole python-telegram-bot application at the other end."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from sandbox.telegram import Chat, Person, TelegramSandbox

Context = ContextTypes.DEFAULT_TYPE


async def on_start(update: Update, context: Context) -> None:
    """Greet by name, with the deep link's code."""
    assert update.effective_chat
    assert update.effective_user
    code = " ".join(context.args or [])
    await update.effective_chat.send_message(f"hello {update.effective_user.first_name} {code}")


async def on_count(update: Update, context: Context) -> None:
    """A message that counts taps."""
    assert update.effective_chat
    key = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="1")]])
    await update.effective_chat.send_message("count 0", reply_markup=key)


async def on_tap(update: Update, context: Context) -> None:
    """Count on."""
    query = update.callback_query
    assert query
    await query.answer("counting")
    count = int(query.data or "0")
    key = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data=str(count + 1))]])
    await query.edit_message_text(f"count {count}", reply_markup=key)


@pytest.fixture
async def running(tg: TelegramSandbox, token: str) -> AsyncIterator[None]:
    """A bot that polls."""
    app: Application[Any, Any, Any, Any, Any, Any]
    app = Application.builder().token(token).base_url(f"{tg.url}/bot").build()
    app.add_handlers(
        [
            CommandHandler("start", on_start),
            CommandHandler("count", on_count),
            CallbackQueryHandler(on_tap),
        ]
    )
    async with app:
        await app.start()
        assert app.updater
        await app.updater.start_polling()
        yield
        await app.updater.stop()
        await app.stop()


@pytest.mark.usefixtures("running")
async def test_commands_in_a_private_chat_and_a_group(chat: Chat, desk: Chat, ben: Person) -> None:
    await chat.send("/start 4F2A")
    await chat.wait(lambda message: message.text == "hello Anna 4F2A")
    await desk.send("/start@another_bot", sender=ben)
    await desk.send("/start@dustpan_bot", sender=ben)
    await desk.wait(lambda message: message.text == "hello Ben")
    assert [message.sender.first_name for message in desk.messages] == ["Ben", "Ben", "Dustpan"]


@pytest.mark.usefixtures("running")
async def test_a_tap_edits_the_message(chat: Chat) -> None:
    await chat.send("/count")
    message = await chat.wait(lambda m: "count 0" in m.text)
    assert (await message.tap("More")).text == "counting"
    assert await chat.wait(lambda m: m.text == "count 1") is message
    await message.tap("Mo")
    await chat.wait(lambda m: m.version == 2)
    assert message.text == "count 2"


@pytest.mark.usefixtures("running")
async def test_waiting_can_be_limited_to_what_comes_after(chat: Chat) -> None:
    await chat.send("/count")
    first = await chat.wait(lambda m: "count" in m.text)
    again = await chat.send("/count")
    second = await chat.wait(lambda m: "count" in m.text, after=again)
    assert second.id > first.id
    assert chat.last is second


@pytest.mark.usefixtures("running")
async def test_a_vain_wait_shows_the_chat(chat: Chat) -> None:
    await chat.send("/start")
    await chat.wait(lambda m: "hello" in m.text)
    with pytest.raises(AssertionError, match=r"#1 Anna: '/start'\n.*#2 Dustpan: 'hello Anna'"):
        await chat.wait(lambda m: "/start" in m.text, timeout=0.01)


async def test_a_silent_bot_has_no_last_message(chat: Chat) -> None:
    with pytest.raises(AssertionError, match="the bot has said nothing; chat 1001 shows: nothing"):
        _ = chat.last
