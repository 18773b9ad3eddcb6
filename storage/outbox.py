"""Notices that Telegram has not accepted yet."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime

from dust.notices import Addressed, Notice, OutboxItem
from storage.db import Database, Row
from storage.notice_queue import NoticeQueue
from storage.notices_codec import decode, encode
from storage.rows import time_in, time_out

_log = logging.getLogger(__name__)

_DUE = """
SELECT * FROM outbox
WHERE id IN (SELECT min(id) FROM outbox GROUP BY chat_id)
  AND chat_id NOT IN (SELECT chat_id FROM chat_muted)
  AND (not_before IS NULL OR not_before <= ?)
ORDER BY id
"""

_POSTPONE = "UPDATE outbox SET attempts = attempts + 1, not_before = ? WHERE id = ?"


class SqliteOutbox:
    """`dust.ports.Outbox`."""

    def __init__(self, database: Database, queue: NoticeQueue) -> None:
        self._database = database
        self._queue = queue

    @property
    def wake(self) -> asyncio.Event:
        """Set after each commit that queued a notice, whoever made it; the reader clears it."""
        return self._queue.wake

    async def due(self, now: datetime) -> tuple[OutboxItem, ...]:
        """For each chat that can and may be written to now its oldest notice.

        One that can't be read is dropped, with a line in the log: it would hold up every later one.
        """
        items = []
        for row in await self._database.all(_DUE, time_out(now)):
            try:
                items.append(_item(row))
            except ValueError as error:
                _log.error(
                    "notice %s (%s) can't be read and is dropped: %s", row["id"], row["kind"], error
                )
                await self.delivered(row["id"])
        return tuple(items)

    async def add(self, notices: Sequence[Addressed]) -> None:
        """Queues notices that no other change goes with."""
        async with self._database.transaction() as transaction:
            await self._queue.put(transaction, notices)

    async def waits(self, notice: Notice) -> bool:
        """Whether Telegram has not accepted this notice yet."""
        kind, body = encode(notice)
        asked = "SELECT 1 FROM outbox WHERE kind = ? AND body = ? LIMIT 1"
        return await self._database.one(asked, kind, body) is not None

    async def delivered(self, item_id: int) -> None:
        """Telegram has accepted it (or never will): it is deleted."""
        async with self._database.transaction() as transaction:
            await transaction.run("DELETE FROM outbox WHERE id = ?", item_id)

    async def postpone(self, item_id: int, until: datetime) -> None:
        """It is tried again from `until` on; later notices for that chat wait behind it."""
        async with self._database.transaction() as transaction:
            await transaction.run(_POSTPONE, time_out(until), item_id)


def _item(row: Row) -> OutboxItem:
    notice = decode(row["kind"], row["body"])
    addressed = Addressed(row["chat_id"], notice, row["message_id"])
    return OutboxItem(row["id"], addressed, row["attempts"], time_in(row["queued_at"]))
