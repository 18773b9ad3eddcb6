"""Conversion cooldowns: when each account may convert again."""

from dust.cooldown import ConversionCooldown, LearnedFrom
from storage.db import Database, Transaction
from storage.rows import span_in, span_out, time_in, time_out

_SAVE = """
INSERT OR REPLACE INTO conversion_cooldown
    (account, started_at, until, learned_from, learned_at, length) VALUES (?, ?, ?, ?, ?, ?)
"""


async def write_cooldown(transaction: Transaction, cooldown: ConversionCooldown) -> None:
    """Remembers the cooldown with whatever else the transaction writes."""
    await transaction.run(
        _SAVE,
        cooldown.account,
        time_out(cooldown.started_at),
        time_out(cooldown.until),
        cooldown.learned_from,
        time_out(cooldown.learned_at),
        None if cooldown.length is None else span_out(cooldown.length),
    )


class SqliteCooldowns:
    """`dust.ports.Cooldowns`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, account: str) -> ConversionCooldown | None:
        """What is known of the account's pause."""
        row = await self._database.one(
            "SELECT * FROM conversion_cooldown WHERE account = ?", account
        )
        if row is None:
            return None
        return ConversionCooldown(
            account=row["account"],
            started_at=time_in(row["started_at"]),
            until=time_in(row["until"]),
            learned_from=LearnedFrom(row["learned_from"]),
            learned_at=time_in(row["learned_at"]),
            length=None if row["length"] is None else span_in(row["length"]),
        )

    async def save(self, cooldown: ConversionCooldown) -> None:
        """Remembers it."""
        async with self._database.transaction() as transaction:
            await write_cooldown(transaction, cooldown)
