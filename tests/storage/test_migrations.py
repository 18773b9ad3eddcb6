"""A database of any version is brought up to date, or stays as it was with a copy beside it."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import aiosqlite
import pytest

from dust.money import Money
from dust.preferences import ChatSettings
from storage.backup import back_up, copies
from storage.db import Database
from storage.errors import StorageError
from storage.m008_dust_ceiling import STATEMENTS as dust_ceiling
from storage.migrations import STEPS, Step
from storage.store import Store
from tests.storage.steps import claimed

ADD_A_TABLE: Step = ("CREATE TABLE extra (word TEXT) STRICT", "INSERT INTO extra VALUES ('new')")
FAIL_HALFWAY: Step = ("CREATE TABLE half (word TEXT) STRICT", "INSERT INTO nowhere VALUES (1)")


def versions(path: Path) -> list[int]:
    found = []
    for file in (path, *copies(path)):
        with closing(sqlite3.connect(file)) as connection:
            found.append(connection.execute("PRAGMA user_version").fetchone()[0])
    return found


async def step_up(path: Path, *more: Step) -> None:
    database = await Database.open(path, steps=(*STEPS, *more))
    await database.close()


async def test_a_new_database_has_all_tables_and_needs_no_copy(store: Store, path: Path) -> None:
    assert versions(path) == [len(STEPS)]
    rows = await store.database.all(
        "SELECT name, strict FROM pragma_table_list"
        " WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    assert {"conversion", "outbox", "owner", "chat_moved"} <= {row["name"] for row in rows}
    assert all(row["strict"] for row in rows)


async def test_opening_again_changes_nothing(store: Store, path: Path) -> None:
    live = await claimed(store)
    await store.close()
    again = await Store.open(path)
    try:
        assert await again.journal.get(live.id) == live
    finally:
        await again.close()
    assert copies(path) == []


async def test_a_step_keeps_the_rows_and_a_copy_of_the_old_state(store: Store, path: Path) -> None:
    live = await claimed(store)
    await store.close()
    await step_up(path, ADD_A_TABLE)
    assert versions(path) == [len(STEPS) + 1, len(STEPS)]
    (copy,) = copies(path)
    for file in (path, copy):
        with closing(sqlite3.connect(file)) as connection:
            assert connection.execute("SELECT id FROM conversion").fetchall() == [(live.id,)]


async def test_a_chat_of_before_keeps_its_settings_and_has_no_dust_ceiling(path: Path) -> None:
    before = await Database.open(path, steps=STEPS[: STEPS.index(dust_ceiling)])
    async with before.transaction() as transaction:
        await transaction.run(
            "INSERT INTO chat_settings VALUES"
            " (7, 'EUR', '12.5', 'EUR', 3600000, NULL, NULL, NULL, 'Asia/Tokyo', 1, NULL)"
        )
        await transaction.run("INSERT INTO protected_token VALUES (7, 'BTC')")
    await before.close()
    store = await Store.open(path)
    try:
        settings = await store.preferences.get(7)
        assert settings == ChatSettings(
            7,
            currency="EUR",
            threshold=Money(Decimal("12.5"), "EUR"),
            alert_cooldown=timedelta(hours=1),
            zone="Asia/Tokyo",
            silent=True,
            protected=frozenset({"BTC"}),
        )
        chosen = replace(settings, ceiling=Money(Decimal(5), "EUR"))
        await store.preferences.save(chosen)
        assert await store.preferences.get(7) == chosen
    finally:
        await store.close()


async def test_a_failing_step_leaves_the_old_database_usable(store: Store, path: Path) -> None:
    live = await claimed(store)
    await store.close()
    with pytest.raises(StorageError, match="could not be brought to version"):
        await step_up(path, FAIL_HALFWAY)
    assert versions(path) == [len(STEPS), len(STEPS)]
    again = await Store.open(path)
    try:
        assert await again.journal.get(live.id) == live
        assert await again.database.all("SELECT * FROM pragma_table_list('half')") == []
    finally:
        await again.close()


async def test_a_failing_step_keeps_the_steps_before_it(store: Store, path: Path) -> None:
    await store.close()
    with pytest.raises(StorageError):
        await step_up(path, ADD_A_TABLE, FAIL_HALFWAY)
    assert versions(path)[0] == len(STEPS) + 1
    await step_up(path, ADD_A_TABLE)


async def test_the_last_three_copies_are_kept(store: Store, path: Path) -> None:
    await store.close()
    for count in range(1, 6):
        await step_up(path, *[("DROP TABLE IF EXISTS extra", *ADD_A_TABLE)] * count)
    newest = len(STEPS) + 5
    assert versions(path) == [newest, newest - 3, newest - 2, newest - 1]


async def test_a_copy_that_fails_leaves_no_half_of_itself(store: Store, path: Path) -> None:
    await store.close()
    before = modes(path.parent)
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        await connection.execute_fetchall("BEGIN")
        with pytest.raises(sqlite3.OperationalError):
            await back_up(connection, path)
    assert modes(path.parent) == before


async def test_a_full_disk_during_a_step_is_named(store: Store, path: Path) -> None:
    await store.close()
    fill_up: Step = (
        "PRAGMA max_page_count = 1",
        "CREATE TABLE big AS SELECT hex(zeroblob(900000))",
    )
    with pytest.raises(StorageError, match="disk is full"):
        await step_up(path, fill_up)
    assert versions(path)[0] == len(STEPS)


async def test_only_the_owner_may_read_the_files(store: Store, path: Path) -> None:
    await store.close()
    make_readable_for_all(path)
    await step_up(path, ADD_A_TABLE)
    again = await Database.open(path, steps=(*STEPS, ADD_A_TABLE))
    try:
        async with again.transaction() as transaction:
            await transaction.run("DELETE FROM extra")
        assert modes(path.parent) == [0o700, 0o600, 0o600, 0o600, 0o600]
    finally:
        await again.close()


def make_readable_for_all(path: Path) -> None:
    path.chmod(0o644)


def modes(folder: Path) -> list[int]:
    """The permissions of the folder, and of the database, -wal, -shm and copy in it."""
    return [file.stat().st_mode & 0o777 for file in (folder, *folder.iterdir())]
