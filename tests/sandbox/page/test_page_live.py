"""What an open page is told without asking."""

import asyncio
from decimal import Decimal
from typing import Any

import aiohttp
from telegram import Bot

from sandbox.binance import BinanceEmulator
from sandbox.page import DemoPage
from sandbox.telegram import Chat, TelegramSandbox
from tests.sandbox.page.visitor import Visitor

PATIENCE = 5.0


async def next_event(socket: aiohttp.ClientWebSocketResponse, name: str) -> Any:
    async with asyncio.timeout(PATIENCE):
        while True:
            event = await socket.receive_json()
            if event["event"] == name:
                return event


async def test_the_open_page_follows_the_chat(visitor: Visitor, bot: Bot, chat: Chat) -> None:
    async with visitor.session.ws_connect(f"{visitor.url}/api/live") as socket:
        assert (await next_event(socket, "state"))["chat"]["messages"] == []
        await bot.send_chat_action(chat.id, "typing")
        await next_event(socket, "typing")
        await bot.send_message(chat.id, "one")
        assert (await next_event(socket, "message"))["message"]["text"] == "one"
        await bot.edit_message_text("two", chat.id, 1)
        edited = (await next_event(socket, "edit"))["message"]
        assert (edited["id"], edited["text"], edited["version"]) == (1, "two", 1)
        await bot.delete_message(chat.id, 1)
        assert (await next_event(socket, "delete"))["message_id"] == 1


async def test_a_page_that_comes_back_gets_everything(
    visitor: Visitor, bot: Bot, chat: Chat
) -> None:
    async with visitor.session.ws_connect(f"{visitor.url}/api/live") as socket:
        await next_event(socket, "state")
    await bot.send_message(chat.id, "missed")
    async with visitor.session.ws_connect(f"{visitor.url}/api/live") as socket:
        (message,) = (await next_event(socket, "state"))["chat"]["messages"]
    assert message["text"] == "missed"


async def test_other_peoples_chats_stay_theirs(
    visitor: Visitor, tg: TelegramSandbox, bot: Bot, chat: Chat
) -> None:
    other = tg.private(tg.person(2002, "Cora"))
    async with visitor.session.ws_connect(f"{visitor.url}/api/live") as socket:
        await next_event(socket, "state")
        await bot.send_message(other.id, "not for you")
        await bot.send_message(chat.id, "for you")
        assert (await next_event(socket, "message"))["message"]["text"] == "for you"


async def test_the_open_page_follows_the_market_and_the_menu(
    visitor: Visitor, bot: Bot, exchange: BinanceEmulator
) -> None:
    async with visitor.session.ws_connect(f"{visitor.url}/api/live") as socket:
        await next_event(socket, "state")
        exchange.wallet.deposit("BNB", Decimal("0.5"))
        assert (await next_event(socket, "market"))["market"]["bnb"] == "0.50000000"
        await bot.set_my_commands([("dust", "Show the dust")])
        assert (await next_event(socket, "bot"))["bot"]["commands"][0]["command"] == "dust"


async def test_stopping_says_goodbye_to_open_pages(visitor: Visitor, page: DemoPage) -> None:
    async with visitor.session.ws_connect(f"{visitor.url}/api/live") as socket:
        await next_event(socket, "state")
        stopping = asyncio.create_task(page.stop())
        async with asyncio.timeout(PATIENCE):
            while (await socket.receive()).type is aiohttp.WSMsgType.TEXT:
                pass
        await stopping
        assert socket.close_code == aiohttp.WSCloseCode.GOING_AWAY
