"""What the operator can cure is said in a sentence, and nothing is left running."""

import errno
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from storage.db import Database
from storage.errors import StorageError, plain_errors
from storage.store import Store

_BIG = "INSERT INTO selection VALUES ('x', '', 0, 0, '', '', hex(zeroblob(1000000)), '', 0, 0)"


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        thread.join(timeout=10)
        assert not thread.is_alive()


async def made(path: Path) -> None:
    store = await Store.open(path)
    await store.close()


def content(path: Path) -> bytes:
    return path.read_bytes()


async def refused(path: Path) -> str:
    with pytest.raises(StorageError) as caught:
        await Store.open(path)
    return str(caught.value)


async def test_a_newer_database_is_refused_and_left_alone(path: Path) -> None:
    await made(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = content(path)
    assert "newer Dustpan" in await refused(path)
    assert content(path) == before


async def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "diary.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE diary (entry)")
    before = content(path)
    assert "not a Dustpan database" in await refused(path)
    assert content(path) == before


async def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear reader, " * 500)
    assert "not a Dustpan database" in await refused(path)
    assert path.read_text().startswith("Dear reader")


async def test_a_damaged_database_is_named_as_such(path: Path) -> None:
    await made(path)
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 2000)
    assert "damaged" in await refused(path)


async def test_a_folder_in_the_databases_place_is_named(tmp_path: Path) -> None:
    assert "can't be opened" in await refused(tmp_path)


async def test_a_file_in_the_folders_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    assert "can't be opened" in await refused(tmp_path / "data" / "dustpan.sqlite3")


async def test_a_lock_of_another_program_is_named(path: Path) -> None:
    await made(path)
    database = await Database.open(path, patience=timedelta())
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StorageError, match="locked by another program"):
                async with database.transaction():
                    pass
        async with database.transaction() as transaction:
            await transaction.run("INSERT INTO owner VALUES (1, 7, 0)")
    finally:
        await database.close()


async def test_a_full_disk_is_named_and_loses_only_the_new_rows(store: Store) -> None:
    async with store.database.transaction() as transaction:
        await transaction.run("INSERT INTO owner VALUES (1, 7, 0)")
        await transaction.run("PRAGMA max_page_count = 1")  # no more than there are already
    with pytest.raises(StorageError, match="disk is full"):
        async with store.database.transaction() as transaction:
            await transaction.run(_BIG)
    assert await store.owners.get() == 7
    async with store.database.transaction() as transaction:
        await transaction.run("DELETE FROM owner")
    assert await store.owners.get() is None


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EROFS])
def test_a_missing_permission_is_named(number: int) -> None:
    with pytest.raises(StorageError, match="no permission"), plain_errors():
        raise OSError(number, "as the system says it")


def test_a_mistake_of_ours_is_not_blamed_on_the_operator() -> None:
    with pytest.raises(sqlite3.OperationalError), plain_errors():
        sqlite3.connect(":memory:").execute("SELECT nonsense")
