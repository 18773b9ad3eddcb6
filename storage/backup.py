"""A copy of the whole database, made while it is in use."""

import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path

import aiosqlite

from storage.errors import plain_errors
from storage.files import create_private

_KEPT = 3
_SUFFIX = ".backup"


async def back_up(connection: aiosqlite.Connection, path: Path) -> Path:
    """Copies the database to a file beside it and keeps the last three copies. Gives the copy's path.

    Raises as `write_copy`.
    """
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    copy = path.with_name(f"{path.name}.{moment}{_SUFFIX}")
    await write_copy(connection, copy)
    for old in copies(path)[:-_KEPT]:
        old.unlink()
    return copy


async def write_copy(connection: aiosqlite.Connection, copy: Path) -> None:
    """Writes what is committed now to `copy`, which only its owner may read; others go on working.

    Raises StorageError, sqlite3.Error or OSError; a half-made copy never carries the copy's name.
    """
    draft = copy.with_name(f"{copy.name}.unfinished")
    create_private(draft)
    try:
        with plain_errors():
            await connection.execute_fetchall("VACUUM INTO ?", (str(draft),))
        await asyncio.to_thread(_keep, draft, copy)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def copies(path: Path) -> list[Path]:
    """The copies of the database at `path`, the oldest first."""
    beside = path.parent.iterdir()
    ours = (p for p in beside if p.name.startswith(f"{path.name}.") and p.name.endswith(_SUFFIX))
    return sorted(ours)


def _keep(draft: Path, copy: Path) -> None:
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.rename(copy)
