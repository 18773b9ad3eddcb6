"""The page over HTTP, with a real bot client on the other side."""

import asyncio
import json
import re

import aiohttp
import pytest
from telegram import Bot, BotCommandScopeChat, InlineKeyboardButton, InlineKeyboardMarkup, Update

from sandbox.telegram import Chat
from tests.sandbox.page.visitor import Visitor

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("Convert all", callback_data="ca1:main")]])


async def next_update(bot: Bot) -> Update:
    (update,) = await bot.get_updates(timeout=5, allowed_updates=[])
    return update


async def test_every_file_the_page_names_is_served_under_a_strict_policy(visitor: Visitor) -> None:
    waiting, served = ["/"], set[str]()
    while waiting:
        path = waiting.pop()
        served.add(path)
        async with visitor.session.get(visitor.url + path) as response:
            assert response.status == 200, path
            policy = response.headers["Content-Security-Policy"]
            text = await response.text()
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        named = re.findall(r"(?:src|href)=\"(/[^\"]*)\"", text)
        named += [f"/static/{file}" for file in re.findall(r"from \"\./([^\"]+)\"", text)]
        waiting += [file for file in named if file not in served]
    assert {"/static/main.js", "/static/rich_text.js", "/static/chat.css"} <= served


async def test_nothing_on_the_page_comes_from_elsewhere(visitor: Visitor) -> None:
    async with visitor.session.get(visitor.url) as response:
        assert "//" not in re.sub(r"<!--.*?-->", "", await response.text())


async def test_the_state_shows_bot_chat_and_market(visitor: Visitor, bot: Bot, chat: Chat) -> None:
    await bot.set_my_commands([("dust", "Show the dust")])
    await bot.set_my_description("Sweeps.")
    await bot.send_message(chat.id, "<b>13 &lt; 14</b>", "HTML", reply_markup=KEYS)
    state = await visitor.state()
    assert state["bot"]["commands"] == [{"command": "dust", "description": "Show the dust"}]
    assert (state["bot"]["name"], state["bot"]["about"]) == ("Dustpan", "Sweeps.")
    (message,) = state["chat"]["messages"]
    assert message["text"] == "13 < 14"
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 7}]
    assert message["buttons"][0][0]["text"] == "Convert all"
    assert [row["asset"] for row in state["market"]["wallet"]] == ["ADA", "TRX"]
    assert (await visitor.row("ADA"))["worth"] == "6.2100"


async def test_the_narrowest_command_menu_wins(visitor: Visitor, bot: Bot, chat: Chat) -> None:
    await bot.set_my_commands([("dust", "For all")])
    await bot.set_my_commands([("dust", "For you")], BotCommandScopeChat(chat.id))
    assert (await visitor.state())["bot"]["commands"][0]["description"] == "For you"


async def test_what_is_written_arrives_at_the_bot(visitor: Visitor, bot: Bot) -> None:
    status, answer = await visitor.post("/api/send", text="  /dust ")
    update = await next_update(bot)
    assert update.message is not None
    assert (update.message.text, update.message.message_id) == ("/dust", answer["id"])
    assert status == 200


async def test_a_tap_brings_the_bots_answer(visitor: Visitor, bot: Bot, chat: Chat) -> None:
    await bot.send_message(chat.id, "Dust", reply_markup=KEYS)
    tapping = asyncio.create_task(visitor.post("/api/tap", message_id=1, data="ca1:main"))
    query = (await next_update(bot)).callback_query
    assert query is not None
    await bot.answer_callback_query(query.id, "Out of date", show_alert=True)
    assert await tapping == (200, {"text": "Out of date", "show_alert": True})


@pytest.mark.parametrize(
    ("path", "inputs", "sentence"),
    [
        ("/api/send", {}, "Please give a text."),
        ("/api/send", {"text": "   "}, "Please give a text."),
        ("/api/send", {"text": "x" * 4097}, "The text is longer than 4096 characters."),
        ("/api/tap", {"message_id": 7, "data": "x"}, "This message is gone."),
        ("/api/tap", {"message_id": "7", "data": "x"}, "The message_id must be a whole number"),
        ("/api/panel/fly", {}, "There is no action fly."),
        ("/api/panel/deposit", {"asset": "ADA", "amount": "-1"}, "The amount must be above zero"),
        ("/api/panel/deposit", {"asset": "ADA", "amount": "NaN"}, "The amount must be a number"),
        ("/api/panel/deposit", {"asset": "ADA", "amount": "1e-9"}, "The amount must be above zero"),
        ("/api/panel/deposit", {"asset": "ADA", "amount": 1}, "The amount must be a number"),
        ("/api/panel/deposit", {"asset": "NOPE", "amount": "1"}, "NOPE is not traded here."),
        ("/api/panel/price", {"asset": "ADA", "percent": -100}, "The percent must be a whole"),
        ("/api/panel/price", {"asset": "NOPE", "percent": 10}, "NOPE is not traded here."),
        ("/api/panel/price", {"asset": "BTC", "percent": 10}, "Prices are counted in BTC"),
        ("/api/panel/lock", {"asset": "BNB"}, "No BNB is free."),
        ("/api/panel/unlock", {"asset": "ADA"}, "No ADA is locked."),
        ("/api/panel/latency", {"milliseconds": True}, "The milliseconds must be a whole number"),
        ("/api/panel/down", {"on": "yes"}, "The on must be true or false."),
        ("/api/panel/next", {"outcome": "magic"}, "The outcome must be one of"),
        ("/api/panel/jump", {"hours": 0}, "The hours must be a whole number from 1"),
    ],
)
async def test_bad_input_is_refused_with_a_sentence(
    visitor: Visitor, path: str, inputs: dict[str, object], sentence: str
) -> None:
    status, answer = await visitor.post(path, **inputs)
    assert (status, answer["error"].startswith(sentence)) == (400, True), answer


@pytest.mark.parametrize("body", ["", "{", "[]", '"x"'])
async def test_what_is_no_json_object_is_refused(visitor: Visitor, body: str) -> None:
    headers = {"Content-Type": "application/json"}
    url = f"{visitor.url}/api/send"
    async with visitor.session.post(url, data=body, headers=headers) as response:
        assert (response.status, "JSON" in (await response.json())["error"]) == (400, True)


async def test_another_site_can_neither_act_nor_listen(visitor: Visitor, chat: Chat) -> None:
    foreign = {"Origin": "http://elsewhere.example"}
    url = f"{visitor.url}/api/send"
    async with visitor.session.post(url, json={"text": "hi"}, headers=foreign) as response:
        assert response.status == 403
    async with visitor.session.post(url, data=json.dumps({"text": "hi"})) as response:
        assert response.status == 400
    with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
        await visitor.session.ws_connect(f"{visitor.url}/api/live", headers=foreign)
    assert chat.messages == []


async def test_a_file_from_the_bot_can_be_opened(visitor: Visitor, bot: Bot, chat: Chat) -> None:
    await bot.send_document(chat.id, b"a,b\n", filename="history.csv")
    async with visitor.session.get(f"{visitor.url}/api/documents/1") as response:
        assert (await response.read(), response.status) == (b"a,b\n", 200)
        assert "history.csv" in response.headers["Content-Disposition"]
    async with visitor.session.get(f"{visitor.url}/api/documents/2") as response:
        assert response.status == 404
