"""Convertible dust over time."""

import json
from datetime import datetime

from dust.model import Snapshot, SnapshotLine
from dust.money import Rates
from storage.codec import from_json, to_json
from storage.db import Database, Row
from storage.rows import time_in, time_out

_LATEST = "SELECT * FROM snapshot WHERE account = ? ORDER BY taken_at DESC, id DESC LIMIT 1"

_ADD = "INSERT INTO snapshot (account, taken_at, lines, rates) VALUES (?, ?, ?, ?)"

_BETWEEN = """
SELECT * FROM (SELECT * FROM snapshot WHERE account = ?1 AND taken_at <= ?2
               ORDER BY taken_at DESC, id DESC LIMIT 1)
UNION ALL
SELECT * FROM snapshot WHERE account = ?1 AND taken_at > ?2 AND taken_at <= ?3
ORDER BY taken_at, id
"""


_PRESENCE = """
SELECT taken_at, (SELECT json_group_array(json_extract(value, '$.asset')) FROM json_each(lines)) AS assets
FROM snapshot WHERE account = ?1 AND taken_at >= coalesce(
    (SELECT max(taken_at) FROM snapshot WHERE account = ?1 AND taken_at <= ?2), ?2)
ORDER BY taken_at, id
"""


class SqliteSnapshots:
    """`dust.ports.Snapshots`. A snapshot's time is when its amounts were first seen."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, snapshot: Snapshot) -> None:
        """Keeps it, unless the amounts are those of the newest one (whose worths it then renews)."""
        lines, rates = to_json(snapshot.lines), to_json(snapshot.rates)
        taken_at = time_out(snapshot.taken_at)
        async with self._database.transaction() as transaction:
            row = await transaction.one(_LATEST, snapshot.account)
            if row is not None and _snapshot(row).amounts() == snapshot.amounts():
                renew = "UPDATE snapshot SET lines = ?, rates = ? WHERE id = ?"
                await transaction.run(renew, lines, rates, row["id"])
            else:
                await transaction.run(_ADD, snapshot.account, taken_at, lines, rates)

    async def latest(self, account: str) -> Snapshot | None:
        """The newest one."""
        row = await self._database.one(_LATEST, account)
        return None if row is None else _snapshot(row)

    async def between(self, account: str, since: datetime, until: datetime) -> tuple[Snapshot, ...]:
        """Those taken after `since`, up to `until`, oldest first, led by the last one before, if any."""
        rows = await self._database.all(_BETWEEN, account, time_out(since), time_out(until))
        return tuple(_snapshot(row) for row in rows)

    async def presence(
        self, account: str, since: datetime
    ) -> tuple[tuple[datetime, frozenset[str]], ...]:
        """Which tokens were dust from each moment on at which that changed, oldest first."""
        rows = await self._database.all(_PRESENCE, account, time_out(since))
        changes: list[tuple[datetime, frozenset[str]]] = []
        for row in rows:
            assets = frozenset(json.loads(row["assets"]))
            if not changes or changes[-1][1] != assets:
                changes.append((time_in(row["taken_at"]), assets))
        return tuple(changes)


def _snapshot(row: Row) -> Snapshot:
    return Snapshot(
        account=row["account"],
        taken_at=time_in(row["taken_at"]),
        lines=from_json(tuple[SnapshotLine, ...], row["lines"]),
        rates=from_json(Rates, row["rates"]),
    )
