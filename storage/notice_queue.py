"""The one way into the outbox, taken by every transaction that has something to tell."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from dust.notices import Addressed
from storage.db import Transaction
from storage.notices_codec import encode
from storage.rows import time_out

_INSERT = "INSERT INTO outbox (chat_id, message_id, kind, body, queued_at) VALUES (?, ?, ?, ?, ?)"


def utc_now() -> datetime:
    """The present."""
    return datetime.now(UTC)


class NoticeQueue:
    """Queues notices inside a transaction, and wakes the outbox's reader once they are committed."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.wake = asyncio.Event()

    async def put(self, transaction: Transaction, notices: Sequence[Addressed]) -> None:
        """Adds the notices, in their order, to what the transaction writes."""
        for each in notices:
            kind, body = encode(each.notice)
            queued_at = time_out(self._now())
            chat_id, message_id = await _place(transaction, each)
            await transaction.run(_INSERT, chat_id, message_id, kind, body, queued_at)
        if notices:
            transaction.after_commit(self.wake.set)


async def _place(transaction: Transaction, addressed: Addressed) -> tuple[int, int | None]:
    """The chat's present id: it may have changed while the notice came about."""
    moved = await transaction.one(
        "SELECT new_id FROM chat_moved WHERE old_id = ?", addressed.chat_id
    )
    if moved is None:
        return addressed.chat_id, addressed.message_id
    return moved["new_id"], None
