"""The database as another program sees it, with a list of every notice that was ever queued in it."""

import json
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from storage.store import Store

#: The outbox forgets what Telegram has accepted; SQLite's own triggers note it in the same transaction.
_NOTES = """
CREATE TABLE soak_notice (id INTEGER PRIMARY KEY, chat_id INTEGER, kind TEXT, body TEXT, queued_at INTEGER,
    gone_at INTEGER);
CREATE TRIGGER soak_queued AFTER INSERT ON outbox BEGIN
    INSERT INTO soak_notice VALUES (NEW.id, NEW.chat_id, NEW.kind, NEW.body, NEW.queued_at, NULL);
END;
CREATE TRIGGER soak_gone AFTER DELETE ON outbox BEGIN
    UPDATE soak_notice SET gone_at = CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
    WHERE id = OLD.id;
END;
"""
_CLAIMED = """
SELECT id, chat_id, user_id, state, quote, attempt_at FROM conversion
WHERE origin = 'chat' AND attempt_at IS NOT NULL ORDER BY attempt_at
"""
LIVE = frozenset({"submitting", "accepted", "unknown"})

#: asset, amount, gross, fee
Legs = tuple[tuple[str, Decimal, Decimal, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Claimed:
    """A conversion that somebody has confirmed; times in milliseconds since 1970."""

    id: str
    chat_id: int
    user_id: int
    state: str
    remedy: str
    assets: tuple[str, ...]
    reference: str
    attempt_at: int


@dataclass(frozen=True, slots=True)
class Notice:
    """What a chat was to be told; `gone_at` is when it left the outbox."""

    chat_id: int
    kind: str
    about: str | None
    queued_at: int
    gone_at: int | None


class Witness:
    """Reads the file, whoever has it open."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    async def beside(cls, path: Path) -> "Witness":
        """Makes the database, before the bot does, and begins its notes."""
        store = await Store.open(path)
        await store.close()
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(_NOTES)
        return cls(path)

    def is_live(self) -> bool:
        """Whether a conversion is under way or in doubt."""
        return any(state in LIVE for (state,) in self._rows("SELECT state FROM conversion"))

    def is_settled(self) -> bool:
        """Whether nothing is under way, in doubt, or waiting to be told or read."""
        return not (self.is_live() or self.waiting() or self.log_is_due())

    def waiting(self) -> int:
        """Notices that Telegram has not accepted."""
        return len(self._rows("SELECT id FROM outbox"))

    def log_is_due(self) -> bool:
        """Whether the exchange's log has yet to be read."""
        return self._rows("SELECT log_due FROM account_watch") != [(0,)]

    def claimed(self) -> list[Claimed]:
        """Every confirmed conversion, the oldest first."""
        return [_claimed(*row) for row in self._rows(_CLAIMED)]

    def executed(self) -> Counter[Legs]:
        """The fills of every conversion that has any."""
        rows = self._rows(
            "SELECT conversion_id, asset, amount, gross, fee FROM fill ORDER BY asset"
        )
        of: dict[str, list[tuple[str, Decimal, Decimal, Decimal]]] = {}
        for conversion, asset, *amounts in rows:
            amount, gross, fee = map(Decimal, amounts)
            of.setdefault(conversion, []).append((asset, amount, gross, fee))
        return Counter(tuple(sorted(legs)) for legs in of.values())

    def notices(self) -> list[Notice]:
        """Everything that was ever queued, in order."""
        rows = self._rows(
            "SELECT chat_id, kind, body, queued_at, gone_at FROM soak_notice ORDER BY id"
        )
        return [
            Notice(chat, kind, json.loads(body).get("conversion_id"), queued, gone)
            for chat, kind, body, queued, gone in rows
        ]

    def flaws(self) -> list[str]:
        """What SQLite itself finds wrong with the file."""
        return [flaw for (flaw,) in self._rows("PRAGMA integrity_check") if flaw != "ok"]

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self._path)) as connection:
            return connection.execute(sql).fetchall()


def _claimed(id: str, chat: int, user: int, state: str, quote: str, at: int) -> Claimed:
    shown = json.loads(quote)
    assets = tuple(line["asset"] for line in shown["lines"])
    return Claimed(id, chat, user, state, shown["remedy"], assets, shown["reference"], at)
