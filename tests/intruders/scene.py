"""Who is there: the owner's people, a member who may only look, and strangers with places of their own."""

import asyncio
import logging
from dataclasses import dataclass

import pytest

from sandbox.telegram import Chat, Message, Person
from sandbox.telegram.model import ApiCall
from tests.flows.house import House

GROUP = -100500
MALLORY = 6666
ELSEWHERE = -100666
STRANGER = f"This bot is private. The owner must allow this chat first.\nYour chat id: {MALLORY}"

Look = list[tuple[int, int, str]]


@dataclass(frozen=True, slots=True)
class Scene:
    """Anna and Ben may act, Carl may look, Mallory may nothing; Anna is also in Mallory's group."""

    house: House
    group: Chat
    elsewhere: Chat
    stranger: Chat
    ben: Person
    carl: Person
    mallory: Person

    @classmethod
    def around(cls, house: House) -> "Scene":
        """The people and chats, around a house."""
        telegram = house.telegram
        ben, carl = telegram.person(2002, "Ben"), telegram.person(3003, "Carl")
        mallory = telegram.person(MALLORY, "Mallory")
        return cls(
            house=house,
            group=telegram.group(GROUP, "Traders", [house.anna, ben, carl]),
            elsewhere=telegram.group(ELSEWHERE, "Elsewhere", [mallory, house.anna]),
            stranger=telegram.private(mallory),
            ben=ben,
            carl=carl,
            mallory=mallory,
        )

    async def settled(self) -> None:
        """Waits until the bot has read every update and works on none; it must answer Anna then."""
        await self.house.telegram.wait_poll(timeout=20)
        await self.house.ask("/help", "/dust", timeout=20)
        assert self.house.world is not None
        updates = self.house.world.updates
        async with asyncio.timeout(20):
            while updates.current_concurrent_updates:  # noqa: ASYNC110 - a number, no event
                await asyncio.sleep(0.005)

    async def reviews(self) -> tuple[Message, Message]:
        """An open review of Anna, and an open selection of hers."""
        selection = await self.house.ask("/convert", "Which tokens")
        return await self.house.review_all(), selection

    def calls_to(self, *chats: Chat) -> list[ApiCall]:
        """What the bot did in these chats."""
        return [call for call in self.house.telegram.calls if call.chat_id in {c.id for c in chats}]


def data_of(message: Message) -> list[str]:
    """The data of all buttons below a message."""
    return [button.data for row in message.buttons for button in row if button.data]


def looks(chat: Chat) -> Look:
    """What stands in a chat, edits included."""
    return [(m.id, m.version, m.text) for m in chat.messages if m.sender.is_bot]


def tracebacks(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the log tells that nobody should have caused."""
    return [
        f"{record.name}: {record.getMessage()}: {record.exc_info}"
        for record in caplog.records
        if record.exc_info or record.levelno >= logging.ERROR
    ]
