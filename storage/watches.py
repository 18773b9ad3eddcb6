"""What the watcher remembers of each account."""

from collections.abc import Sequence

from dust.model import AccountWatch, Trouble
from dust.notices import Addressed
from storage.db import Database, Row
from storage.notice_queue import NoticeQueue
from storage.rows import maybe_time_in, maybe_time_out

_SAVE = """
INSERT OR REPLACE INTO account_watch (account, next_check_at, checked_at, failures, trouble,
    trouble_since, log_read_at, log_due) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""


class SqliteWatches:
    """`dust.ports.Watches`."""

    def __init__(self, database: Database, queue: NoticeQueue) -> None:
        self._database = database
        self._queue = queue

    async def get(self, account: str) -> AccountWatch:
        """The state; that of an account never looked at, if so."""
        row = await self._database.one("SELECT * FROM account_watch WHERE account = ?", account)
        return AccountWatch(account) if row is None else _watch(row)

    async def save(self, watch: AccountWatch, notices: Sequence[Addressed] = ()) -> None:
        """The new state and what the chats are told of it, in one transaction."""
        async with self._database.transaction() as transaction:
            await transaction.run(
                _SAVE,
                watch.account,
                maybe_time_out(watch.next_check_at),
                maybe_time_out(watch.checked_at),
                watch.failures,
                watch.trouble,
                maybe_time_out(watch.trouble_since),
                maybe_time_out(watch.log_read_at),
                watch.log_due,
            )
            await self._queue.put(transaction, notices)


def _watch(row: Row) -> AccountWatch:
    return AccountWatch(
        account=row["account"],
        next_check_at=maybe_time_in(row["next_check_at"]),
        checked_at=maybe_time_in(row["checked_at"]),
        failures=row["failures"],
        trouble=None if row["trouble"] is None else Trouble(row["trouble"]),
        trouble_since=maybe_time_in(row["trouble_since"]),
        log_read_at=maybe_time_in(row["log_read_at"]),
        log_due=bool(row["log_due"]),
    )
