"""Work that a cancelled coroutine still sees through."""

import asyncio
from collections.abc import Coroutine


async def uninterrupted(work: Coroutine[object, object, None]) -> None:
    """Runs `work` to its end even if the caller is cancelled meanwhile; the cancellation follows then."""
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            cancelled = error
    task.result()
    if cancelled is not None:
        raise cancelled
