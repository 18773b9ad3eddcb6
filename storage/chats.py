"""Which chats can't be written to, and where a chat is to be found since its id changed."""

from datetime import datetime

from storage.db import Database, Transaction
from storage.notice_queue import NoticeQueue
from storage.rows import time_in, time_out

#: The tables that belong to a chat. A row that the new id has already is kept, the old one goes.
_BELONGINGS = (
    "fee_level",
    "auto_rule",
    "chat_settings",
    "protected_token",
    "alert_state",
    "report_due",
    "outbox",
    "selection",
)

_MUTE = "INSERT INTO chat_muted VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING chat_id"
_LIFT = "DELETE FROM chat_muted WHERE chat_id = ? RETURNING chat_id"
_DELIVER_AT_ONCE = "UPDATE outbox SET not_before = NULL WHERE chat_id = ?"
_NO_MESSAGE_TO_EDIT = "UPDATE outbox SET message_id = NULL, not_before = NULL WHERE chat_id = ?"
_CONVERSIONS = "UPDATE conversion SET chat_id = ?, message_id = NULL WHERE chat_id = ?"


class SqliteChats:
    """`dust.ports.Chats`."""

    def __init__(self, database: Database, queue: NoticeQueue) -> None:
        self._database = database
        self._queue = queue

    async def muted(self) -> dict[int, datetime]:
        """The chats that can't be written to, each with the time since when."""
        rows = await self._database.all("SELECT * FROM chat_muted")
        return {row["chat_id"]: time_in(row["since"]) for row in rows}

    async def mute(self, chat_id: int, now: datetime) -> bool:
        """Its notices wait from now on; False if they did already."""
        async with self._database.transaction() as transaction:
            return await transaction.one(_MUTE, chat_id, time_out(now)) is not None

    async def lift(self, chat_id: int) -> bool:
        """What waited for the chat is due at once; False if nothing kept it waiting."""
        async with self._database.transaction() as transaction:
            if await transaction.one(_LIFT, chat_id) is None:
                return False
            await transaction.run(_DELIVER_AT_ONCE, chat_id)
            transaction.after_commit(self._queue.wake.set)
            return True

    async def moved(self) -> dict[int, int]:
        """Former ids, each with the chat's present one."""
        rows = await self._database.all("SELECT * FROM chat_moved")
        return {row["old_id"]: row["new_id"] for row in rows}

    async def move(self, old_id: int, new_id: int, now: datetime) -> None:
        """Everything that belongs to the chat follows to its new id, in one transaction.

        Message ids stay behind: in the new chat they are those of other messages.
        """
        async with self._database.transaction() as transaction:
            await transaction.run("PRAGMA defer_foreign_keys = ON")
            await transaction.run(_NO_MESSAGE_TO_EDIT, old_id)
            for table in reversed(_BELONGINGS):
                await _take_along(transaction, table, old_id, new_id)
            await transaction.run(_CONVERSIONS, new_id, old_id)
            await transaction.run("DELETE FROM chat_muted WHERE chat_id IN (?, ?)", old_id, new_id)
            await _remember(transaction, old_id, new_id, now)
            transaction.after_commit(self._queue.wake.set)


async def _take_along(transaction: Transaction, table: str, old_id: int, new_id: int) -> None:
    move = f"UPDATE OR IGNORE {table} SET chat_id = ? WHERE chat_id = ?"  # noqa: S608 - our own names
    await transaction.run(move, new_id, old_id)
    await transaction.run(f"DELETE FROM {table} WHERE chat_id = ?", old_id)  # noqa: S608


async def _remember(transaction: Transaction, old_id: int, new_id: int, now: datetime) -> None:
    await transaction.run("DELETE FROM chat_moved WHERE old_id = ?", new_id)
    await transaction.run("UPDATE chat_moved SET new_id = ? WHERE new_id = ?", new_id, old_id)
    await transaction.run(
        "INSERT OR REPLACE INTO chat_moved VALUES (?, ?, ?)", old_id, new_id, time_out(now)
    )
