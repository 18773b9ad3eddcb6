"""A copy of the whole database, made while it is in use."""

import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path

import aiosqlite

from storage.files import create_private

_KEPT = 3
_SUFFIX = ".backup"


async def back_up(connection: aiosqlite.Connection, path: Path) -> Path:
    """Copies the database to a file beside it and keeps the last three copies. Gives the copy's path.

    Raises sqlite3.Error or OSError if it can't be written; a half-made copy never carries a copy's name.
    """
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    copy = path.with_name(f"{path.name}.{moment}{_SUFFIX}")
    draft = copy.with_suffix(".unfinished")
    try:
        create_private(draft)
        await connection.execute_fetchall("VACUUM INTO ?", (str(draft),))
        await asyncio.to_thread(_keep, draft, copy)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    for old in copies(path)[:-_KEPT]:
        old.unlink()
    return copy


def copies(path: Path) -> list[Path]:
    """The copies of the database at `path`, the oldest first."""
    beside = path.parent.iterdir()
    ours = (p for p in beside if p.name.startswith(f"{path.name}.") and p.name.endswith(_SUFFIX))
    return sorted(ours)


def _keep(draft: Path, copy: Path) -> None:
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.rename(copy)
