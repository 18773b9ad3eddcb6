"""What is unknown stays in sight until it is settled."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dust.conversion import ClosedBy, Settlement, State
from dust.notices import Addressed, AskOwner, Corrected, Outcome
from storage.store import Store
from tests.factories import NOON, a_conversion, a_fill
from tests.storage.steps import claimed, in_doubt, queued, story, to

LATER = NOON + timedelta(hours=1)


async def test_what_a_dead_process_left_becomes_a_doubt_that_is_told(store: Store) -> None:
    first = await claimed(store, a_conversion(chat_id=5, message_id=44))
    second = await claimed(store, a_conversion(account="spare", chat_id=6))
    left = await store.journal.orphan(LATER)
    assert {one.id for one in left} == {first.id, second.id}
    assert {one.state for one in left} == {State.UNKNOWN}
    assert set(await queued(store)) == {
        Addressed(5, Outcome(first.id), 44),
        Addressed(6, Outcome(second.id)),
    }
    due = await store.journal.doubts(LATER)
    assert {doubt.conversion for doubt in due} == set(left)
    assert await store.journal.orphan(LATER) == ()


@pytest.mark.parametrize("state", [State.UNKNOWN, State.ACCEPTED])
async def test_a_doubt_is_looked_up_at_once(store: Store, state: State) -> None:
    live = await claimed(store)
    assert await store.journal.doubts(LATER) == ()
    await store.journal.settle(live.id, Settlement(state, NOON))
    (doubt,) = await store.journal.doubts(NOON)
    assert (doubt.conversion.id, doubt.looks, doubt.absents) == (live.id, 0, 0)
    assert doubt.next_look_at == NOON


async def test_a_look_in_vain_is_counted_and_the_next_one_waits(store: Store) -> None:
    unknown = await in_doubt(store)
    (doubt,) = await store.journal.doubts(NOON)
    later = replace(doubt, looks=3, absents=1, next_look_at=LATER)
    await store.journal.note_look(later, "no trace", NOON)
    assert await store.journal.doubts(LATER - timedelta(seconds=1)) == ()
    assert await store.journal.doubts(LATER) == (later,)
    assert (await story(store, unknown.id))[-1] == ("unknown", "unknown")


async def test_a_new_doubt_is_counted_from_the_start(store: Store) -> None:
    live = await claimed(store)
    await store.journal.settle(live.id, Settlement(State.ACCEPTED, NOON))
    (doubt,) = await store.journal.doubts(NOON)
    await store.journal.note_look(replace(doubt, looks=9, absents=1), "", NOON)
    await store.journal.settle(live.id, Settlement(State.UNKNOWN, LATER))
    (again,) = await store.journal.doubts(LATER)
    assert (again.looks, again.absents, again.next_look_at) == (0, 0, LATER)


async def test_a_look_can_be_brought_forward(store: Store) -> None:
    unknown = await in_doubt(store)
    (doubt,) = await store.journal.doubts(NOON)
    await store.journal.note_look(replace(doubt, next_look_at=LATER), "", NOON)
    await store.journal.hasten(unknown.id, NOON)
    assert len(await store.journal.doubts(NOON)) == 1


async def test_looks_that_are_asked_for_make_the_others_no_rarer(store: Store) -> None:
    unknown = await in_doubt(store)
    (doubt,) = await store.journal.doubts(NOON)
    await store.journal.note_look(replace(doubt, looks=3, next_look_at=LATER), "", NOON)
    for _ in range(5):
        await store.journal.hasten(unknown.id, NOON)
    (doubt,) = await store.journal.doubts(NOON)
    assert doubt.looks == 2


async def test_a_late_look_does_not_bring_an_ended_doubt_back(store: Store) -> None:
    unknown = await in_doubt(store)
    (doubt,) = await store.journal.doubts(NOON)
    done = await store.journal.settle(unknown.id, Settlement(State.NOT_EXECUTED, NOON))
    moves = await story(store, unknown.id)
    await store.journal.note_look(doubt, "no trace", NOON)
    await store.journal.hasten(unknown.id, NOON)
    assert await store.journal.doubts(LATER) == ()
    assert await store.journal.get(unknown.id) == done
    assert await story(store, unknown.id) == moves


async def test_the_owner_is_asked_once(store: Store) -> None:
    unknown = await in_doubt(store)
    question = [to(7, AskOwner(unknown.id))]
    await store.journal.ask_owner(unknown.id, question, LATER)
    await store.journal.ask_owner(unknown.id, question, LATER + timedelta(hours=1))
    assert await queued(store) == question
    asked = await store.journal.get(unknown.id)
    assert asked is not None
    assert asked.asked_at == LATER


async def test_nobody_is_asked_about_what_has_ended(store: Store) -> None:
    unknown = await in_doubt(store)
    done = await store.journal.settle(unknown.id, Settlement(State.NOT_EXECUTED, NOON))
    await store.journal.ask_owner(unknown.id, [to(7, AskOwner(unknown.id))], LATER)
    assert await queued(store) == []
    assert await store.journal.get(unknown.id) == done


@pytest.mark.parametrize("answer", [State.FILLED, State.NOT_EXECUTED])
async def test_what_the_owner_said_gives_way_to_the_exchanges_log(
    store: Store, answer: State
) -> None:
    unknown = await in_doubt(store)
    await store.journal.settle(unknown.id, Settlement(answer, NOON, closed_by=ClosedBy.OWNER))
    told = [to(7, Corrected(unknown.id))]
    shown = Settlement(State.FILLED, LATER, fills=(a_fill("t1"),), closed_by=ClosedBy.LOOKING)
    new = await store.journal.correct(unknown.id, shown, told)
    assert new == await store.journal.get(unknown.id)
    assert (new.state, new.corrected, new.closed_by) == (State.FILLED, True, ClosedBy.LOOKING)
    assert [fill.trade_id for fill in new.fills] == ["t1"]
    assert await queued(store) == told
    with pytest.raises(ValueError, match="is not corrected"):
        await store.journal.correct(unknown.id, replace(shown, fills=(a_fill(),)), told)


@pytest.mark.parametrize("state", [State.REFUSED, State.UNKNOWN, State.ACCEPTED])
async def test_a_proven_or_open_state_is_not_corrected(store: Store, state: State) -> None:
    live = await claimed(store)
    old = await store.journal.settle(live.id, Settlement(state, NOON))
    shown = Settlement(State.FILLED, LATER, fills=(a_fill(),))
    with pytest.raises(ValueError, match="is not corrected"):
        await store.journal.correct(live.id, shown, [to(7, Corrected(live.id))])
    assert await store.journal.get(live.id) == old
    assert await queued(store) == []


async def test_nothing_is_corrected_without_a_trade_to_show(store: Store) -> None:
    unknown = await in_doubt(store)
    old = await store.journal.settle(unknown.id, Settlement(State.NOT_EXECUTED, NOON))
    for empty in (Settlement(State.FILLED, LATER), Settlement(State.NOT_EXECUTED, LATER)):
        with pytest.raises(ValueError, match="is not corrected"):
            await store.journal.correct(unknown.id, empty, ())
    assert await store.journal.get(unknown.id) == old
