"""Half-made choices of tokens."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime

from dust.selection import Choice, Selection
from storage.codec import from_json, to_json
from storage.db import Database, Row
from storage.rows import time_in, time_out

_ADD = """
INSERT INTO selection (id, account, chat_id, user_id, currency, target, choices, chosen, page,
    created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

_GET = "SELECT * FROM selection WHERE id = ?"


_UPDATE = "UPDATE selection SET target = ?, choices = ?, chosen = ?, page = ? WHERE id = ?"


class SqliteSelections:
    """`dust.ports.Selections`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, selection: Selection) -> None:
        """Keeps a new one."""
        async with self._database.transaction() as transaction:
            await transaction.run(_ADD, *_columns(selection))

    async def get(self, selection_id: str) -> Selection | None:
        """The selection as it stands."""
        row = await self._database.one(_GET, selection_id)
        return None if row is None else _selection(row)

    async def toggle(self, selection_id: str, asset: str) -> Selection | None:
        """Ticks or unticks one token (of those offered); None if there is no such selection."""
        return await self._change(selection_id, lambda old: _tick(old, old.chosen ^ {asset}))

    async def choose(self, selection_id: str, chosen: Collection[str]) -> Selection | None:
        """Replaces what is ticked by those of `chosen` that are offered."""
        return await self._change(selection_id, lambda old: _tick(old, frozenset(chosen)))

    async def offer(
        self, selection_id: str, target: str, choices: Sequence[Choice]
    ) -> Selection | None:
        """Replaces what there is to choose from; ticks of tokens that are still there stay."""

        def change(old: Selection) -> Selection:
            return _tick(replace(old, target=target, choices=tuple(choices), page=0), old.chosen)

        return await self._change(selection_id, change)

    async def turn(self, selection_id: str, page: int) -> Selection | None:
        """Remembers the page that is shown."""
        return await self._change(selection_id, lambda old: replace(old, page=page))

    async def remove(self, selection_id: str) -> None:
        """Forgets it."""
        async with self._database.transaction() as transaction:
            await transaction.run("DELETE FROM selection WHERE id = ?", selection_id)

    async def tidy(self, before: datetime) -> int:
        """Forgets those made before then; how many."""
        async with self._database.transaction() as transaction:
            forget = "DELETE FROM selection WHERE created_at < ? RETURNING id"
            return len(await transaction.all(forget, time_out(before)))

    async def _change(
        self, selection_id: str, change: Callable[[Selection], Selection]
    ) -> Selection | None:
        async with self._database.transaction() as transaction:
            row = await transaction.one(_GET, selection_id)
            if row is None:
                return None
            new = change(_selection(row))
            offered = new.target, to_json(new.choices)
            await transaction.run(_UPDATE, *offered, to_json(new.chosen), new.page, selection_id)
            return new


def _tick(selection: Selection, chosen: frozenset[str]) -> Selection:
    offered = frozenset(choice.asset for choice in selection.choices)
    return replace(selection, chosen=chosen & offered)


def _columns(selection: Selection) -> tuple[str | int, ...]:
    return (
        selection.id,
        selection.account,
        selection.chat_id,
        selection.user_id,
        selection.currency,
        selection.target,
        to_json(selection.choices),
        to_json(selection.chosen),
        selection.page,
        time_out(selection.created_at),
    )


def _selection(row: Row) -> Selection:
    return Selection(
        id=row["id"],
        account=row["account"],
        chat_id=row["chat_id"],
        user_id=row["user_id"],
        currency=row["currency"],
        target=row["target"],
        choices=from_json(tuple[Choice, ...], row["choices"]),
        chosen=from_json(frozenset[str], row["chosen"]),
        page=row["page"],
        created_at=time_in(row["created_at"]),
    )
