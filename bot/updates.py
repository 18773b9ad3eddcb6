"""How updates are worked on: many at once, and none of them may hold up the end of the process."""

import asyncio
from collections.abc import Awaitable

from telegram.ext import BaseUpdateProcessor

#: Far more than a bot of a few chats ever sees; a flood waits its turn.
MOST_AT_ONCE = 256


class Updates(BaseUpdateProcessor):
    """Works on updates side by side: a slow exchange or chat delays no other."""

    def __init__(self) -> None:
        super().__init__(max_concurrent_updates=MOST_AT_ONCE)
        self._at_work: set[asyncio.Task[None]] = set()

    async def do_process_update(self, update: object, coroutine: Awaitable[None]) -> None:
        """Works on one update."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine always runs in one
        self._at_work.add(task)
        try:
            await coroutine
        finally:
            self._at_work.discard(task)

    async def abandon(self) -> None:
        """Lets go of the updates at work. What money depends on is no part of them by then."""
        at_work = tuple(self._at_work)
        for task in at_work:
            task.cancel()
        await asyncio.gather(*at_work, return_exceptions=True)

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""
