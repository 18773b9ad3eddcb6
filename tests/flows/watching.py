"""Waits for what the bot does unasked: looks at the account, deliveries, reports."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from sandbox.telegram import Chat, Message
from storage.store import Store
from tests.flows.house import House

_PATIENCE = 5
_POLL = 0.005
_FAR = datetime(2999, 1, 1, tzinfo=UTC)


def store_of(house: House) -> Store:
    """The database of the running bot."""
    assert house.world is not None
    return house.world.store


async def look_again(
    house: House, account: str = "main", *, after: timedelta = timedelta(minutes=15)
) -> None:
    """Lets `after` pass and waits until the watcher has looked once more, whatever came of it."""
    before = await _next_look(house, account)
    house.clock.jump(after)
    async with asyncio.timeout(_PATIENCE):
        while await _next_look(house, account) == before:  # noqa: ASYNC110 - a row, no event
            await asyncio.sleep(_POLL)
    await delivered(house)


async def _next_look(house: House, account: str) -> datetime:
    """When the next look is due, once one that is due already is over."""
    watches = store_of(house).watches
    async with asyncio.timeout(_PATIENCE):
        while True:
            at = (await watches.get(account)).next_check_at
            if at is not None and at > house.clock.now():
                return at
            await asyncio.sleep(_POLL)


async def delivered(house: House) -> None:
    """Waits until Telegram has accepted everything that was queued."""
    outbox = store_of(house).outbox
    async with asyncio.timeout(_PATIENCE):
        while await outbox.due(_FAR):  # noqa: ASYNC110 - rows, no event
            await asyncio.sleep(_POLL)


async def tried(house: House, chat_id: int, times: int = 1) -> None:
    """Waits until the chat's oldest notice has failed that often; then the time of the next try is set."""
    outbox = store_of(house).outbox
    async with asyncio.timeout(_PATIENCE):
        while not any(  # noqa: ASYNC110 - a row, no event
            item.addressed.chat_id == chat_id and item.attempts >= times
            for item in await outbox.due(_FAR)
        ):
            await asyncio.sleep(_POLL)


async def muted(house: House, chat_id: int) -> None:
    """Waits until the bot has noted that the chat takes no messages."""
    chats = store_of(house).chats
    async with asyncio.timeout(_PATIENCE):
        while chat_id not in await chats.muted():  # noqa: ASYNC110 - a row, no event
            await asyncio.sleep(_POLL)


async def told_in_time(
    house: House, containing: str, *, step: timedelta = timedelta(seconds=20)
) -> Message:
    """Lets time pass for the courier, a step at a time, until the chat shows such a message."""
    for _ in range(20):
        house.clock.jump(step)
        store_of(house).outbox.wake.set()
        with suppress(AssertionError):
            return await house.shown(containing, timeout=0.1)
    return await house.shown(containing)


def said(chat: Chat, containing: str) -> list[Message]:
    """Every message of the bot in the chat that holds this text now."""
    return [m for m in chat.messages if m.sender.is_bot and containing in m.text]


def set_clock(house: House, moment: datetime) -> None:
    """Moves the clock to this moment (aware, later than now)."""
    house.clock.jump(moment - house.clock.now())
