"""How the tables came to be: numbered steps. A step is never changed once it was released."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import aiosqlite

from storage.backup import back_up
from storage.cancellation import uninterrupted
from storage.errors import StorageError, plain_errors
from storage.m001_first_tables import APPLICATION_ID
from storage.m001_first_tables import STATEMENTS as m001_first_tables
from storage.m002_key_health import STATEMENTS as m002_key_health
from storage.m003_chats import STATEMENTS as m003_chats
from storage.m004_fee_asset import STATEMENTS as m004_fee_asset
from storage.m005_balance_change import STATEMENTS as m005_balance_change
from storage.m006_fee_levels import STATEMENTS as m006_fee_levels
from storage.m007_auto_rules import STATEMENTS as m007_auto_rules
from storage.m008_dust_ceiling import STATEMENTS as m008_dust_ceiling

#: The statements that lead from one version of the tables to the next.
Step = tuple[str, ...]

STEPS: tuple[Step, ...] = (
    m001_first_tables,
    m002_key_health,
    m003_chats,
    m004_fee_asset,
    m005_balance_change,
    m006_fee_levels,
    m007_auto_rules,
    m008_dust_ceiling,
)


async def check_version(connection: aiosqlite.Connection, newest: int) -> int:
    """The database's version, 0 for an empty one. Changes nothing.

    Raises StorageError for a database that isn't Dustpan's, or that a newer Dustpan has written.
    """
    version = await _number(connection, "PRAGMA user_version")
    mark = await _number(connection, "PRAGMA application_id")
    if version == 0 and mark == 0 and not await _number(connection, _COUNT_TABLES):
        return 0
    if version == 0 or mark != APPLICATION_ID:
        raise StorageError("The file at the database's path is not a Dustpan database.")
    if version > newest:
        raise StorageError("The database was written by a newer Dustpan; install that version.")
    return version


async def migrate(connection: aiosqlite.Connection, path: Path, steps: Sequence[Step]) -> None:
    """Brings the tables up to date, after copying a database that already has some.

    Raises StorageError if a step fails; the database then is as it was before that step.
    """
    version = await check_version(connection, len(steps))
    if 0 < version < len(steps):
        await back_up(connection, path)
    for number, step in enumerate(steps[version:], start=version + 1):
        try:
            with plain_errors():
                await _take(connection, number, step)
        except sqlite3.Error as error:
            raise StorageError(f"The database could not be brought to version {number}.") from error


async def _take(connection: aiosqlite.Connection, number: int, step: Step) -> None:
    try:
        await connection.execute_fetchall("BEGIN IMMEDIATE")
        for statement in step:
            await connection.execute_fetchall(statement)
        await connection.execute_fetchall(f"PRAGMA user_version = {number}")
        await connection.execute_fetchall("COMMIT")
    except BaseException:
        await uninterrupted(connection.rollback())
        raise


_COUNT_TABLES = "SELECT count(*) FROM sqlite_master"


async def _number(connection: aiosqlite.Connection, sql: str) -> int:
    for row in await connection.execute_fetchall(sql):
        return int(row[0])
    raise AssertionError("the statement always gives one row")
