"""What was told to which chat."""

from collections.abc import Sequence

from dust.alerting import AlertState
from dust.notices import Addressed
from storage.db import Database
from storage.notice_queue import NoticeQueue
from storage.rows import maybe_time_in, maybe_time_out


class SqliteAlertMemory:
    """`dust.ports.AlertMemory`."""

    def __init__(self, database: Database, queue: NoticeQueue) -> None:
        self._database = database
        self._queue = queue

    async def get(self, account: str, chat_id: int) -> AlertState:
        """The state; armed where nothing was told yet."""
        row = await self._database.one(
            "SELECT * FROM alert_state WHERE account = ? AND chat_id = ?", account, chat_id
        )
        if row is None:
            return AlertState(account, chat_id)
        told = maybe_time_in(row["last_alert_at"])
        return AlertState(account, chat_id, bool(row["armed"]), told)

    async def save(self, state: AlertState, notices: Sequence[Addressed] = ()) -> None:
        """The new state and its alert, in one transaction."""
        async with self._database.transaction() as transaction:
            await transaction.run(
                "INSERT OR REPLACE INTO alert_state VALUES (?, ?, ?, ?)",
                state.account,
                state.chat_id,
                state.armed,
                maybe_time_out(state.last_alert_at),
            )
            await self._queue.put(transaction, notices)
