"""Jobs that can't store what they do rest: each try may ask an exchange, and leaves the same line."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from dust.ports import Clock
from storage.errors import StorageError

_log = logging.getLogger(__name__)

#: How long a job rests that the database has failed.
REST = timedelta(minutes=1)


class DatabasePatience:
    """Says once that the database can't be used, and once that it can again."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._resting: dict[str, datetime] = {}

    async def give(self, name: str, tick: Callable[[], Awaitable[None]]) -> None:
        """Runs the tick, unless the database has failed it within the last minute."""
        now = self._clock.now()
        if name in self._resting and now < self._resting[name]:
            return
        try:
            await tick()
        except StorageError as error:
            if not self._resting:
                _log.error("the database can't be used, trying again until it can: %s", error)
            self._resting[name] = self._clock.now() + REST
        else:
            self._worked(name)

    def _worked(self, name: str) -> None:
        if self._resting.pop(name, None) is not None and not self._resting:
            _log.info("the database can be used again")
