"""What the journal tells."""

import json
from collections.abc import Sequence
from datetime import datetime

from dust.conversion import Conversion, OpenDoubt
from dust.which import ANY, Which
from storage.db import Database
from storage.journal_rows import conversion_of, doubt_of
from storage.rows import time_in, time_out

_LIVE = """
SELECT * FROM conversion_with_fills
WHERE account = ? AND state IN ('submitting', 'accepted', 'unknown')
"""

_DOUBTS = """
SELECT * FROM conversion_with_fills
WHERE state IN ('accepted', 'unknown') AND next_look_at <= ? ORDER BY next_look_at, id
"""

_SETTLED_BETWEEN = """
SELECT * FROM conversion_with_fills
WHERE account = ? AND attempt_at > ? AND attempt_at <= ? ORDER BY attempt_at, id
"""

_LAST_SUCCESS = """
SELECT max(coalesce((SELECT max(at) FROM fill WHERE conversion_id = conversion.id), attempt_at))
FROM conversion WHERE account = ? AND state IN ('filled', 'partly_filled')
"""

_WANTED = """
WHERE account IN (SELECT value FROM json_each(?1)) AND attempt_at IS NOT NULL
    AND CASE ?2
        WHEN 'converted' THEN state IN ('filled', 'partly_filled')
        WHEN 'failed' THEN state IN ('refused', 'not_executed')
        WHEN 'open' THEN state IN ('submitting', 'accepted', 'unknown')
        WHEN 'website' THEN origin = 'exchange'
        ELSE 1 END
    AND (?3 IS NULL OR EXISTS (
        SELECT 1 FROM json_each(quote, '$.lines') WHERE json_extract(value, '$.asset') = ?3))
"""

_HISTORY = f"""
SELECT * FROM conversion_with_fills
{_WANTED}ORDER BY attempt_at DESC, id LIMIT ?4 OFFSET ?5
"""  # noqa: S608 - made of constants

_HISTORY_SIZE = f"""
SELECT count(*) AS size FROM conversion
{_WANTED}"""  # noqa: S608 - made of constants


_TICKING = """
SELECT * FROM conversion_with_fills
WHERE state = 'quoted' AND message_id IS NOT NULL AND expires_at > ?
    AND json_extract(quote, '$.binding') ORDER BY id
"""


_REPLACED = """
SELECT 1 FROM conversion WHERE chat_id = ? AND message_id = ?
    AND rowid > (SELECT rowid FROM conversion WHERE id = ?)
"""


class JournalReads:
    """The half of `dust.ports.ConversionJournal` that changes nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, conversion_id: str) -> Conversion | None:
        """The conversion with its fills."""
        row = await self._database.one(
            "SELECT * FROM conversion_with_fills WHERE id = ?", conversion_id
        )
        return None if row is None else conversion_of(row)

    async def live(self, account: str) -> Conversion | None:
        """The account's live conversion."""
        row = await self._database.one(_LIVE, account)
        return None if row is None else conversion_of(row)

    async def doubts(self, now: datetime) -> tuple[OpenDoubt, ...]:
        """The unknown and accepted ones whose next look is due."""
        return tuple(doubt_of(row) for row in await self._database.all(_DOUBTS, time_out(now)))

    async def ticking(self, now: datetime) -> tuple[Conversion, ...]:
        """The quoted ones that bind the exchange and stand in a message, as long as they are good."""
        rows = await self._database.all(_TICKING, time_out(now))
        return tuple(conversion_of(row) for row in rows)

    async def is_replaced(self, conversion: Conversion) -> bool:
        """Whether the message that showed this review shows a later one by now."""
        where = conversion.chat_id, conversion.message_id, conversion.id
        return await self._database.one(_REPLACED, *where) is not None

    async def settled_between(
        self, account: str, since: datetime, until: datetime
    ) -> tuple[Conversion, ...]:
        """The claimed or imported ones with an attempt after `since`, up to `until`, oldest first."""
        span = time_out(since), time_out(until)
        rows = await self._database.all(_SETTLED_BETWEEN, account, *span)
        return tuple(conversion_of(row) for row in rows)

    async def last_success_at(self, account: str) -> datetime | None:
        """When the account last converted anything, by the exchange's clock where it has told."""
        row = await self._database.one(_LAST_SUCCESS, account)
        return None if row is None or row[0] is None else time_in(row[0])

    async def history(
        self, accounts: Sequence[str], *, which: Which = ANY, limit: int, offset: int
    ) -> tuple[tuple[Conversion, ...], int]:
        """Those of the claimed and imported ones, newest first, and how many there are."""
        wanted = json.dumps(list(accounts)), which.kind, which.asset
        rows = await self._database.all(_HISTORY, *wanted, limit, offset)
        size = await self._database.one(_HISTORY_SIZE, *wanted)
        return tuple(conversion_of(row) for row in rows), size["size"] if size else 0
