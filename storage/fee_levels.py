"""Below which level of the fee token each chat is told."""

from collections.abc import Sequence

from dust.fee_level import FeeLevel
from dust.notices import Addressed
from storage.db import Database, Row
from storage.notice_queue import NoticeQueue
from storage.rows import amount_in, amount_out

_SAVE = "INSERT OR REPLACE INTO fee_level (account, chat_id, level, low) VALUES (?, ?, ?, ?)"


class SqliteFeeLevels:
    """`dust.ports.FeeLevels`."""

    def __init__(self, database: Database, queue: NoticeQueue) -> None:
        self._database = database
        self._queue = queue

    async def of(self, account: str) -> tuple[FeeLevel, ...]:
        """Every level that a chat has set."""
        rows = await self._database.all("SELECT * FROM fee_level WHERE account = ?", account)
        return tuple(_level(row) for row in rows)

    async def save(self, level: FeeLevel, notices: Sequence[Addressed] = ()) -> None:
        """The level and what its chat is told of it, in one transaction."""
        values = level.account, level.chat_id, amount_out(level.level), level.low
        async with self._database.transaction() as transaction:
            await transaction.run(_SAVE, *values)
            await self._queue.put(transaction, notices)

    async def remove(self, account: str, chat_id: int) -> None:
        """The chat wants to know no more."""
        async with self._database.transaction() as transaction:
            forget = "DELETE FROM fee_level WHERE account = ? AND chat_id = ?"
            await transaction.run(forget, account, chat_id)


def _level(row: Row) -> FeeLevel:
    return FeeLevel(row["account"], row["chat_id"], amount_in(row["level"]), bool(row["low"]))
