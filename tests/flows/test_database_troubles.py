"""A database that can't be written for a while: a sentence, no flood, and nothing accepted is lost."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta

import pytest

from sandbox.binance import faults
from tests.flows.house import DUST, LIST, House
from tests.flows.watching import look_again, store_of

LOCKED = "locked by another program"


async def set_up(house: House, pragma: str) -> None:
    """Changes how the bot's own connection writes."""
    async with store_of(house).database.transaction() as transaction:
        await transaction.run(f"PRAGMA {pragma}")


@asynccontextmanager
async def locked(house: House) -> AsyncIterator[None]:
    """Another program writes and does not end; the bot waits a moment only, not its five seconds."""
    await set_up(house, "busy_timeout = 20")
    path = house.settings["database_path"]
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
        async with asyncio.timeout(5):
            while True:
                try:
                    other.execute("BEGIN IMMEDIATE")
                    break
                except sqlite3.OperationalError:
                    await asyncio.sleep(0.005)
        yield


async def test_the_chat_gets_a_sentence_and_the_bot_goes_on_when_it_can(
    house: House,
) -> None:
    async with locked(house):
        await house.ask("/settings threshold 3", "I can't use my database now", LOCKED)
        await house.ask("/history", "No conversions yet")
    await house.ask("/settings threshold 3", "$3.00")
    await house.ask("/settings", "$3.00")


async def test_no_confirmation_is_followed_that_could_not_be_written_down(
    house: House,
) -> None:
    review = await house.review_all()
    async with locked(house):
        await review.tap("✅ Confirm")
        await house.shown("I can't use my database now", LOCKED)
        assert house.sent(DUST) == []
    await house.ask("/history", "No conversions yet")


async def test_an_outcome_that_can_not_be_stored_at_once_is_stored_and_shown_later(
    house: House,
) -> None:
    review = await house.review_all()
    release = asyncio.Event()
    house.exchange.faults.script(DUST, faults.hold(release, after=True))
    tap = asyncio.create_task(review.tap("✅ Confirm"))
    async with asyncio.timeout(5):
        while not house.sent(DUST):  # noqa: ASYNC110 - no event
            await asyncio.sleep(0.005)
    async with locked(house):
        release.set()
        await house.ask("/help", "/dust")
    await house.shown("Received 0.00245 BNB", timeout=20)
    await tap
    await house.ask("/history", "1 conversion")
    assert len(house.sent(DUST)) == 1


async def test_it_is_logged_once_and_the_exchange_is_not_asked_at_every_tick(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    before = len(house.sent(LIST))
    async with locked(house):
        house.clock.jump(timedelta(minutes=15))
        async with asyncio.timeout(5):
            while "can't be used" not in caplog.text:  # noqa: ASYNC110 - a line, no event
                await asyncio.sleep(0.005)
        for _ in range(20):
            await house.ask("/history", "No conversions yet")
        assert len(house.sent(LIST)) - before <= 1
    house.clock.jump(timedelta(minutes=1))
    await look_again(house)
    told = [line for line in caplog.messages if line.startswith("the database can")]
    assert [line[:25] for line in told] == [
        "the database can't be use",
        "the database can be used ",
    ]


async def test_a_full_disk_is_a_sentence_and_is_survived(house: House) -> None:
    await set_up(house, "max_page_count = 1")  # no more than there are already
    for _ in range(40):
        asked = await house.say("/convert")
        if "disk is full" in (await house.shown("", after=asked)).text:
            break
    await house.ask("/settings", "Alert threshold")
    await set_up(house, "max_page_count = 1000000")
    await house.ask("/convert", "Which tokens")
