"""What can be wrong with the database, as sentences for the operator."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


class StorageError(Exception):
    """The database can't be used. The message is one sentence that says why and what helps."""


_BY_CODE = {
    sqlite3.SQLITE_BUSY: "The database is locked by another program; stop that program first.",
    sqlite3.SQLITE_LOCKED: "The database is locked by another program; stop that program first.",
    sqlite3.SQLITE_PERM: "Dustpan has no permission to read and write the database.",
    sqlite3.SQLITE_READONLY: "Dustpan has no permission to write the database or its folder.",
    sqlite3.SQLITE_AUTH: "Dustpan has no permission to read and write the database.",
    sqlite3.SQLITE_CANTOPEN: "The database can't be opened; check its path and permissions.",
    sqlite3.SQLITE_FULL: "The disk is full; free some space.",
    sqlite3.SQLITE_IOERR: "The disk failed while the database was read or written; check the disk.",
    sqlite3.SQLITE_CORRUPT: "The database is damaged; put a backup in its place.",
    sqlite3.SQLITE_NOTADB: "The file at the database's path is not a Dustpan database.",
}

_BY_ERRNO = {
    errno.EACCES: _BY_CODE[sqlite3.SQLITE_PERM],
    errno.EPERM: _BY_CODE[sqlite3.SQLITE_PERM],
    errno.EROFS: _BY_CODE[sqlite3.SQLITE_READONLY],
    errno.ENOSPC: _BY_CODE[sqlite3.SQLITE_FULL],
    errno.EDQUOT: _BY_CODE[sqlite3.SQLITE_FULL],
}


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turns what the operator can cure into `StorageError`; a bug of ours keeps its own exception."""
    try:
        yield
    except sqlite3.Error as error:
        sentence = _BY_CODE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if sentence is None:
            raise
        raise StorageError(sentence) from error
    except OSError as error:
        sentence = _BY_ERRNO.get(error.errno or 0, _BY_CODE[sqlite3.SQLITE_CANTOPEN])
        raise StorageError(sentence) from error
