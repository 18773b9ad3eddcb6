"""Sending, editing and deleting, with python-telegram-bot as the client."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from telegram.error import BadRequest, Forbidden

from sandbox.telegram import Chat, TelegramSandbox


def keys(*labels: str) -> InlineKeyboardMarkup:
    """One row of buttons whose data is their label."""
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=label)] for label in labels]
    )


async def test_a_message_shows_its_text_source_and_buttons(bot: Bot, chat: Chat) -> None:
    sent = await bot.send_message(
        chat.id, "<b>ADA</b> &lt;1", "HTML", reply_markup=keys("Convert", "Later")
    )
    shown = chat.last
    assert (shown.id, shown.text, shown.html) == (sent.message_id, "ADA <1", "<b>ADA</b> &lt;1")
    assert shown.labels == ["Convert", "Later"]
    assert sent.text_html == "<b>ADA</b> &lt;1"
    assert sent.reply_markup == keys("Convert", "Later")
    assert sent.from_user is not None
    assert sent.from_user.is_bot


async def test_silence_and_replies_are_kept(bot: Bot, chat: Chat) -> None:
    question = await chat.send("what lies there?")
    sent = await bot.send_message(
        chat.id, "dust", disable_notification=True, reply_parameters=ReplyParameters(question)
    )
    assert chat.last.silent
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.message_id == question


async def test_a_reply_to_nothing_is_refused_unless_allowed(bot: Bot, chat: Chat) -> None:
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(chat.id, "dust", reply_parameters=ReplyParameters(99))
    lenient = ReplyParameters(99, allow_sending_without_reply=True)
    assert (await bot.send_message(chat.id, "dust", reply_parameters=lenient)).text == "dust"


@pytest.mark.parametrize("text", [" ", "<b></b>", "\n&#32;"])
async def test_an_empty_text_is_refused(bot: Bot, chat: Chat, text: str) -> None:
    with pytest.raises(BadRequest, match="Message text is empty"):
        await bot.send_message(chat.id, text, "HTML")
    assert chat.messages == []


async def test_4096_characters_count_after_parsing(bot: Bot, chat: Chat) -> None:
    await bot.send_message(chat.id, "<b>" + "&amp;" * 4096 + "</b>", "HTML")
    assert chat.last.text == "&" * 4096
    with pytest.raises(BadRequest, match="Message is too long"):
        await bot.send_message(chat.id, "x" * 4097)
    with pytest.raises(BadRequest, match=r"(?i)message_too_long"):
        await bot.edit_message_text("x" * 4097, chat.id, chat.last.id)
    assert chat.last.text == "&" * 4096


async def test_an_edit_changes_the_message_and_drops_the_keyboard(bot: Bot, chat: Chat) -> None:
    sent = await bot.send_message(chat.id, "asking", reply_markup=keys("Confirm"))
    edited = await bot.edit_message_text("<i>done</i>", chat.id, sent.message_id, parse_mode="HTML")
    assert not isinstance(edited, bool)
    assert edited.edit_date is not None
    assert (chat.last.text, chat.last.labels, chat.last.version) == ("done", [], 1)


async def test_an_edit_without_change_is_refused(bot: Bot, chat: Chat) -> None:
    sent = await bot.send_message(chat.id, "<b>same</b>", "HTML", reply_markup=keys("A"))
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text(
            "<strong>same</strong>",
            chat.id,
            sent.message_id,
            parse_mode="HTML",
            reply_markup=keys("A"),
        )
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(chat.id, sent.message_id, reply_markup=keys("A"))
    await bot.edit_message_text("same", chat.id, sent.message_id, reply_markup=keys("A"))
    await bot.edit_message_reply_markup(chat.id, sent.message_id)
    assert (chat.last.version, chat.last.labels) == (2, [])


async def test_only_own_existing_messages_can_be_edited(bot: Bot, chat: Chat) -> None:
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", chat.id, 99)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", chat.id, await chat.send("mine"))


async def test_deleting(bot: Bot, chat: Chat, desk: Chat) -> None:
    sent = await bot.send_message(chat.id, "gone soon")
    await bot.delete_message(chat.id, sent.message_id)
    assert chat.messages == []
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(chat.id, sent.message_id)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", chat.id, sent.message_id)
    await bot.delete_message(chat.id, await chat.send("a person's, in private"))
    own = await bot.send_message(desk.id, "the bot's, in a group")
    await bot.delete_message(desk.id, own.message_id)
    assert chat.messages == desk.messages == []
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(desk.id, await desk.send("mine"))


@pytest.mark.parametrize("data", ["x" * 65, "ю" * 33])
async def test_button_data_is_limited_in_bytes(bot: Bot, chat: Chat, data: str) -> None:
    row = [InlineKeyboardButton("A", callback_data=data)]
    with pytest.raises(BadRequest, match=r"(?i)button_data_invalid"):
        await bot.send_message(chat.id, "x", reply_markup=InlineKeyboardMarkup([row]))


async def test_buttons_at_their_limits_are_accepted(bot: Bot, chat: Chat) -> None:
    rows = [[InlineKeyboardButton("A", callback_data="x" * 64)] * 4 for _ in range(25)]
    await bot.send_message(chat.id, "x", reply_markup=InlineKeyboardMarkup(rows))
    assert len(chat.last.labels) == 100
    extra = InlineKeyboardMarkup([*rows, [InlineKeyboardButton("B", url="https://example.org")]])
    with pytest.raises(BadRequest, match=r"(?i)reply_markup_too_long"):
        await bot.edit_message_reply_markup(chat.id, chat.last.id, reply_markup=extra)


@pytest.mark.parametrize(
    ("button", "refusal"),
    [
        (InlineKeyboardButton(" ", callback_data="a"), "(?i)text must be non-empty"),
        (InlineKeyboardButton("A"), "(?i)text buttons are unallowed"),
        (InlineKeyboardButton("A", callback_data=""), "(?i)text buttons are unallowed"),
        (InlineKeyboardButton("A", url="example"), "(?i)is invalid"),
    ],
)
async def test_bad_buttons_are_refused(
    bot: Bot, chat: Chat, button: InlineKeyboardButton, refusal: str
) -> None:
    with pytest.raises(BadRequest, match=refusal):
        await bot.send_message(chat.id, "x", reply_markup=InlineKeyboardMarkup([[button]]))
    assert chat.messages == []


async def test_a_document_arrives_with_name_content_and_caption(bot: Bot, chat: Chat) -> None:
    sent = await bot.send_document(
        chat.id, b"date,amount\n", caption="<b>2026</b>", parse_mode="HTML", filename="tax.csv"
    )
    received = chat.last.document
    assert received is not None
    assert (received.name, received.content, chat.last.text) == (
        "tax.csv",
        b"date,amount\n",
        "2026",
    )
    assert sent.document is not None
    assert sent.document.file_size == 12
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("x", chat.id, sent.message_id)
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_document(chat.id, b"x", caption="x" * 1025)


async def test_unknown_and_blocked_chats(bot: Bot, chat: Chat, desk: Chat) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(4711, "x")
    chat.block()
    desk.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(chat.id, "x")
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(desk.id, "x")
    chat.unblock()
    assert (await bot.send_message(chat.id, "x")).text == "x"


async def test_message_numbers_are_each_chats_own(
    bot: Bot, chat: Chat, desk: Chat, tg: TelegramSandbox
) -> None:
    here, there = await bot.send_message(chat.id, "x"), await bot.send_message(desk.id, "x")
    assert here.message_id == there.message_id
    assert [call.chat_id for call in tg.calls if call.method == "sendMessage"] == [chat.id, desk.id]
