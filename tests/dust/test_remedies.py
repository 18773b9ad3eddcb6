"""What the remedies share and where they differ: binding quotes, accepted orders, the cooldown."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from dust.conversion import Absent, Accepted, Filled, Found, Pending, Quote, State
from dust.errors import TargetNotOffered
from dust.model import LeftOut, Reason
from dust.notices import Outcome
from dust.refusal import RefusalKind
from dust.remedy import Remedy, Wish
from dust.review import Cooling, Hindrance, NothingToConvert, Review, Submitted
from storage.store import Store
from tests.dust.fake_account import fills_for
from tests.dust.test_convert import CHAT, USER, Desk
from tests.factories import NOON, a_line

SWAP = Wish(Remedy.SWAP, ("ADA",), "USDT")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    store = await Store.open(tmp_path / "test.sqlite3")
    desk = Desk(store)
    desk.account.quote = Quote(
        "USDT",
        (a_line("ADA", "2", "1"),),
        NOON,
        binding=True,
        remedy=Remedy.SWAP,
        reference="q1",
        valid_until=NOON + timedelta(seconds=30),
    )
    yield desk
    await store.close()


async def a_swap(desk: Desk) -> Review:
    offered = await desk.service.offer("main", chat_id=CHAT, user_id=USER, wish=SWAP)
    assert isinstance(offered, Review)
    return offered


async def test_a_binding_quote_is_confirmed_as_shown_without_reading_again(desk: Desk) -> None:
    conversion = (await a_swap(desk)).conversion
    desk.account.quote = replace(desk.account.quote, lines=())
    assert await desk.confirm(conversion) == Submitted(conversion.id)
    assert [call.quote for call in desk.account.calls] == [conversion.quote]


async def test_a_review_lives_no_longer_than_its_quote(desk: Desk) -> None:
    conversion = (await a_swap(desk)).conversion
    desk.clock.jump(timedelta(seconds=30))
    assert await desk.confirm(conversion) is Hindrance.EXPIRED
    assert desk.account.calls == []


async def test_an_expired_quote_is_renewed_in_its_place(desk: Desk) -> None:
    old = (await a_swap(desk)).conversion
    desk.clock.jump(timedelta(minutes=1))
    await desk.store.journal.expire(desk.clock.now())
    desk.account.quote = replace(
        desk.account.quote, reference="q2", valid_until=desk.clock.now() + timedelta(seconds=30)
    )
    renewed = await desk.service.offer_again(old.id, user_id=USER)
    assert isinstance(renewed, Review)
    assert await desk.confirm(renewed.conversion) == Submitted(renewed.conversion.id)
    assert [call.quote.reference for call in desk.account.calls] == ["q2"]


async def test_a_renewed_review_replaces_the_one_that_waited(desk: Desk) -> None:
    old = (await a_swap(desk)).conversion
    renewed = await desk.service.offer_again(old.id, user_id=USER)
    assert isinstance(renewed, Review)
    assert await desk.confirm(old) is Hindrance.CANCELLED
    assert desk.account.calls == []


async def test_what_is_being_converted_is_not_renewed(desk: Desk) -> None:
    desk.account.result = Accepted("order 1")
    conversion = (await a_swap(desk)).conversion
    await desk.confirm(conversion)
    again = await desk.service.offer_again(conversion.id, user_id=USER)
    assert again is Hindrance.ALREADY


async def test_nobody_else_renews_a_review(desk: Desk) -> None:
    conversion = (await a_swap(desk)).conversion
    again = await desk.service.offer_again(conversion.id, user_id=USER + 1)
    assert again is Hindrance.NOT_YOURS


async def test_an_order_that_fails_after_it_was_accepted_is_refused_at_once(desk: Desk) -> None:
    desk.account.result = Accepted("order 1")
    conversion = (await a_swap(desk)).conversion
    await desk.confirm(conversion)
    desk.account.lookup_result = Absent(final=True)
    await desk.reconciler.tick("main")
    ended = await desk.now(conversion)
    assert ended.state is State.REFUSED
    assert ended.refusal is not None
    assert ended.refusal.kind is RefusalKind.FAILED


async def test_a_doubt_that_the_exchange_denies_itself_ends_at_once(desk: Desk) -> None:
    desk.account.result = RuntimeError("lost")
    conversion = (await a_swap(desk)).conversion
    await desk.confirm(conversion)
    desk.account.lookup_result = Absent(final=True)
    await desk.reconciler.tick("main")
    assert (await desk.now(conversion)).state is State.NOT_EXECUTED


async def test_an_accepted_order_that_is_not_shown_stays_open(desk: Desk) -> None:
    desk.account.result = Accepted("order 1")
    conversion = (await a_swap(desk)).conversion
    await desk.confirm(conversion)
    desk.account.lookup_result = Absent()
    for _ in range(5):
        desk.clock.jump(timedelta(minutes=10))
        await desk.reconciler.tick("main")
    assert (await desk.now(conversion)).state is State.ACCEPTED


@pytest.mark.parametrize(
    ("went_through", "state"), [(True, State.FILLED), (False, State.NOT_EXECUTED)]
)
async def test_an_accepted_order_of_a_day_is_closed_by_the_owners_word(
    desk: Desk, went_through: bool, state: State
) -> None:
    desk.account.result = Accepted("order 1")
    conversion = (await a_swap(desk)).conversion
    await desk.confirm(conversion)
    desk.account.lookup_result = Pending()
    desk.clock.jump(timedelta(days=1))
    await desk.reconciler.tick("main")
    await desk.reconciler.close_by_owner(conversion.id, went_through=went_through)
    assert (await desk.now(conversion)).state is state


async def test_an_order_that_took_only_part_is_partly_filled(desk: Desk) -> None:
    desk.account.result = Accepted("order 1")
    conversion = (await a_swap(desk)).conversion
    await desk.confirm(conversion)
    desk.account.lookup_result = Found(fills_for(conversion), partly=True)
    await desk.reconciler.tick("main")
    assert (await desk.now(conversion)).state is State.PARTLY_FILLED


async def test_an_order_that_ends_soon_is_told_in_its_own_message_alone(desk: Desk) -> None:
    desk.account.result = Accepted("order 1")
    conversion = (await a_swap(desk)).conversion
    await desk.confirm(conversion)
    desk.account.lookup_result = Found(fills_for(conversion))
    await desk.reconciler.tick("main")
    seen = []
    while items := await desk.store.outbox.due(desk.clock.now()):
        seen += [item.addressed.notice for item in items]
        for item in items:
            await desk.store.outbox.delivered(item.id)
    assert seen == [Outcome(conversion.id)] * 2


async def test_a_swap_neither_starts_nor_heeds_the_cooldown_of_dust(desk: Desk) -> None:
    dust = replace(desk.account.quote, remedy=Remedy.DUST, binding=False)
    swap = desk.account.quote
    conversion = (await a_swap(desk)).conversion
    await desk.confirm(conversion)
    assert await desk.store.cooldowns.get("main") is None
    desk.account.quote = dust
    first = await desk.service.offer("main", chat_id=CHAT, user_id=USER, wish=Wish())
    assert isinstance(first, Review)
    await desk.confirm(first.conversion)
    again = await desk.service.offer("main", chat_id=CHAT, user_id=USER, wish=Wish())
    assert isinstance(again, Cooling)
    desk.account.quote = swap
    assert isinstance((await a_swap(desk)), Review)


async def test_a_fee_in_another_asset_is_not_taken_off_and_is_remembered(desk: Desk) -> None:
    conversion = (await a_swap(desk)).conversion
    (fill,) = fills_for(conversion)
    paid = replace(fill, gross=Decimal(5), fee=Decimal("0.001"), fee_asset="BNB")
    desk.account.result = Filled((paid,))
    await desk.confirm(conversion)
    ended = await desk.now(conversion)
    assert ended.fills == (paid,)
    assert (ended.net, ended.fee) == (Decimal(5), Decimal(0))
    assert ended.fees_elsewhere == {"BNB": Decimal("0.001")}


async def test_what_the_exchange_would_not_take_is_told_with_its_limit(desk: Desk) -> None:
    short = LeftOut("ADA", Reason.BELOW_MINIMUM, Decimal(2), Decimal(12))
    desk.account.quote = replace(desk.account.quote, lines=(), left_out=(short,))
    offered = await desk.service.offer("main", chat_id=CHAT, user_id=USER, wish=SWAP)
    assert offered == NothingToConvert((short,))


async def test_a_target_that_is_not_offered_gives_way_to_the_exchanges_own(desk: Desk) -> None:
    own = replace(desk.account.quote, target="BNB", remedy=Remedy.DUST, binding=False)

    async def prepare(wish: Wish) -> Quote:
        if wish.target is not None:
            raise TargetNotOffered(wish.target)
        return own

    desk.account.prepare = prepare  # type: ignore[method-assign, assignment]
    wish = Wish(assets=("ADA",), target="USDC")
    offered = await desk.service.offer("main", chat_id=CHAT, user_id=USER, wish=wish)
    assert isinstance(offered, Review)
    assert (offered.instead_of, offered.conversion.quote.target) == ("USDC", "BNB")
