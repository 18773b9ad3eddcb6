"""The write-ahead record of conversions: what is in it happens at most once."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from dust.conversion import (
    TRANSITIONS,
    Conversion,
    OpenDoubt,
    Origin,
    Quote,
    Settlement,
    State,
)
from dust.cooldown import ConversionCooldown
from dust.model import LeftOut
from dust.notices import Addressed, Outcome
from storage.codec import to_json
from storage.cooldowns import write_cooldown
from storage.db import Database, Transaction
from storage.journal_reads import JournalReads
from storage.journal_writes import add_event, advance, insert, is_known, load
from storage.notice_queue import NoticeQueue
from storage.rows import amount_out, maybe_amount_out, time_out

_EXECUTED = frozenset({State.FILLED, State.PARTLY_FILLED})

_CLAIM = """
UPDATE conversion SET state = 'submitting', attempt_at = ?, quote = ?, left_out = ?,
    message_id = coalesce(?, message_id), balance_before = ?
WHERE id = ? AND state = 'quoted' AND user_id = ? AND expires_at > ? RETURNING id
"""

_CANCEL = """
UPDATE conversion SET state = 'cancelled'
WHERE id = ? AND state = 'quoted' AND user_id = ? RETURNING id
"""

_SUPERSEDE = """
UPDATE conversion SET state = 'cancelled' WHERE id = ? AND state = 'quoted' RETURNING id
"""

_SHOWN = "UPDATE conversion SET message_id = ? WHERE id = ? AND state = 'quoted'"

_EXPIRE = """
UPDATE conversion SET state = 'expired' WHERE state = 'quoted' AND expires_at <= ?
RETURNING id, chat_id, message_id
"""

_NOTE_BALANCE = """
UPDATE conversion SET balance_after = ? WHERE id = ? AND state IN ('filled', 'partly_filled')
"""

_LOOK_SOON = "UPDATE account_watch SET next_check_at = NULL WHERE account = ?"

#: A look that somebody asks for takes the place of the next one: it makes those after it no rarer.
_HASTEN = """
UPDATE conversion SET next_look_at = ?, looks = max(looks - 1, 0)
WHERE id = ? AND state IN ('accepted', 'unknown') AND next_look_at > ?
"""

_NOTE_LOOK = """
UPDATE conversion SET looks = ?, absents = ?, next_look_at = ? WHERE id = ? AND state = ?
RETURNING id
"""

_ASK_OWNER = """
UPDATE conversion SET asked_at = ?
WHERE id = ? AND state IN ('accepted', 'unknown') AND asked_at IS NULL RETURNING id
"""


class SqliteJournal(JournalReads):
    """`dust.ports.ConversionJournal`. Each method is one transaction."""

    def __init__(self, database: Database, queue: NoticeQueue) -> None:
        super().__init__(database)
        self._queue = queue

    async def add_quoted(self, conversion: Conversion) -> None:
        """Records an offer. Raises ValueError for anything but an offer."""
        async with self._database.transaction() as transaction:
            await _insert_offer(transaction, conversion)

    async def supersede(self, old_id: str, conversion: Conversion) -> bool:
        """Cancels the quoted `old_id` and records `conversion` in its place; False if it wasn't quoted."""
        async with self._database.transaction() as transaction:
            if await transaction.one(_SUPERSEDE, old_id) is None:
                return False
            at, note = conversion.created_at, f"superseded by {conversion.id}"
            await add_event(transaction, old_id, at, State.QUOTED, State.CANCELLED, note)
            await _insert_offer(transaction, conversion)
            return True

    async def claim(
        self,
        conversion_id: str,
        *,
        user_id: int,
        quote: Quote,
        left_out: Sequence[LeftOut],
        message_id: int | None,
        now: datetime,
        balance_before: Decimal | None = None,
    ) -> Conversion | None:
        """quoted → submitting for its owner, in time and while nothing else of the account is live.

        `quote` is what will be sent. None to everyone but the winner.
        """
        at = time_out(now)
        before = maybe_amount_out(balance_before)
        content = to_json(quote), to_json(tuple(left_out)), message_id, before
        try:
            async with self._database.transaction() as transaction:
                won = await transaction.one(_CLAIM, at, *content, conversion_id, user_id, at)
                if won is None:
                    return None
                move = State.QUOTED, State.SUBMITTING
                await add_event(transaction, conversion_id, now, *move, "confirmed")
                return await load(transaction, conversion_id)
        except sqlite3.IntegrityError:
            return None  # the index one_live_conversion: another one of the account is live

    async def cancel(self, conversion_id: str, *, user_id: int, now: datetime) -> bool:
        """quoted → cancelled, by its owner."""
        async with self._database.transaction() as transaction:
            if await transaction.one(_CANCEL, conversion_id, user_id) is None:
                return False
            await add_event(transaction, conversion_id, now, State.QUOTED, State.CANCELLED)
            return True

    async def shown(self, conversion_id: str, message_id: int) -> None:
        """Remembers which message shows a quoted one."""
        async with self._database.transaction() as transaction:
            await transaction.run(_SHOWN, message_id, conversion_id)

    async def expire(self, now: datetime) -> int:
        """quoted → expired where its time is over; how many. Each message that shows one is queued."""
        async with self._database.transaction() as transaction:
            rows = await transaction.all(_EXPIRE, time_out(now))
            for row in rows:
                await add_event(transaction, row["id"], now, State.QUOTED, State.EXPIRED)
            shown = [row for row in rows if row["message_id"] is not None]
            told = [
                Addressed(row["chat_id"], Outcome(row["id"]), row["message_id"]) for row in shown
            ]
            await self._queue.put(transaction, told)
            return len(rows)

    async def settle(
        self,
        conversion_id: str,
        settlement: Settlement,
        *,
        notices: Sequence[Addressed] = (),
        cooldown: ConversionCooldown | None = None,
    ) -> Conversion:
        """A live conversion goes on: state, event, fills, notices and cooldown in one transaction.

        Raises ValueError for a move that `TRANSITIONS` does not have and for a trade that is known
        already, and changes nothing then.
        """
        async with self._database.transaction() as transaction:
            old = await load(transaction, conversion_id)
            if not old.is_live or settlement.state not in TRANSITIONS[old.state]:
                raise ValueError(f"no way from {old.state} to {settlement.state}")
            new = await advance(transaction, old, settlement)
            if settlement.state in _EXECUTED:
                await transaction.run(_LOOK_SOON, new.account)
            if cooldown is not None:
                await write_cooldown(transaction, cooldown)
            await self._queue.put(transaction, notices)
            return new

    async def note_balance(
        self, conversion_id: str, after: Decimal, notices: Sequence[Addressed] = ()
    ) -> None:
        """Remembers what is free of the target after an executed conversion."""
        async with self._database.transaction() as transaction:
            await transaction.run(_NOTE_BALANCE, amount_out(after), conversion_id)
            await self._queue.put(transaction, notices)

    async def orphan(self, now: datetime) -> tuple[Conversion, ...]:
        """Every submitting one, left by a dead process, becomes unknown, to be looked up at once.

        The message that shows it is queued to say so.
        """
        left = Settlement(State.UNKNOWN, now, note="the process ended before the answer came")
        async with self._database.transaction() as transaction:
            rows = await transaction.all("SELECT id FROM conversion WHERE state = 'submitting'")
            orphans = [await load(transaction, row["id"]) for row in rows]
            unknown = tuple([await advance(transaction, old, left) for old in orphans])
            told = [
                Addressed(one.chat_id, Outcome(one.id), one.message_id)
                for one in unknown
                if one.chat_id is not None
            ]
            await self._queue.put(transaction, told)
            return unknown

    async def note_look(self, doubt: OpenDoubt, note: str, now: datetime) -> None:
        """Remembers a look that settled nothing, unless the doubt has ended meanwhile."""
        conversion_id, state = doubt.conversion.id, doubt.conversion.state
        counts = doubt.looks, doubt.absents, time_out(doubt.next_look_at)
        async with self._database.transaction() as transaction:
            if await transaction.one(_NOTE_LOOK, *counts, conversion_id, state):
                await add_event(transaction, conversion_id, now, state, state, note)

    async def hasten(self, conversion_id: str, now: datetime) -> None:
        """The next look at a doubt is due now; what it finds is not counted as one more look in vain."""
        async with self._database.transaction() as transaction:
            await transaction.run(_HASTEN, time_out(now), conversion_id, time_out(now))

    async def ask_owner(
        self, conversion_id: str, notices: Sequence[Addressed], now: datetime
    ) -> None:
        """Marks the doubt as put to the owner and queues the question, once."""
        async with self._database.transaction() as transaction:
            if await transaction.one(_ASK_OWNER, time_out(now), conversion_id) is None:
                return
            state = (await load(transaction, conversion_id)).state
            await add_event(transaction, conversion_id, now, state, state, "the owner is asked")
            await self._queue.put(transaction, notices)

    async def correct(
        self, conversion_id: str, settlement: Settlement, notices: Sequence[Addressed]
    ) -> Conversion:
        """A final state without evidence gives way to what the exchange's log shows; marked `corrected`.

        Raises ValueError, and changes nothing, where the state rests on evidence, where the settlement
        brings none, or where one of its trades is known already.
        """
        async with self._database.transaction() as transaction:
            old = await load(transaction, conversion_id)
            if not _without_evidence(old) or not _is_evidence(settlement):
                raise ValueError(f"{old.state} is not corrected to {settlement.state}")
            new = await advance(transaction, old, settlement, corrected=True)
            await self._queue.put(transaction, notices)
            return new

    async def add_imported(self, conversion: Conversion, notices: Sequence[Addressed] = ()) -> bool:
        """Records a conversion found in the exchange's log; False if one of its trade ids is known.

        Raises ValueError for one that isn't from there or not executed.
        """
        if not _is_import(conversion):
            raise ValueError("only an executed conversion from the exchange's log is imported")
        async with self._database.transaction() as transaction:
            for fill in conversion.fills:
                if await is_known(transaction, conversion.account, fill):
                    return False
            await insert(transaction, conversion, "found in the exchange's log")
            await self._queue.put(transaction, notices)
            return True


async def _insert_offer(transaction: Transaction, conversion: Conversion) -> None:
    if conversion.state is not State.QUOTED:
        raise ValueError("a conversion begins as an offer")
    await insert(transaction, conversion, "")


def _without_evidence(conversion: Conversion) -> bool:
    return conversion.state in _EXECUTED | {State.NOT_EXECUTED} and not conversion.fills


def _is_evidence(settlement: Settlement) -> bool:
    return settlement.state in _EXECUTED and bool(settlement.fills)


def _is_import(conversion: Conversion) -> bool:
    executed = conversion.state in _EXECUTED and conversion.attempt_at is not None
    return conversion.origin is Origin.EXCHANGE and executed and bool(conversion.fills)
