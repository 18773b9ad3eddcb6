"""A copy of the database for the operator, made beside the process that works with it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

import aiosqlite

from storage.backup import write_copy
from storage.errors import StorageError, plain_errors
from storage.files import create_private
from storage.migrations import STEPS, check_version

#: Seconds for which a lock of another program is waited for.
_PATIENCE = 5


async def copy_database(source: Path, target: Path) -> None:
    """Writes what is committed in `source` to the new file `target` (mode 0600).

    Raises StorageError for the database, and OSError for `target`: FileExistsError where there is such a
    file already. Nothing is left behind then.
    """
    async with _reading(source) as connection:
        create_private(target)
        try:
            await write_copy(connection, target)
        except BaseException:
            _forget(target)
            raise


@asynccontextmanager
async def _reading(source: Path) -> AsyncIterator[aiosqlite.Connection]:
    with plain_errors():
        connection = await aiosqlite.connect(
            _address(source), uri=True, timeout=_PATIENCE, isolation_level=None
        )
    try:
        with plain_errors():
            version = await check_version(connection, len(STEPS))
        if version == 0:
            raise StorageError("The database is empty; there is nothing to copy.")
        yield connection
    finally:
        await connection.close()


def _address(source: Path) -> str:
    """Opens what is there and never makes a new file."""
    return f"file:{quote(str(source.resolve()))}?mode=rw"


def _forget(target: Path) -> None:
    target.unlink(missing_ok=True)
