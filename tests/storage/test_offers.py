"""Offers that nobody confirmed end as cancelled, superseded or expired."""

from datetime import timedelta

from dust.conversion import State
from dust.notices import Addressed, Outcome
from storage.store import Store
from tests.factories import NOON, a_conversion
from tests.storage.steps import claimed, confirm, queued, story

LATER = NOON + timedelta(minutes=5)


async def test_its_owner_cancels_an_offer_once(store: Store) -> None:
    offer = a_conversion(user_id=7)
    await store.journal.add_quoted(offer)
    assert not await store.journal.cancel(offer.id, user_id=8, now=NOON)
    assert await store.journal.cancel(offer.id, user_id=7, now=NOON)
    assert not await store.journal.cancel(offer.id, user_id=7, now=NOON)
    assert await confirm(store, offer) is None
    assert await story(store, offer.id) == [(None, "quoted"), ("quoted", "cancelled")]


async def test_a_confirmed_conversion_is_not_cancelled(store: Store) -> None:
    live = await claimed(store)
    assert not await store.journal.cancel(live.id, user_id=7, now=NOON)
    assert await store.journal.get(live.id) == live


async def test_a_new_review_takes_the_place_of_the_old_one(store: Store) -> None:
    old, new = a_conversion(), a_conversion()
    await store.journal.add_quoted(old)
    assert await store.journal.supersede(old.id, new)
    assert await confirm(store, old) is None
    assert await confirm(store, new) is not None


async def test_a_confirmed_conversion_is_not_superseded(store: Store) -> None:
    live, new = await claimed(store), a_conversion()
    assert not await store.journal.supersede(live.id, new)
    assert await store.journal.get(new.id) is None
    assert await store.journal.get(live.id) == live


async def test_offers_expire_when_their_time_is_over(store: Store) -> None:
    shown, hidden = a_conversion(chat_id=5, message_id=44), a_conversion()
    fresh = a_conversion(created_at=NOON + timedelta(seconds=1))
    live = await claimed(store)
    for offer in (shown, hidden, fresh):
        await store.journal.add_quoted(offer)
    assert await store.journal.expire(LATER) == 2
    assert await store.journal.expire(LATER) == 0
    assert await queued(store) == [Addressed(5, Outcome(shown.id), 44)]
    assert await story(store, hidden.id) == [(None, "quoted"), ("quoted", "expired")]
    assert await store.journal.get(fresh.id) == fresh
    assert await store.journal.get(live.id) == live


async def test_offers_are_no_part_of_the_history(store: Store) -> None:
    offer = a_conversion()
    await store.journal.add_quoted(offer)
    assert await store.journal.history(["main"], limit=10, offset=0) == ((), 0)
    kept = await store.journal.get(offer.id)
    assert kept is not None
    assert kept.state is State.QUOTED
