"""A live conversion goes on as the table of moves allows, all at once or not at all."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from dust.conversion import TRANSITIONS, ClosedBy, Conversion, Settlement, State
from dust.cooldown import ConversionCooldown, LearnedFrom
from dust.notices import Outcome, Settled
from dust.refusal import Refusal, RefusalKind
from storage.store import Store
from tests.factories import NOON, a_conversion, a_fill, an_imported_conversion
from tests.storage.steps import claimed, in_doubt, queued, story, to

LATER = NOON + timedelta(minutes=2)
PAUSE = ConversionCooldown("main", NOON, LATER, LearnedFrom.SUCCESS, NOON, timedelta(hours=1))


async def brought_to(store: Store, state: State) -> Conversion:
    """A conversion in this state, on a way that exists."""
    offer = a_conversion()
    if state in (State.QUOTED, State.CANCELLED, State.EXPIRED):
        await store.journal.add_quoted(offer)
        if state is State.CANCELLED:
            await store.journal.cancel(offer.id, user_id=7, now=NOON)
        if state is State.EXPIRED:
            await store.journal.expire(offer.expires_at)
    elif state is State.NOT_EXECUTED:
        await in_doubt(store, offer)
        await store.journal.settle(offer.id, Settlement(state, NOON))
    else:
        await claimed(store, offer)
        if state is not State.SUBMITTING:
            await store.journal.settle(offer.id, Settlement(state, NOON))
    reached = await store.journal.get(offer.id)
    assert reached is not None
    assert reached.state is state
    return reached


@pytest.mark.parametrize(("before", "after"), list(itertools.product(State, State)))
async def test_settle_makes_the_moves_of_a_live_conversion_and_no_other(
    store: Store, before: State, after: State
) -> None:
    old = await brought_to(store, before)
    told = [to(7, Outcome(old.id))]
    await queued(store)
    if old.is_live and after in TRANSITIONS[before]:
        new = await store.journal.settle(old.id, Settlement(after, LATER), notices=told)
        assert new.state is after
        assert (await story(store, old.id))[-1] == (before, after)
        assert await queued(store) == told
        return
    moves = await story(store, old.id)
    with pytest.raises(ValueError, match="no way from"):
        await store.journal.settle(
            old.id, Settlement(after, LATER, fills=(a_fill(),)), notices=told, cooldown=PAUSE
        )
    assert await store.journal.get(old.id) == old
    assert await story(store, old.id) == moves
    assert await queued(store) == []
    assert await store.cooldowns.get("main") is None


async def test_a_settled_conversion_is_read_back_with_everything(store: Store) -> None:
    live = await claimed(store)
    fills = tuple(a_fill(trade_id, at=LATER) for trade_id in ("t3", "t1", "t2"))
    notices = [to(7, Outcome(live.id)), to(8, Settled(live.id))]
    settlement = Settlement(State.FILLED, LATER, fills=fills, reference="r-1", raw='{"a":1}')
    done = await store.journal.settle(live.id, settlement, notices=notices, cooldown=PAUSE)
    assert done == await store.journal.get(live.id)
    assert done == replace(
        live,
        state=State.FILLED,
        fills=fills,
        settled_at=LATER,
        reference="r-1",
        closed_by=ClosedBy.ANSWER,
    )
    assert await queued(store) == notices
    assert await store.cooldowns.get("main") == PAUSE


async def test_the_exchanges_raw_answer_is_kept(store: Store) -> None:
    live = await claimed(store)
    await store.journal.settle(live.id, Settlement(State.UNKNOWN, NOON, note="cut", raw="<html>"))
    rows = await store.database.all("SELECT note, raw FROM conversion_event ORDER BY id DESC")
    assert tuple(rows[0]) == ("cut", "<html>")


async def test_a_refusal_is_read_back_whole(store: Store) -> None:
    live = await claimed(store)
    refusal = Refusal(RefusalKind.COOLDOWN, "32110", "Only once", "ADA", timedelta(hours=1), LATER)
    done = await store.journal.settle(live.id, Settlement(State.REFUSED, LATER, refusal=refusal))
    assert done.refusal == refusal


async def test_an_accepted_one_keeps_its_reference_until_the_end(store: Store) -> None:
    live = await claimed(store)
    await store.journal.settle(live.id, Settlement(State.ACCEPTED, NOON, reference="order-9"))
    done = await store.journal.settle(live.id, Settlement(State.FILLED, LATER, fills=(a_fill(),)))
    assert done.reference == "order-9"


async def test_a_trade_belongs_to_one_conversion(store: Store) -> None:
    first = await claimed(store)
    await store.journal.settle(first.id, Settlement(State.FILLED, NOON, fills=(a_fill("t1"),)))
    second = await claimed(store)
    fills = a_fill("t2"), a_fill("t1")
    told = [to(7, Outcome(second.id))]
    with pytest.raises(ValueError, match="t1 is known"):
        await store.journal.settle(
            second.id, Settlement(State.FILLED, LATER, fills=fills), notices=told, cooldown=PAUSE
        )
    assert await store.journal.get(second.id) == second
    assert len(await store.database.all("SELECT * FROM fill")) == 1
    assert await queued(store) == []
    assert await store.cooldowns.get("main") is None


async def test_two_accounts_may_use_the_same_trade_id(store: Store) -> None:
    assert await store.journal.add_imported(an_imported_conversion([a_fill("t1")]))
    other = an_imported_conversion([a_fill("t1")], account="spare")
    assert await store.journal.add_imported(other)
    assert await store.journal.get(other.id) == other


async def test_one_answer_with_a_trade_twice_is_refused(store: Store) -> None:
    live = await claimed(store)
    twice = a_fill("t1", "ADA"), a_fill("t1", "TRX")
    with pytest.raises(ValueError, match="same trade id"):
        await store.journal.settle(live.id, Settlement(State.FILLED, NOON, fills=twice))
    assert await store.journal.get(live.id) == live


async def test_a_conversion_that_does_not_exist_is_not_settled(store: Store) -> None:
    with pytest.raises(ValueError, match="no such conversion"):
        await store.journal.settle("nothing", Settlement(State.FILLED, NOON))
