"""The queue behind getUpdates: confirmation by offset, long polling, one poller at a time."""

import asyncio
from collections.abc import Mapping, Sequence

from sandbox.telegram.errors import ApiError
from sandbox.telegram.waiting import Changes

Update = dict[str, object]

LONGEST_POLL = 50  # seconds; Telegram cuts a longer timeout down to this
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
CONFLICT = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


class UpdateQueue:
    """Updates wait here until a poll confirms them with a higher offset."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._pending: list[Update] = []
        self._next_id = 1000
        self._allowed: frozenset[str] = frozenset()
        self._poll: asyncio.Future[None] | None = None
        self._closed = False

    def __len__(self) -> int:
        return len(self._pending)

    @property
    def waiting(self) -> bool:
        """Whether a long poll waits for the next update."""
        return self._poll is not None and not self._poll.done()

    def add(self, kind: str, content: Mapping[str, object]) -> int:
        """Queue an update unless the bot did not ask for its kind; returns the update id."""
        update_id = self._take_id()
        if self._wanted(kind):
            self._append({"update_id": update_id, kind: dict(content)})
        return update_id

    def add_raw(self, update: Mapping[str, object]) -> int:
        """Queue an update as it is; an id is added if it has none."""
        given = update.get("update_id")
        update_id = given if isinstance(given, int) else self._take_id()
        self._append({**update, "update_id": update_id})
        return update_id

    def clear(self) -> None:
        """Forget what is pending."""
        self._pending.clear()

    def open(self) -> None:
        """Let polls wait again after close."""
        self._closed = False

    def close(self) -> None:
        """Let a waiting poll return empty, and later ones at once."""
        self._closed = True
        self._wake()

    async def poll(
        self, offset: int, limit: int, timeout: float, allowed: Sequence[str] | None
    ) -> list[Update]:
        """What getUpdates answers; a poll that is overtaken by another one ends in 409."""
        if allowed is not None:
            self._allowed = frozenset(allowed)
        self._overtake()
        self._confirm(offset)
        if not self._pending and not self._closed and timeout > 0:
            await self._wait(min(timeout, LONGEST_POLL))
        return self._pending[: max(1, min(limit, 100))]

    def _take_id(self) -> int:
        self._next_id += 1
        return self._next_id

    def _wanted(self, kind: str) -> bool:
        return kind in self._allowed if self._allowed else kind not in NOT_BY_DEFAULT

    def _append(self, update: Update) -> None:
        self._pending.append(update)
        self._wake()

    def _wake(self) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def _overtake(self) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(ApiError(409, CONFLICT))

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self._pending = self._pending[offset:]
        else:
            self._pending = [u for u in self._pending if _id_of(u) >= offset]

    async def _wait(self, timeout: float) -> None:
        poll = asyncio.get_running_loop().create_future()
        self._poll = poll
        self._changes.notify()
        await asyncio.wait({poll}, timeout=timeout)
        if poll.done():
            poll.result()
        else:
            poll.cancel()


def _id_of(update: Update) -> int:
    update_id = update["update_id"]
    assert isinstance(update_id, int)  # noqa: S101 - both ways of adding see to it
    return update_id
