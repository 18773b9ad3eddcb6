"""What the exchange has said about each account's API key."""

from collections.abc import Sequence

from dust.key_health import KeyHealth
from dust.model import KeyReport
from dust.notices import Addressed
from storage.codec import from_json, to_json
from storage.db import Database
from storage.notice_queue import NoticeQueue
from storage.rows import maybe_time_in, maybe_time_out

_SAVE = """
INSERT OR REPLACE INTO key_health (account, report, read_at, next_read_at) VALUES (?, ?, ?, ?)
"""


class SqliteKeyRecords:
    """`dust.ports.KeyRecords`."""

    def __init__(self, database: Database, queue: NoticeQueue) -> None:
        self._database = database
        self._queue = queue

    async def get(self, account: str) -> KeyHealth:
        """What is known; of a key never read, that nothing is."""
        row = await self._database.one("SELECT * FROM key_health WHERE account = ?", account)
        if row is None:
            return KeyHealth(account)
        return KeyHealth(
            account=row["account"],
            report=None if row["report"] is None else from_json(KeyReport, row["report"]),
            read_at=maybe_time_in(row["read_at"]),
            next_read_at=maybe_time_in(row["next_read_at"]),
        )

    async def save(self, health: KeyHealth, notices: Sequence[Addressed] = ()) -> None:
        """What is known now and what the chats are told of it, in one transaction."""
        async with self._database.transaction() as transaction:
            await transaction.run(
                _SAVE,
                health.account,
                None if health.report is None else to_json(health.report),
                maybe_time_out(health.read_at),
                maybe_time_out(health.next_read_at),
            )
            await self._queue.put(transaction, notices)
