"""The event feed: everything that becomes visible in a chat, as JSON-able dictionaries."""

import asyncio
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Self

Event = dict[str, object]


class Subscription(AsyncIterator[Event]):
    """One listener's events from now on; close it, or use it as a context manager."""

    def __init__(self, feed: "Feed") -> None:
        self._feed = feed
        self._events: asyncio.Queue[Event | None] = asyncio.Queue()

    def put(self, event: Event | None) -> None:
        """Hand over an event; None ends the iteration."""
        self._events.put_nowait(event)

    def close(self) -> None:
        """Stop listening."""
        self._feed.drop(self)

    async def __anext__(self) -> Event:
        event = await self._events.get()
        if event is None:
            raise StopAsyncIteration
        return event

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class Feed:
    """Hands each event to every listener."""

    def __init__(self) -> None:
        self._listeners: list[Subscription] = []

    def subscribe(self) -> Subscription:
        """A new listener."""
        listener = Subscription(self)
        self._listeners.append(listener)
        return listener

    def drop(self, listener: Subscription) -> None:
        """End a listener; ending it twice is harmless."""
        if listener in self._listeners:
            self._listeners.remove(listener)
            listener.put(None)

    def publish(self, kind: str, **details: object) -> None:
        """Tell everyone; `event` names what happened."""
        for listener in self._listeners:
            listener.put({"event": kind, **details})

    def close(self) -> None:
        """End every listener."""
        for listener in list(self._listeners):
            self.drop(listener)
