"""The event feed a screen is drawn from."""

import json

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from sandbox.telegram import Chat, TelegramSandbox


async def test_everything_visible_is_told_in_order(
    tg: TelegramSandbox, bot: Bot, chat: Chat
) -> None:
    key = InlineKeyboardMarkup([[InlineKeyboardButton("A", callback_data="a")]])
    with tg.subscribe() as feed:
        await chat.send("a < b")
        await bot.send_chat_action(chat.id, "typing")
        await bot.send_message(chat.id, "<b>x</b>", "HTML", reply_markup=key)
        tap = chat.last.tap_nowait("A")
        await bot.answer_callback_query(tap.id, "done", show_alert=True)
        await bot.edit_message_text("y", chat.id, chat.last.id)
        await bot.delete_message(chat.id, chat.last.id)
        await bot.set_my_commands([("dust", "Show the dust")])
        chat.block()
        chat.unblock()
    events = [json.loads(json.dumps(event)) async for event in feed]
    assert [event["event"] for event in events] == [
        "message",
        "typing",
        "message",
        "tap",
        "answer",
        "edit",
        "delete",
        "commands",
        "blocked",
        "unblocked",
    ]
    written, _, sent, _, answer, edit = events[:6]
    assert (written["message"]["html"], written["message"]["from"]["is_bot"]) == (
        "a &lt; b",
        False,
    )
    assert (sent["message"]["html"], sent["message"]["text"]) == ("<b>x</b>", "x")
    assert sent["message"]["buttons"] == [[{"text": "A", "data": "a", "url": None}]]
    assert (answer["text"], answer["show_alert"], answer["message_id"]) == ("done", True, 2)
    assert (edit["message"]["version"], edit["message"]["buttons"]) == (1, [])


async def test_each_listener_hears_from_its_subscription_on(
    tg: TelegramSandbox, bot: Bot, chat: Chat
) -> None:
    early = tg.subscribe()
    await bot.send_message(chat.id, "one")
    late = tg.subscribe()
    await bot.send_message(chat.id, "two")
    await tg.stop()
    assert len([event async for event in early]) == 2
    assert len([event async for event in late]) == 1
