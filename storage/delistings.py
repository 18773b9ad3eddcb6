"""What the exchanges will delist of what is held."""

from collections.abc import Sequence
from datetime import datetime

from dust.delisted import Delisting
from dust.notices import Addressed
from storage.codec import from_json, to_json
from storage.db import Database, Row
from storage.notice_queue import NoticeQueue
from storage.rows import maybe_time_in, time_in, time_out

_OF = "SELECT * FROM delisting WHERE account = ? AND at > ? ORDER BY at, asset"
_ADD = "INSERT INTO delisting (account, asset, at, pairs, last) VALUES (?, ?, ?, ?, ?)"


class SqliteDelistings:
    """`dust.ports.Delistings`."""

    def __init__(self, database: Database, queue: NoticeQueue) -> None:
        self._database = database
        self._queue = queue

    async def read_at(self, account: str) -> datetime | None:
        """When the schedule was read last."""
        row = await self._database.one(
            "SELECT read_at FROM delisting_read WHERE account = ?", account
        )
        return None if row is None else maybe_time_in(row["read_at"])

    async def of(self, account: str, now: datetime) -> tuple[Delisting, ...]:
        """What is still to come, the next first."""
        rows = await self._database.all(_OF, account, time_out(now))
        return tuple(_delisting(row) for row in rows)

    async def save(
        self,
        account: str,
        found: Sequence[Delisting],
        now: datetime,
        notices: Sequence[Addressed] = (),
    ) -> None:
        """What the schedule says now in place of what it said before, and word of it."""
        async with self._database.transaction() as transaction:
            await transaction.run("DELETE FROM delisting WHERE account = ?", account)
            for one in found:
                values = one.asset, time_out(one.at), to_json(one.pairs), one.last
                await transaction.run(_ADD, account, *values)
            await transaction.run(
                "INSERT OR REPLACE INTO delisting_read VALUES (?, ?)", account, time_out(now)
            )
            await self._queue.put(transaction, notices)


def _delisting(row: Row) -> Delisting:
    pairs = from_json(tuple[str, ...], row["pairs"])
    return Delisting(row["asset"], time_in(row["at"]), pairs, bool(row["last"]))
