"""A confirmed conversion is sent at most once: the claim has one winner."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from dust.conversion import Settlement, State
from dust.model import LeftOut, Reason
from storage.store import Store
from tests.factories import NOON, a_conversion, a_fill, a_quote
from tests.storage.steps import claimed, confirm, story


async def test_the_offer_is_read_back_as_it_was_made(store: Store) -> None:
    offer = replace(a_conversion(), left_out=(LeftOut("BTC", Reason.PROTECTED),), message_id=3)
    await store.journal.add_quoted(offer)
    assert await store.journal.get(offer.id) == offer


async def test_only_an_offer_begins_a_conversion(store: Store) -> None:
    started = replace(a_conversion(), state=State.SUBMITTING)
    with pytest.raises(ValueError, match="begins as an offer"):
        await store.journal.add_quoted(started)
    assert await store.journal.get(started.id) is None


async def test_the_claim_holds_what_will_be_sent(store: Store) -> None:
    offer = a_conversion(quote=a_quote("ADA", "TRX"))
    await store.journal.add_quoted(offer)
    won = await store.journal.claim(
        offer.id,
        user_id=7,
        quote=a_quote("ADA"),
        left_out=(LeftOut("TRX", Reason.LOCKED),),
        message_id=99,
        now=NOON,
    )
    assert won is not None
    assert won == await store.journal.get(offer.id)
    assert won.quote.assets == ("ADA",)
    assert won.left_out == (LeftOut("TRX", Reason.LOCKED),)
    assert (won.state, won.attempt_at, won.message_id) == (State.SUBMITTING, NOON, 99)
    assert await store.journal.live("main") == won
    assert await story(store, offer.id) == [(None, "quoted"), ("quoted", "submitting")]


async def test_many_confirmations_at_once_have_one_winner(store: Store) -> None:
    offer = a_conversion()
    await store.journal.add_quoted(offer)
    results = await asyncio.gather(*(confirm(store, offer) for _ in range(30)))
    assert len([won for won in results if won]) == 1
    assert await story(store, offer.id) == [(None, "quoted"), ("quoted", "submitting")]


async def test_many_offers_of_an_account_at_once_have_one_winner(store: Store) -> None:
    offers = [a_conversion(chat_id=chat) for chat in range(10)]
    for offer in offers:
        await store.journal.add_quoted(offer)
    results = await asyncio.gather(*(confirm(store, offer) for offer in offers))
    assert len([won for won in results if won]) == 1


async def test_nobody_else_claims_an_offer(store: Store) -> None:
    offer = a_conversion(user_id=7)
    await store.journal.add_quoted(offer)
    assert await confirm(store, replace(offer, user_id=8)) is None
    assert await store.journal.get(offer.id) == offer


async def test_an_offer_is_claimed_until_it_expires_and_not_then(store: Store) -> None:
    offer = a_conversion()
    await store.journal.add_quoted(offer)
    assert await confirm(store, replace(offer, created_at=offer.expires_at)) is None
    last_moment = offer.expires_at - timedelta(milliseconds=1)
    assert await confirm(store, replace(offer, created_at=last_moment)) is not None


@pytest.mark.parametrize("state", [State.SUBMITTING, State.ACCEPTED, State.UNKNOWN])
async def test_a_live_conversion_blocks_its_account_and_no_other(
    store: Store, state: State
) -> None:
    live = await claimed(store)
    if state is not State.SUBMITTING:
        await store.journal.settle(live.id, Settlement(state, NOON))
    second, elsewhere = a_conversion(), a_conversion(account="spare")
    await store.journal.add_quoted(second)
    await store.journal.add_quoted(elsewhere)
    assert await confirm(store, second) is None
    assert await store.journal.get(second.id) == second
    assert await confirm(store, elsewhere) is not None


async def test_an_account_is_free_again_when_its_conversion_has_ended(store: Store) -> None:
    first = await claimed(store)
    await store.journal.settle(first.id, Settlement(State.FILLED, NOON, fills=(a_fill(),)))
    assert await store.journal.live("main") is None
    assert await claimed(store)


async def test_a_claim_without_a_message_keeps_the_known_one(store: Store) -> None:
    offer = a_conversion()
    await store.journal.add_quoted(offer)
    await store.journal.shown(offer.id, 55)
    won = await confirm(store, offer)
    assert won is not None
    assert won.message_id == 55
    await store.journal.shown(offer.id, 56)
    assert await store.journal.get(offer.id) == won
