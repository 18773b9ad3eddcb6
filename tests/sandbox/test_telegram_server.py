"""The HTTP side: tokens, methods, ways of sending parameters, recorded calls."""

from typing import Any

import pytest
from aiohttp import ClientSession, FormData
from telegram import Bot
from telegram.error import BadRequest, InvalidToken

from sandbox.telegram import Chat, TelegramSandbox


async def test_a_wrong_token_is_unauthorized(tg: TelegramSandbox) -> None:
    with pytest.raises(InvalidToken):
        async with Bot("4242:wrong", base_url=f"{tg.url}/bot"):
            pass
    async with ClientSession() as http, http.get(f"{tg.url}/bot4242:wrong/getMe") as answer:
        assert answer.status == 401
        assert await answer.json() == {
            "ok": False,
            "error_code": 401,
            "description": "Unauthorized",
        }


async def test_an_unknown_method_is_not_found(tg: TelegramSandbox, token: str) -> None:
    async with ClientSession() as http, http.post(f"{tg.url}/bot{token}/sendPigeon") as answer:
        assert (answer.status, (await answer.json())["description"]) == (404, "Not Found")


@pytest.mark.parametrize("way", ["query", "form", "multipart", "json"])
async def test_parameters_are_read_in_each_way(
    tg: TelegramSandbox, token: str, chat: Chat, way: str
) -> None:
    values = {"chat_id": str(chat.id), "text": "<b>x</b> & 5", "parse_mode": "HTML"}
    multipart = FormData(values, default_to_multipart=True)
    bodies: dict[str, dict[str, Any]] = {
        "query": {"params": values},
        "form": {"data": values},
        "multipart": {"data": multipart},
        "json": {"json": {**values, "chat_id": chat.id, "disable_notification": True}},
    }
    async with ClientSession() as http:
        answer = await http.post(f"{tg.url}/bot{token}/sendmessage", **bodies[way])
        assert (await answer.json())["result"]["text"] == "x & 5"
    assert chat.last.silent == (way == "json")


async def test_calls_are_recorded_with_their_outcome(
    tg: TelegramSandbox, bot: Bot, chat: Chat
) -> None:
    await bot.send_message(chat.id, "hello")
    with pytest.raises(BadRequest):
        await bot.send_message(4711, "hello")
    good = await tg.wait_call(lambda call: call.method == "sendMessage")
    bad = await tg.wait_call(lambda call: not call.ok)
    assert (good.chat_id, good.params["text"], good.ok) == (chat.id, "hello", True)
    assert (bad.chat_id, bad.description) == (4711, "Bad Request: chat not found")
    assert good.at.tzinfo is not None
    with pytest.raises(AssertionError, match=r"no such call within 0.01 s:\n.*getMe"):
        await tg.wait_call(lambda call: call.method == "leaveChat", timeout=0.01)
