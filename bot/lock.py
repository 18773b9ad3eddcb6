"""One process per database, and one per bot."""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.start_problems import AlreadyRunning, SettingsProblem, StartProblem


@contextmanager
def only_instance(database: Path) -> Iterator[None]:
    """Holds the lock `<database>.lock` (mode 0600; a folder that is missing is made with 0700).

    The kernel drops the lock with the process, however that ends; the file stays and means nothing. Raises
    AlreadyRunning when another process holds it, SettingsProblem when the file can't be made.
    """
    place = database.resolve()
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = _open(place.with_name(f"{place.name}.lock"))
    except OSError as problem:
        raise SettingsProblem(
            f"DATABASE_PATH names {database}, where this user can't write ({problem.strerror}): "
            "change it or the folder's owner."
        ) from None
    taken = (
        f"Dustpan is already running with {database}: stop the other one first, "
        "or give this one its own DATABASE_PATH."
    )
    with _held(handle, taken):
        yield


@contextmanager
def only_poller(token: str) -> Iterator[None]:
    """Holds the bot's lock among this user's processes on this machine, whatever database they use.

    The file stands in the folder for temporary files and is named by a fingerprint of the token. Raises
    AlreadyRunning when another process holds it, StartProblem when the file can't be made.
    """
    fingerprint = hashlib.sha256(token.encode()).hexdigest()[:16]
    place = Path(tempfile.gettempdir()) / f"dustpan-{os.getuid()}-{fingerprint}.lock"
    try:
        handle = _open(place)
    except OSError as problem:
        raise StartProblem(
            f"{place} can't be opened ({problem.strerror}): remove it, or set TMPDIR to a folder "
            "of your own."
        ) from None
    taken = (
        "Dustpan is already running with this TELEGRAM_TOKEN: stop the other one first, "
        "or give this one a bot of its own."
    )
    with _held(handle, taken):
        yield


def _open(place: Path) -> int:
    return os.open(place, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)


@contextmanager
def _held(handle: int, if_taken: str) -> Iterator[None]:
    try:
        _lock(handle, if_taken)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, if_taken: str) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise AlreadyRunning(if_taken) from None
