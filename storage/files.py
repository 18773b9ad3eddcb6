"""The database's files: nobody but their owner may read them."""

from pathlib import Path

_FOLDER_MODE = 0o700
_FILE_MODE = 0o600


def prepare(path: Path) -> None:
    """Makes the folder and an empty file where they are missing, and closes the files to others.

    SQLite gives the -wal and -shm files that it makes later the mode of the database itself.
    """
    path.parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    path.touch(mode=_FILE_MODE)
    for suffix in ("", "-wal", "-shm"):
        file = path.with_name(path.name + suffix)
        if file.exists():
            file.chmod(_FILE_MODE)


def create_private(path: Path) -> None:
    """Makes an empty file that only its owner may read. Raises FileExistsError."""
    path.touch(mode=_FILE_MODE, exist_ok=False)
