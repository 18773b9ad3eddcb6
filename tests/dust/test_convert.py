"""The money path where the wires can't be made to go: crashes of the call, a database that says no, races."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from dust.conversion import Accepted, Conversion, Filled, Found, Pending, Refused, State, Undecided
from dust.convert import REVIEW_LIFETIME, ConversionService
from dust.notices import AskOwner, Outcome
from dust.ports import ExchangeAccount
from dust.reconcile import ASK_AFTER, Reconciler
from dust.refusal import Refusal, RefusalKind
from dust.remedy import Wish
from dust.review import Awaiting, Hindrance, Review, Submitted
from storage.store import Store
from tests.dust.fake_account import FakeAccount, HandClock, fills_for

CHAT, USER, MESSAGE = 1001, 1001, 7


class Desk:
    """The conversion service on a real database and a fake account."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = HandClock()
        self.account = FakeAccount()
        accounts: dict[str, ExchangeAccount] = {"main": self.account}
        self.service = ConversionService(
            accounts,
            store.journal,
            store.cooldowns,
            store.preferences,
            self.clock,
            store_pauses=(0,),
        )
        self.reconciler = Reconciler(accounts, store.journal, store.cooldowns, self.clock)

    async def review(self, *assets: str) -> Conversion:
        """An open review."""
        offered = await self.service.offer(
            "main", chat_id=CHAT, user_id=USER, wish=Wish(assets=assets or None), try_now=True
        )
        assert isinstance(offered, Review)
        return offered.conversion

    async def confirm(self, conversion: Conversion) -> Any:
        """The tap on Confirm."""
        return await self.service.confirm(conversion.id, user_id=USER, message_id=MESSAGE)

    async def now(self, conversion: Conversion) -> Conversion:
        """How it stands."""
        found = await self.store.journal.get(conversion.id)
        assert found is not None
        return found

    async def queued(self) -> list[object]:
        """What the chat will be told next."""
        return [item.addressed.notice for item in await self.store.outbox.due(self.clock.now())]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    store = await Store.open(tmp_path / "test.sqlite3")
    yield Desk(store)
    await store.close()


async def test_a_call_that_crashes_is_in_doubt_and_told_so(desk: Desk) -> None:
    desk.account.result = RuntimeError("a bug")
    conversion = await desk.review()
    assert await desk.confirm(conversion) == Submitted(conversion.id)
    assert (await desk.now(conversion)).state is State.UNKNOWN
    assert await desk.queued() == [Outcome(conversion.id)]
    assert len(desk.account.calls) == 1


async def test_an_answer_that_contradicts_the_journal_is_in_doubt(desk: Desk) -> None:
    first = await desk.review("ADA")
    desk.account.result = Filled(fills_for(first, trade="one"))
    await desk.confirm(first)
    second = await desk.review("ADA")
    await desk.confirm(second)
    assert (await desk.now(first)).state is State.FILLED
    assert (await desk.now(second)).state is State.UNKNOWN


async def test_an_outcome_is_stored_as_soon_as_the_database_takes_it(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    conversion = await desk.review()
    async with desk.store.database.transaction() as transaction:
        await transaction.run(
            "CREATE TRIGGER full BEFORE UPDATE OF state ON conversion WHEN new.state = 'filled'"
            " BEGIN SELECT raise(ABORT, 'no room'); END"
        )
    confirming = asyncio.create_task(desk.confirm(conversion))
    async with asyncio.timeout(5):
        while "could not be stored yet" not in caplog.text:  # noqa: ASYNC110 - a log line, no event
            await asyncio.sleep(0)
    async with desk.store.database.transaction() as transaction:
        await transaction.run("DROP TRIGGER full")
    await confirming
    assert (await desk.now(conversion)).state is State.FILLED
    assert len(desk.account.calls) == 1


async def test_a_review_that_ends_while_the_list_is_read_again_is_not_sent(desk: Desk) -> None:
    conversion = await desk.review()
    desk.account.while_reading = lambda: desk.clock.jump(REVIEW_LIFETIME)
    assert await desk.confirm(conversion) is Hindrance.EXPIRED
    assert desk.account.calls == []


async def test_of_two_reviews_only_the_first_confirmed_is_sent(desk: Desk) -> None:
    first, second = await desk.review("ADA"), await desk.review("TRX")
    desk.account.result = Accepted("order 1")
    await desk.confirm(first)
    answer = await desk.confirm(second)
    assert isinstance(answer, Awaiting)
    assert answer.conversion.id == first.id
    assert len(desk.account.calls) == 1


async def test_two_reviews_confirmed_at_the_same_moment_are_one_conversion(desk: Desk) -> None:
    first, second = await desk.review("ADA"), await desk.review("TRX")
    desk.account.result = Accepted("order 1")
    answers = await asyncio.gather(desk.confirm(first), desk.confirm(second))
    assert sorted(type(answer).__name__ for answer in answers) == ["Awaiting", "Submitted"]
    assert len(desk.account.calls) == 1


async def test_a_second_offer_of_the_rest_needs_a_refused_batch(desk: Desk) -> None:
    conversion = await desk.review()
    assert await desk.service.offer_rest(conversion.id, user_id=USER) is Hindrance.GONE
    desk.account.result = Refused(Refusal(RefusalKind.TOO_SMALL, "-5005", "", asset="TRX"))
    await desk.confirm(conversion)
    rest = await desk.service.offer_rest(conversion.id, user_id=USER)
    assert isinstance(rest, Review)
    assert rest.conversion.quote.assets == ("ADA",)


async def test_a_call_that_hangs_at_the_end_is_left_to_the_next_start(desk: Desk) -> None:
    conversion = await desk.review()
    hanging = asyncio.Event()

    async def hang(_: Conversion) -> Filled:
        hanging.set()
        await asyncio.Event().wait()
        raise AssertionError("never")

    desk.account.execute = hang  # type: ignore[assignment]
    confirming = asyncio.create_task(desk.confirm(conversion))
    await hanging.wait()
    assert await desk.service.drain(timedelta(0)) == 1
    await asyncio.gather(confirming, return_exceptions=True)
    assert (await desk.now(conversion)).state is State.SUBMITTING
    assert [one.id for one in await desk.store.journal.orphan(desk.clock.now())] == [conversion.id]


async def test_an_accepted_order_is_followed_until_it_is_filled(desk: Desk) -> None:
    desk.account.result = Accepted("order 1")
    conversion = await desk.review()
    await desk.confirm(conversion)
    desk.account.lookup_result = Pending()
    await desk.reconciler.tick("main")
    assert (await desk.now(conversion)).state is State.ACCEPTED
    desk.clock.jump(timedelta(minutes=1))
    desk.account.lookup_result = Found(fills_for(conversion))
    await desk.reconciler.tick("main")
    assert (await desk.now(conversion)).state is State.FILLED


async def test_an_exchange_that_proves_nothing_for_a_day_is_put_to_the_owner_once(
    desk: Desk,
) -> None:
    desk.account.result = RuntimeError("lost")
    desk.account.lookup_result = Undecided("the log can't be read")
    conversion = await desk.review()
    await desk.confirm(conversion)
    for item in await desk.store.outbox.due(desk.clock.now()):
        await desk.store.outbox.delivered(item.id)
    for _ in range(3):
        desk.clock.jump(ASK_AFTER)
        await desk.reconciler.tick("main")
    assert await desk.queued() == [AskOwner(conversion.id)]
    (asked,) = await desk.store.outbox.due(desk.clock.now())
    await desk.store.outbox.delivered(asked.id)
    assert await desk.queued() == []
