"""`make docs`: writes docs/faults.md, the outcome of every bad answer, from a run of the real bot."""

import asyncio
import logging
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.matrix.stage import Stage
from tests.matrix.tables import TABLES, Row, Table

PAGE = Path(__file__).resolve().parents[2] / "docs" / "faults.md"

_HEAD = """# What comes of a bad answer

Every bad answer of an exchange that Dustpan is tested with, at each request where it matters, and what the
journal and the chat say then. A conversion is sent once, whatever the answer; what is not clear is settled
by looking.

This page is written by a run of the bot on the sandbox (`make docs`); a test plays it again and compares.
"""


async def sections() -> list[str]:
    """Every table, played now, one after the other: together they are too much for a small machine."""
    return [await section(table) for table in TABLES]


async def section(table: Table) -> str:
    """One table, played now."""
    with tempfile.TemporaryDirectory() as folder:
        async with Stage.built(Path(folder)) as stage:
            rows = await table.play(stage)
    lines = [_line(table.head), _line(tuple("---" for _ in table.head)), *map(_line, rows)]
    return f"\n## {table.title}\n\n{table.about}\n\n" + "".join(lines)


def _line(cells: Row) -> str:
    return f"| {' | '.join(cells)} |\n"


def page(tables: Sequence[str]) -> str:
    """The whole page."""
    return _HEAD + "".join(tables)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    PAGE.write_text(page(asyncio.run(sections())))
