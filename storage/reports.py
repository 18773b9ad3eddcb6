"""When each chat's next periodic report is due."""

from collections.abc import Sequence
from datetime import datetime

from dust.notices import Addressed
from storage.db import Database
from storage.notice_queue import NoticeQueue
from storage.rows import time_in, time_out

_PLAN = """
INSERT INTO report_due (chat_id, next_at, since) VALUES (?1, ?2, ?3)
ON CONFLICT (chat_id) DO UPDATE SET next_at = ?2
"""

_DUE = """
SELECT * FROM report_due
WHERE next_at <= ? AND chat_id NOT IN (SELECT chat_id FROM chat_muted)
ORDER BY next_at, chat_id
"""


class SqliteReportCalendar:
    """`dust.ports.ReportCalendar`."""

    def __init__(self, database: Database, queue: NoticeQueue) -> None:
        self._database = database
        self._queue = queue

    async def plan(self, chat_id: int, next_at: datetime | None, since: datetime) -> None:
        """Sets when the next report is due; None: there is none.

        It covers from `since`, or from where the last one ended if one was planned before.
        """
        async with self._database.transaction() as transaction:
            if next_at is None:
                await transaction.run("DELETE FROM report_due WHERE chat_id = ?", chat_id)
            else:
                await transaction.run(_PLAN, chat_id, time_out(next_at), time_out(since))

    async def due(self, now: datetime) -> tuple[tuple[int, datetime], ...]:
        """Chats whose report is due, each with the start of the time it covers; a chat that can't be
        written to has none until it can."""
        rows = await self._database.all(_DUE, time_out(now))
        return tuple((row["chat_id"], time_in(row["since"])) for row in rows)

    async def next_at(self, chat_id: int) -> datetime | None:
        """When the chat's next report is due."""
        row = await self._database.one("SELECT * FROM report_due WHERE chat_id = ?", chat_id)
        return None if row is None else time_in(row["next_at"])

    async def issue(
        self, chat_id: int, next_at: datetime, since: datetime, notices: Sequence[Addressed]
    ) -> None:
        """Queues the report and plans the next one; neither if the chat has switched reports off."""
        async with self._database.transaction() as transaction:
            planned = await transaction.one(
                "UPDATE report_due SET next_at = ?, since = ? WHERE chat_id = ? RETURNING chat_id",
                time_out(next_at),
                time_out(since),
                chat_id,
            )
            if planned:
                await self._queue.put(transaction, notices)
