"""Rules in the database: one winner for each change, and all of it or nothing."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from dust.auto_rule import AutoRule, AutoTerms, Quiet, RuleState, StopReason
from dust.money import Money
from dust.notices import Addressed, AutoAnnounced
from storage.codec import to_json
from storage.db import Database
from storage.migrations import STEPS
from storage.rows import time_out
from storage.store import Store
from tests.factories import NOON, a_conversion, a_quote

_OLD = """
INSERT INTO conversion (id, account, chat_id, user_id, origin, state, quote, left_out, created_at, expires_at)
VALUES ('old', 'main', 7, 7, 'chat', 'quoted', ?, '[]', ?, ?)
"""

RULE = AutoRule(
    "main",
    7,
    AutoTerms(
        Money(Decimal("5.10"), "EUR"),
        user_id=7,
        state=RuleState.ON,
        every=timedelta(hours=6),
        quiet=Quiet(60, 120),
    ),
)


async def begin(store: Store, number: int) -> bool:
    """One of many tries to take the same window."""
    conversion = replace(a_conversion(f"run-{number}"), automatic=True)
    run = replace(RULE.run, window_at=NOON, conversion_id=conversion.id, act_at=NOON)
    told = (Addressed(7, AutoAnnounced("main", conversion.id, NOON)),)
    begun = replace(RULE, run=run)
    return await store.auto_rules.change(RULE, begun, notices=told, conversion=conversion)


async def test_a_rule_is_read_back_as_it_was_made(store: Store, path: Path) -> None:
    stopped = replace(RULE, run=replace(RULE.run, refusals=3, why=StopReason.REFUSALS))
    assert await store.auto_rules.change(None, stopped)
    await store.close()
    again = await Store.open(path)
    assert await again.auto_rules.get("main") == stopped
    assert await again.auto_rules.get("other") is None
    await again.close()


async def test_a_window_is_taken_once_together_with_what_goes_with_it(
    store: Store, path: Path
) -> None:
    assert await store.auto_rules.change(None, RULE)
    tries = await asyncio.gather(*(begin(store, number) for number in range(30)))
    assert tries.count(True) == 1
    run = f"run-{tries.index(True)}"
    made = [one for one in range(30) if await store.journal.get(f"run-{one}")]
    assert made == [tries.index(True)]
    (item,) = await store.outbox.due(NOON)
    assert item.addressed.notice == AutoAnnounced("main", run, NOON)
    await store.close()
    again = await Store.open(path, now=lambda: NOON)
    assert not await begin(again, 99)
    assert await again.journal.get("run-99") is None
    conversion = await again.journal.get(run)
    assert conversion is not None
    assert conversion.automatic
    await again.close()


async def test_a_first_rule_does_not_replace_one(store: Store) -> None:
    assert await store.auto_rules.change(None, RULE)
    assert not await store.auto_rules.change(None, replace(RULE, chat_id=8))
    assert await store.auto_rules.get("main") == RULE


async def test_a_notice_waits_until_it_is_delivered(store: Store) -> None:
    notice = AutoAnnounced("main", "run", NOON)
    await store.outbox.add((Addressed(7, notice),))
    assert await store.outbox.waits(notice)
    assert not await store.outbox.waits(replace(notice, conversion_id="another"))
    (item,) = await store.outbox.due(NOON)
    await store.outbox.delivered(item.id)
    assert not await store.outbox.waits(notice)


async def test_conversions_of_older_versions_were_made_by_people(path: Path) -> None:
    database = await Database.open(path, steps=STEPS[:6])
    await database.close()
    with closing(sqlite3.connect(path)) as connection:
        at = time_out(NOON)
        connection.execute(_OLD, (to_json(a_quote()), at, at))
        connection.commit()
    store = await Store.open(path, now=lambda: NOON)
    old = await store.journal.get("old")
    assert old is not None
    assert not old.automatic
    assert await store.auto_rules.get("main") is None
    await store.close()
