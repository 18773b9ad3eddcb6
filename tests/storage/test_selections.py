"""A half-made choice survives a restart and quick fingers."""

import asyncio
from datetime import timedelta
from decimal import Decimal

from dust.selection import Choice, Selection
from storage.store import Store
from tests.factories import NOON

CHOICES = tuple(
    Choice(asset, Decimal("0.50"), Decimal("0.0008")) for asset in ("ADA", "TRX", "XRP")
)


def a_selection(selection_id: str = "s1") -> Selection:
    return Selection(selection_id, "main", 7, 7, "EUR", "BNB", CHOICES, frozenset({"ADA"}), 0, NOON)


async def test_a_selection_is_read_back_as_it_was_made(store: Store) -> None:
    await store.selections.add(a_selection())
    assert await store.selections.get("s1") == a_selection()


async def test_a_tap_ticks_and_the_next_one_unticks(store: Store) -> None:
    await store.selections.add(a_selection())
    ticked = await store.selections.toggle("s1", "TRX")
    assert ticked is not None
    assert ticked.chosen == {"ADA", "TRX"}
    assert await store.selections.get("s1") == ticked
    assert await store.selections.toggle("s1", "TRX") == a_selection()


async def test_no_tap_gets_lost(store: Store) -> None:
    await store.selections.add(a_selection())
    await asyncio.gather(*(store.selections.toggle("s1", asset) for asset in ("TRX", "XRP", "ADA")))
    kept = await store.selections.get("s1")
    assert kept is not None
    assert kept.chosen == {"TRX", "XRP"}


async def test_only_what_is_offered_is_ticked(store: Store) -> None:
    await store.selections.add(a_selection())
    assert await store.selections.toggle("s1", "BTC") == a_selection()
    chosen = await store.selections.choose("s1", ["XRP", "BTC"])
    assert chosen is not None
    assert chosen.chosen == {"XRP"}


async def test_the_page_is_remembered(store: Store) -> None:
    await store.selections.add(a_selection())
    await store.selections.turn("s1", 2)
    kept = await store.selections.get("s1")
    assert kept is not None
    assert kept.page == 2


async def test_what_is_gone_is_gone(store: Store) -> None:
    await store.selections.add(a_selection())
    await store.selections.remove("s1")
    assert await store.selections.get("s1") is None
    assert await store.selections.toggle("s1", "ADA") is None
    assert await store.selections.choose("s1", ["ADA"]) is None
    assert await store.selections.turn("s1", 1) is None


async def test_old_ones_are_tidied_away(store: Store) -> None:
    await store.selections.add(a_selection())
    assert await store.selections.tidy(NOON) == 0
    assert await store.selections.tidy(NOON + timedelta(seconds=1)) == 1
    assert await store.selections.get("s1") is None
