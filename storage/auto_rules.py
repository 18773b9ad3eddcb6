"""Rules for automatic conversion; every change is a compare-and-set."""

from collections.abc import Sequence

from dust.auto_rule import AutoRule, AutoRun, AutoTerms
from dust.conversion import Conversion
from dust.notices import Addressed
from storage.codec import from_json, to_json
from storage.db import Database, Row, Transaction
from storage.journal_writes import insert
from storage.notice_queue import NoticeQueue

_CHANGE = """
UPDATE auto_rule SET chat_id = ?, terms = ?, run = ? WHERE account = ? AND terms = ? AND run = ?
RETURNING account
"""
_ADD = "INSERT INTO auto_rule (account, chat_id, terms, run) VALUES (?, ?, ?, ?)"


class SqliteAutoRules:
    """`dust.ports.AutoRules`."""

    def __init__(self, database: Database, queue: NoticeQueue) -> None:
        self._database = database
        self._queue = queue

    async def get(self, account: str) -> AutoRule | None:
        """The account's rule."""
        row = await self._database.one("SELECT * FROM auto_rule WHERE account = ?", account)
        return None if row is None else _rule(row)

    async def change(
        self,
        old: AutoRule | None,
        new: AutoRule,
        *,
        notices: Sequence[Addressed] = (),
        conversion: Conversion | None = None,
    ) -> bool:
        """`new` in place of `old`, together with the conversion that it begins and what is told of it;
        False, and nothing is changed, if the rule is no longer `old`."""
        async with self._database.transaction() as transaction:
            if not await _swap(transaction, old, new):
                return False
            if conversion is not None:
                await insert(transaction, conversion, "by the rule for automatic conversion")
            await self._queue.put(transaction, notices)
            return True


async def _swap(transaction: Transaction, old: AutoRule | None, new: AutoRule) -> bool:
    terms, run = to_json(new.terms), to_json(new.run)
    if old is not None:
        before = old.account, to_json(old.terms), to_json(old.run)
        return await transaction.one(_CHANGE, new.chat_id, terms, run, *before) is not None
    if await transaction.one("SELECT 1 FROM auto_rule WHERE account = ?", new.account):
        return False
    await transaction.run(_ADD, new.account, new.chat_id, terms, run)
    return True


def _rule(row: Row) -> AutoRule:
    terms, run = from_json(AutoTerms, row["terms"]), from_json(AutoRun, row["run"])
    return AutoRule(row["account"], row["chat_id"], terms, run)
