"""All of a transaction is stored or nothing, and nobody's rollback takes another's rows."""

import asyncio
import sqlite3
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from dust.alerting import AlertState
from dust.notices import Outcome
from storage.db import Database
from storage.notice_queue import NoticeQueue
from storage.store import Store
from tests.factories import NOON
from tests.storage.steps import queued, to

_REMEMBER = "INSERT INTO alert_state VALUES ('main', ?, 1, NULL)"


class Mishap(Exception):
    """Something of ours went wrong within a transaction."""


async def chats(store: Store) -> set[int]:
    return {row["chat_id"] for row in await store.database.all("SELECT * FROM alert_state")}


async def test_a_rollback_takes_only_its_own_rows(store: Store) -> None:
    async def write(chat_id: int) -> None:
        async with store.database.transaction() as transaction:
            await transaction.run(_REMEMBER, chat_id)
            if chat_id % 2:
                raise Mishap

    results = await asyncio.gather(*(write(chat) for chat in range(20)), return_exceptions=True)
    assert sum(isinstance(result, Mishap) for result in results) == 10
    assert await chats(store) == set(range(0, 20, 2))


async def test_readers_see_only_what_is_committed(store: Store) -> None:
    async with store.database.transaction() as transaction:
        await transaction.run(_REMEMBER, 1)
        assert await chats(store) == set()
    assert await chats(store) == {1}


async def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(Exception, match="permission"):
        await store.database.all(_REMEMBER, 1)
    assert await chats(store) == set()


async def test_a_cancelled_transaction_leaves_nothing_and_blocks_nobody(store: Store) -> None:
    inside = asyncio.Event()

    async def linger() -> None:
        async with store.database.transaction() as transaction:
            await transaction.run(_REMEMBER, 1)
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(linger())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await store.alerts.save(AlertState("main", 2))
    assert await chats(store) == {2}


@pytest.mark.parametrize("turns", range(40))
async def test_a_cancellation_at_any_moment_leaves_all_or_nothing(store: Store, turns: int) -> None:
    told = [to(1, Outcome("a")), to(1, Outcome("b"))]
    task = asyncio.create_task(store.alerts.save(AlertState("main", 1), told))
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    stored = await chats(store) == {1}
    assert store.outbox.wake.is_set() == stored
    assert await queued(store) == (told if stored else [])
    await store.alerts.save(AlertState("main", 2))
    assert 2 in await chats(store)


async def test_a_cancellation_during_the_commit_waits_for_it(store: Store) -> None:
    told = asyncio.Event()

    async def save() -> None:
        async with store.database.transaction() as transaction:
            await transaction.run(_REMEMBER, 1)
            transaction.after_commit(told.set)
            asyncio.get_running_loop().call_soon(task.cancel)

    task = asyncio.create_task(save())
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await chats(store) == {1}
    assert told.is_set()


async def test_the_reader_is_woken_when_the_notice_is_there_to_be_read(store: Store) -> None:
    queue = NoticeQueue(lambda: NOON)

    async def fail() -> None:
        async with store.database.transaction() as transaction:
            await queue.put(transaction, [to(1, Outcome("never"))])
            raise Mishap

    with pytest.raises(Mishap):
        await fail()
    assert not queue.wake.is_set()
    async with store.database.transaction() as transaction:
        await queue.put(transaction, [to(1, Outcome("now"))])
        assert not queue.wake.is_set()
    assert queue.wake.is_set()
    assert await queued(store) == [to(1, Outcome("now"))]


@pytest.mark.parametrize("turns", range(12))
async def test_a_cancelled_opening_leaves_no_thread_behind(path: Path, turns: int) -> None:
    before = set(threading.enumerate())

    async def visit() -> None:
        database = await Database.open(path)
        await database.close()

    task = asyncio.create_task(visit())
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    for thread in set(threading.enumerate()) - before:
        thread.join(timeout=10)
        assert not thread.is_alive()


async def test_a_second_live_conversion_is_impossible_even_past_the_journal(store: Store) -> None:
    live = (
        "INSERT INTO conversion (id, account, origin, state, quote, left_out, created_at,"
        " expires_at) VALUES (?, 'main', 'chat', 'unknown', '', '', 0, 0)"
    )
    async with store.database.transaction() as transaction:
        await transaction.run(live, "first")
    with pytest.raises(sqlite3.IntegrityError):
        async with store.database.transaction() as transaction:
            await transaction.run(live, "second")


async def test_a_trade_without_its_conversion_is_impossible(store: Store) -> None:
    stray = "INSERT INTO fill VALUES ('main', 't', 'nobody', 0, 'ADA', '1', '1', '0', 0, NULL)"
    with pytest.raises(sqlite3.IntegrityError):
        async with store.database.transaction() as transaction:
            await transaction.run(stray)


async def test_an_amount_column_takes_no_fraction(store: Store) -> None:
    await store.outbox.add([to(1, Outcome("a"))])
    with pytest.raises(sqlite3.IntegrityError):
        async with store.database.transaction() as transaction:
            await transaction.run("UPDATE outbox SET queued_at = queued_at + 0.5")
    assert len(await store.outbox.due(NOON + timedelta(days=1))) == 1
