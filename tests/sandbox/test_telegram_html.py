"""Telegram's HTML as it comes back through python-telegram-bot."""

import re

import pytest
from telegram import Bot, Message
from telegram.error import BadRequest

from sandbox.telegram import Chat


async def send(bot: Bot, chat: Chat, html: str) -> Message:
    """A message in HTML."""
    return await bot.send_message(chat.id, html, "HTML")


@pytest.mark.parametrize(
    ("html", "kinds"),
    [
        ("<b>x</b><strong>y</strong>", ["bold", "bold"]),
        ("<i>x</i><em>y</em>", ["italic", "italic"]),
        ("<u>x</u><ins>y</ins>", ["underline", "underline"]),
        ("<s>x</s><strike>y</strike><del>z</del>", ["strikethrough"] * 3),
        ('<span class="tg-spoiler">x</span><tg-spoiler>y</tg-spoiler>', ["spoiler"] * 2),
        ('<a href="https://example.org/?a=1&amp;b=2">x</a>', ["text_link"]),
        ("<code>x</code><pre>y</pre>", ["code", "pre"]),
        ("<blockquote>x</blockquote>", ["blockquote"]),
        ("<blockquote expandable>x</blockquote>", ["expandable_blockquote"]),
        ("<b>x<i>y</i></b>", ["bold", "italic"]),
        ("<B>x</B>", ["bold"]),
        ("<b></b>x", []),
    ],
)
async def test_supported_tags_become_entities(
    bot: Bot, chat: Chat, html: str, kinds: list[str]
) -> None:
    assert [entity.type for entity in (await send(bot, chat, html)).entities] == kinds
    assert "<" not in chat.last.text


async def test_a_link_keeps_its_address(bot: Bot, chat: Chat) -> None:
    sent = await send(bot, chat, '<a href="https://example.org/?a=1&amp;b=>2">x</a>')
    assert sent.entities[0].url == "https://example.org/?a=1&b=>2"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("&lt;&gt;&amp;&quot;", '<>&"'),
        ("&#65;&#x42;", "AB"),
        ("a & b > c", "a & b > c"),
        ("&nbsp;&apos;&copy;", "&nbsp;&apos;&copy;"),
        ("&amp;lt;", "&lt;"),
        ("  x  ", "x"),
    ],
)
async def test_references(bot: Bot, chat: Chat, html: str, text: str) -> None:
    assert (await send(bot, chat, html)).text == text


@pytest.mark.parametrize(
    ("html", "refusal"),
    [
        ("юю<br>", 'unsupported start tag "br" at byte offset 4'),
        ("1 <2 x>", 'unsupported start tag "2" at byte offset 2'),
        ("<b>x", 'can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b><i>x</b></i>", 'expected "</i>", found "</b>"'),
        ("x <b", "unclosed start tag at byte offset 2"),
        ("<b>x</b", "unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'tag "span" must have class "tg-spoiler"'),
        ("<a href>x</a>", "expected equal sign in declaration of an attribute"),
    ],
)
async def test_what_cant_be_parsed_is_refused(
    bot: Bot, chat: Chat, html: str, refusal: str
) -> None:
    with pytest.raises(BadRequest, match=f"(?i)can't parse entities: .*{re.escape(refusal)}"):
        await send(bot, chat, html)
    assert chat.messages == []


async def test_offsets_count_utf16_units_and_follow_trimming(bot: Bot, chat: Chat) -> None:
    sent = await send(bot, chat, "\n 🧹🧹 <b>dust 🧹</b> \n")
    assert sent.text == "🧹🧹 dust 🧹"
    [bold] = sent.entities
    assert (bold.offset, bold.length) == (5, 7)
    assert sent.parse_entity(bold) == "dust 🧹"
    assert sent.text_html == "🧹🧹 <b>dust 🧹</b>"


async def test_without_parse_mode_nothing_is_parsed(bot: Bot, chat: Chat) -> None:
    sent = await bot.send_message(chat.id, "<b>&lt;")
    assert (sent.text, sent.entities) == ("<b>&lt;", ())


async def test_other_parse_modes_are_refused(bot: Bot, chat: Chat) -> None:
    with pytest.raises(BadRequest, match=r"(?i)unsupported parse_mode"):
        await bot.send_message(chat.id, "*x*", "Markdown?")
