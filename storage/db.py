"""The SQLite file: one connection that writes, one that reads, one door for every change.

Coroutines on one connection share its transaction, and one's rollback would take another's rows with it.
So a lock lets one transaction at a time through, and reads go over a connection of their own: they see
what is committed and nothing else.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import aiosqlite

from storage.cancellation import uninterrupted
from storage.errors import plain_errors
from storage.files import prepare
from storage.migrations import STEPS, Step, check_version, migrate

Value = str | int | None
Row = sqlite3.Row


class Transaction:
    """What may be done between BEGIN and COMMIT: SQL, and nothing that waits for the world."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._after_commit: list[Callable[[], None]] = []

    async def all(self, sql: str, *values: Value) -> list[Row]:
        """Runs one statement and gives its rows."""
        return list(await self._connection.execute_fetchall(sql, values))

    async def one(self, sql: str, *values: Value) -> Row | None:
        """Runs one statement and gives its first row, if any."""
        rows = await self.all(sql, *values)
        return rows[0] if rows else None

    async def run(self, sql: str, *values: Value) -> None:
        """Runs one statement."""
        await self.all(sql, *values)

    def after_commit(self, call: Callable[[], None]) -> None:
        """Has `call` made once the rows are safely on disk, and never otherwise."""
        self._after_commit.append(call)

    async def commit(self) -> None:
        """Writes the rows to disk and tells those who asked to be told."""
        await self._connection.execute_fetchall("COMMIT")
        for call in self._after_commit:
            call()


class Database:
    """An open database. `close` it on every path: its threads would keep the process alive."""

    def __init__(self, writer: aiosqlite.Connection, reader: aiosqlite.Connection) -> None:
        self._writer = writer
        self._reader = reader
        self._lock = asyncio.Lock()

    @classmethod
    async def open(
        cls,
        path: Path,
        *,
        steps: Sequence[Step] = STEPS,
        patience: timedelta = timedelta(seconds=5),
    ) -> "Database":
        """Opens or creates the database and brings its tables up to date.

        `patience` is how long a lock of another program is waited for. Raises StorageError.
        """
        with plain_errors():
            prepare(path)
            database = cls(_connection(path, patience), _connection(path, patience))
            try:
                await uninterrupted(_start(database._writer))
                await check_version(database._writer, len(steps))
                await _set_up(database._writer)
                await migrate(database._writer, path, steps)
                await uninterrupted(_start(database._reader))
                await database._reader.execute_fetchall("PRAGMA query_only = ON")
            except BaseException:
                await database.close()
                raise
        return database

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """All of the block is written, or, if anything is raised in it, nothing.

        Raises StorageError for what the operator can cure.
        """
        async with self._lock:
            with plain_errors():
                transaction = Transaction(self._writer)
                try:
                    await self._writer.execute_fetchall("BEGIN IMMEDIATE")
                    yield transaction
                    await uninterrupted(transaction.commit())
                except BaseException:
                    await uninterrupted(self._writer.rollback())
                    raise

    async def all(self, sql: str, *values: Value) -> list[Row]:
        """The committed rows that a query gives. Raises StorageError."""
        with plain_errors():
            return list(await self._reader.execute_fetchall(sql, values))

    async def one(self, sql: str, *values: Value) -> Row | None:
        """The first committed row that a query gives, if any. Raises StorageError."""
        rows = await self.all(sql, *values)
        return rows[0] if rows else None

    async def close(self) -> None:
        """Closes both connections; what was committed is on disk already."""
        try:
            await uninterrupted(self._reader.close())
        finally:
            await uninterrupted(self._writer.close())


def _connection(path: Path, patience: timedelta) -> aiosqlite.Connection:
    return aiosqlite.connect(path, timeout=patience / timedelta(seconds=1), isolation_level=None)


async def _start(connection: aiosqlite.Connection) -> None:
    try:
        await connection
    except BaseException:
        # aiosqlite has told its thread to end, but not waited for it: it would report to a loop that is gone.
        await asyncio.to_thread(connection._thread.join)
        raise
    connection.row_factory = sqlite3.Row


async def _set_up(writer: aiosqlite.Connection) -> None:
    await writer.execute_fetchall("PRAGMA journal_mode = WAL")
    await writer.execute_fetchall("PRAGMA synchronous = FULL")
    await writer.execute_fetchall("PRAGMA foreign_keys = ON")
