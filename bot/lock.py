"""One process per database."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.start_problems import AlreadyRunning, SettingsProblem


@contextmanager
def only_instance(database: Path) -> Iterator[None]:
    """Holds the lock `<database>.lock` (mode 0600; a folder that is missing is made with 0700).

    The kernel drops the lock with the process, however that ends; the file stays and means nothing. Raises
    AlreadyRunning when another process holds it, SettingsProblem when the file can't be made.
    """
    handle = _open(database)
    try:
        _lock(handle, database)
        yield
    finally:
        os.close(handle)


def _open(database: Path) -> int:
    place = database.resolve()
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.open(place.with_name(f"{place.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as problem:
        raise SettingsProblem(
            f"DATABASE_PATH names {database}, where this user can't write ({problem.strerror}): "
            "change it or the folder's owner."
        ) from None


def _lock(handle: int, database: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise AlreadyRunning(
            f"Dustpan is already running with {database}: stop the other one first, "
            "or give this one its own DATABASE_PATH."
        ) from None
