"""What the journal tells of the past."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dust.conversion import Settlement, State
from dust.notices import Imported
from storage.store import Store
from tests.factories import NOON, a_conversion, a_fill, an_imported_conversion
from tests.storage.steps import claimed, confirm, queued, to

HOUR = timedelta(hours=1)


async def test_a_conversion_from_the_exchanges_log_is_imported_once(store: Store) -> None:
    fills = a_fill("t1"), a_fill("t2", "TRX")
    imported = an_imported_conversion(fills)
    told = [to(7, Imported(imported.id))]
    assert await store.journal.add_imported(imported, told)
    assert await store.journal.get(imported.id) == imported
    assert await queued(store) == told
    overlapping = an_imported_conversion([a_fill("t3"), a_fill("t2")])
    assert not await store.journal.add_imported(overlapping, told)
    assert await store.journal.get(overlapping.id) is None
    assert len(await store.database.all("SELECT * FROM fill")) == 2
    assert await queued(store) == []


async def test_only_executed_conversions_are_imported(store: Store) -> None:
    whole = an_imported_conversion()
    for broken in (
        replace(whole, fills=()),
        replace(whole, attempt_at=None),
        replace(whole, state=State.UNKNOWN),
        replace(a_conversion(), state=State.FILLED, attempt_at=NOON, fills=(a_fill(),)),
    ):
        with pytest.raises(ValueError, match="is imported"):
            await store.journal.add_imported(broken)
    assert await store.journal.history(["main"], limit=10, offset=0) == ((), 0)


async def test_an_import_is_possible_while_a_conversion_is_live(store: Store) -> None:
    live = await claimed(store)
    assert await store.journal.add_imported(an_imported_conversion())
    assert await store.journal.live("main") == live


async def test_a_period_holds_each_conversion_once(store: Store) -> None:
    times = [NOON + n * HOUR for n in range(5)]
    for at in times:
        await store.journal.add_imported(an_imported_conversion(at=at))
    await store.journal.add_imported(an_imported_conversion(at=times[1], account="spare"))
    first = await store.journal.settled_between("main", times[0], times[2])
    second = await store.journal.settled_between("main", times[2], times[4])
    assert [one.attempt_at for one in first] == times[1:3]
    assert [one.attempt_at for one in second] == times[3:]


async def test_the_history_pages_from_the_newest_on(store: Store) -> None:
    made = [an_imported_conversion(at=NOON + n * HOUR) for n in range(5)]
    for one in made:
        await store.journal.add_imported(one)
    spare = an_imported_conversion(at=NOON + 9 * HOUR, account="spare")
    await store.journal.add_imported(spare)
    live = await claimed(store, a_conversion(created_at=NOON - HOUR))
    first, size = await store.journal.history(["main"], limit=3, offset=0)
    rest, _ = await store.journal.history(["main"], limit=3, offset=3)
    assert [*first, *rest] == [*reversed(made), live]
    assert size == 6
    assert (await store.journal.history(["main", "spare"], limit=1, offset=0)) == ((spare,), 7)
    assert await store.journal.history([], limit=9, offset=0) == ((), 0)


async def test_the_last_success_goes_by_the_exchanges_clock(store: Store) -> None:
    assert await store.journal.last_success_at("main") is None
    live = await claimed(store)
    assert await store.journal.last_success_at("main") is None
    executed_at = NOON + timedelta(seconds=3)
    done = Settlement(State.FILLED, NOON, fills=(a_fill(at=executed_at), a_fill(at=NOON)))
    await store.journal.settle(live.id, done)
    assert await store.journal.last_success_at("main") == executed_at


async def test_a_success_without_trades_counts_from_its_attempt(store: Store) -> None:
    unknown = await claimed(store)
    await store.journal.settle(unknown.id, Settlement(State.FILLED, NOON + HOUR))
    assert await store.journal.last_success_at("main") == NOON


async def test_a_refusal_is_no_success(store: Store) -> None:
    offer = a_conversion()
    await store.journal.add_quoted(offer)
    await confirm(store, offer)
    await store.journal.settle(offer.id, Settlement(State.REFUSED, NOON))
    assert await store.journal.last_success_at("main") is None


async def test_a_conversions_story_can_only_grow(store: Store) -> None:
    await claimed(store)
    for statement in ("DELETE FROM conversion_event", "UPDATE conversion_event SET note = 'x'"):
        with pytest.raises(Exception, match="only ever added"):
            async with store.database.transaction() as transaction:
                await transaction.run(statement)
