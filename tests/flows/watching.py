"""Waits for what the bot does unasked: looks at the account, deliveries, reports."""

import asyncio
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
    watches = store_of(house).watches
    before = (await watches.get(account)).next_check_at
    house.clock.jump(after)
    async with asyncio.timeout(_PATIENCE):
        while (await watches.get(account)).next_check_at == before:  # noqa: ASYNC110 - a row, no event
            await asyncio.sleep(_POLL)
    await delivered(house)


async def delivered(house: House) -> None:
    """Waits until Telegram has accepted everything that was queued."""
    outbox = store_of(house).outbox
    async with asyncio.timeout(_PATIENCE):
        while await outbox.due(_FAR):  # noqa: ASYNC110 - rows, no event
            await asyncio.sleep(_POLL)


def said(chat: Chat, containing: str) -> list[Message]:
    """Every message of the bot in the chat that holds this text now."""
    return [m for m in chat.messages if m.sender.is_bot and containing in m.text]


def set_clock(house: House, moment: datetime) -> None:
    """Moves the clock to this moment (aware, later than now)."""
    house.clock.jump(moment - house.clock.now())
