"""Who has paired."""

from datetime import datetime

from storage.db import Database
from storage.rows import time_out


class SqliteOwners:
    """`dust.ports.Owners`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self) -> int | None:
        """The owner's user id, which is also the id of the private chat."""
        row = await self._database.one("SELECT user_id FROM owner")
        return None if row is None else int(row["user_id"])

    async def claim(self, user_id: int, now: datetime) -> bool:
        """Makes this person the owner, if there is none yet."""
        async with self._database.transaction() as transaction:
            won = await transaction.one(
                "INSERT INTO owner VALUES (1, ?, ?) ON CONFLICT DO NOTHING RETURNING user_id",
                user_id,
                time_out(now),
            )
            return won is not None
