"""A notice is queued exactly if what it tells of is stored, and stays until it is delivered."""

from datetime import timedelta

import pytest

from dust.alerting import AlertState
from dust.model import AccountWatch
from dust.notices import Addressed, Outcome
from storage.store import Store
from tests.factories import NOON
from tests.storage.steps import claimed, queued, to

LATER = NOON + timedelta(minutes=1)


async def test_each_chat_hears_its_oldest_notice_first(store: Store) -> None:
    a1, a2, b1 = to(1, Outcome("a1")), to(1, Outcome("a2")), to(2, Outcome("b1"))
    await store.outbox.add([a1, a2, b1])
    due = await store.outbox.due(NOON)
    assert [item.addressed for item in due] == [a1, b1]
    await store.outbox.delivered(due[0].id)
    assert [item.addressed for item in await store.outbox.due(NOON)] == [a2, b1]


async def test_a_postponed_notice_holds_back_its_own_chat_only(store: Store) -> None:
    await store.outbox.add([to(1, Outcome("a1")), to(1, Outcome("a2")), to(2, Outcome("b1"))])
    first, _ = await store.outbox.due(NOON)
    await store.outbox.postpone(first.id, LATER)
    assert [item.addressed.chat_id for item in await store.outbox.due(NOON)] == [2]
    again, _ = await store.outbox.due(LATER)
    assert again.addressed == first.addressed
    assert (first.attempts, again.attempts) == (0, 1)


async def test_a_notice_knows_its_message_and_since_when_it_waits(store: Store) -> None:
    await store.outbox.add([Addressed(1, Outcome("a1"), 77)])
    (item,) = await store.outbox.due(NOON)
    assert item.addressed == Addressed(1, Outcome("a1"), 77)
    assert item.queued_at == NOON


async def test_the_reader_is_woken_by_whoever_queues(store: Store) -> None:
    told = [to(1, Outcome("a1"))]
    live = await claimed(store)
    assert not store.outbox.wake.is_set()
    for write in (
        store.outbox.add(told),
        store.alerts.save(AlertState("main", 1), told),
        store.watches.save(AccountWatch("main"), told),
        store.journal.orphan(NOON),
    ):
        await write
        assert store.outbox.wake.is_set()
        assert await queued(store)
        store.outbox.wake.clear()
    await store.alerts.save(AlertState("main", 1))
    assert not store.outbox.wake.is_set()
    assert await store.journal.get(live.id)


async def test_a_change_that_fails_tells_nobody_and_wakes_nobody(store: Store) -> None:
    unstorable: list[Addressed] = [to(1, Outcome("fine")), to(1, object())]  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        await store.alerts.save(AlertState("main", 1, armed=False), unstorable)
    assert await store.alerts.get("main", 1) == AlertState("main", 1, armed=True)
    assert await store.outbox.due(NOON) == ()
    assert not store.outbox.wake.is_set()


async def test_an_id_is_never_used_again(store: Store) -> None:
    await store.outbox.add([to(1, Outcome("first"))])
    (first,) = await store.outbox.due(NOON)
    await store.outbox.delivered(first.id)
    await store.outbox.add([to(1, Outcome("second"))])
    await store.outbox.delivered(first.id)
    assert len(await store.outbox.due(NOON)) == 1
