"""A process that is killed loses nothing that it had stored, and stores nothing halfway."""

import asyncio
import sys
from pathlib import Path

from dust.conversion import State
from storage.store import Store
from tests.factories import NOON

_CHILD = """
import asyncio, sys
from pathlib import Path
from storage.store import Store
from tests.factories import a_conversion
from tests.storage.steps import claimed

async def main():
    store = await Store.open(Path(sys.argv[1]))
    await claimed(store, a_conversion("sent", message_id=9))
    async with store.database.transaction() as transaction:
        await transaction.run("INSERT INTO owner VALUES (1, 7, 0)")
        print("inside", flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


async def killed_within_a_transaction(path: Path) -> None:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        _CHILD,
        str(path),
        stdout=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert child.stdout is not None
    try:
        assert await asyncio.wait_for(child.stdout.readline(), 30) == b"inside\n"
    finally:
        child.kill()
        await child.wait()


async def test_what_was_stored_before_a_kill_is_there_and_nothing_else(path: Path) -> None:
    await killed_within_a_transaction(path)
    store = await Store.open(path)
    try:
        assert await store.owners.get() is None
        (left,) = await store.journal.orphan(NOON)
        assert (left.id, left.state) == ("sent", State.UNKNOWN)
        (told,) = await store.outbox.due(NOON)
        assert told.addressed.message_id == 9
        assert await store.owners.claim(8, NOON)
    finally:
        await store.close()
