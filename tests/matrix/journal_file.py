"""The database as another program sees it: read, and locked, from outside the bot."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

_PATIENCE = 10
_LIVE = frozenset({"submitting", "accepted", "unknown"})

_LEGS_OF_LAST = """
SELECT asset, amount, gross, fee FROM fill
WHERE conversion_id = (SELECT id FROM conversion ORDER BY created_at DESC LIMIT 1) ORDER BY asset
"""

_STORY_OF_LAST = """
SELECT to_state FROM conversion_event
WHERE conversion_id = (SELECT id FROM conversion ORDER BY created_at DESC LIMIT 1)
    AND from_state IS NOT NULL AND from_state != to_state ORDER BY id
"""

#: asset, amount, gross, fee
Leg = tuple[str, Decimal, Decimal, Decimal]


class JournalFile:
    """SQLite's file, whoever has it open."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def states(self) -> list[str]:
        """The state of every conversion, oldest first."""
        return [row[0] for row in self._rows("SELECT state FROM conversion ORDER BY created_at")]

    def is_live(self) -> bool:
        """Whether a conversion still holds the account."""
        return not _LIVE.isdisjoint(self.states())

    def looks(self) -> int:
        """How often doubts have been looked up without an end."""
        return sum(row[0] for row in self._rows("SELECT looks FROM conversion"))

    def legs(self) -> list[Leg]:
        """Every fill there is, by asset."""
        rows = self._rows("SELECT asset, amount, gross, fee FROM fill ORDER BY asset")
        return _legs(rows)

    def legs_of_last(self) -> list[Leg]:
        """The fills of the newest conversion, by asset."""
        rows = self._rows(_LEGS_OF_LAST)
        return _legs(rows)

    def story_of_last(self) -> list[str]:
        """The states that the newest conversion has gone through since it was confirmed."""
        rows = self._rows(_STORY_OF_LAST)
        return [row[0] for row in rows]

    def undelivered(self) -> int:
        """Notices that Telegram has not accepted, as far as is noted."""
        return len(self._rows("SELECT id FROM outbox"))

    def first_look_is_over(self) -> bool:
        """Whether the watcher has looked at the account and read the exchange's log."""
        return self._rows("SELECT log_due FROM account_watch") == [(0,)]

    async def until(self, fits: Callable[[], bool]) -> None:
        """Waits until what is committed fits."""
        async with asyncio.timeout(_PATIENCE):
            while not fits():  # noqa: ASYNC110 - rows of another process, no event
                await asyncio.sleep(0.002)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else can commit anything meanwhile."""
        with closing(sqlite3.connect(self._path, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield
            connection.execute("ROLLBACK")

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self._path)) as connection:
            return connection.execute(sql).fetchall()


def _legs(rows: list[tuple[Any, ...]]) -> list[Leg]:
    return sorted((asset, Decimal(a), Decimal(g), Decimal(f)) for asset, a, g, f in rows)
