"""The page's WebSocket: the whole state first, then whatever changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from weakref import WeakSet

from aiohttp import WSCloseCode, web

from sandbox.telegram import Chat, TelegramSandbox
from sandbox.telegram.feed import Subscription

Json = dict[str, object]

LOOK_EVERY = 0.25  # seconds between two looks at what tells nobody when it changes
HEARTBEAT = 20.0  # seconds
CHAT_EVENTS = frozenset({"message", "edit", "delete", "typing"})


class Live:
    """Keeps every open page up to date.

    ``looked_at`` gives the parts that are compared with what was sent last, by event name.
    """

    def __init__(
        self,
        telegram: TelegramSandbox,
        chat: Chat,
        state: Callable[[], Json],
        looked_at: Callable[[], dict[str, Json]],
    ) -> None:
        self._telegram = telegram
        self._chat = chat
        self._state = state
        self._looked_at = looked_at
        self._sockets: WeakSet[web.WebSocketResponse] = WeakSet()

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT)
        await socket.prepare(request)
        self._sockets.add(socket)
        with self._telegram.subscribe() as feed, suppress(ConnectionResetError):
            await self._keep_up_to_date(socket, feed)
        return socket

    async def close(self) -> None:
        """Say goodbye to every page."""
        for socket in list(self._sockets):
            await socket.close(code=WSCloseCode.GOING_AWAY)

    async def _keep_up_to_date(self, socket: web.WebSocketResponse, feed: Subscription) -> None:
        known = self._looked_at()
        await socket.send_json({"event": "state", **self._state()})
        tasks = [
            asyncio.create_task(self._listen(socket)),
            asyncio.create_task(self._forward(socket, feed)),
            asyncio.create_task(self._look(socket, known)),
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for task in done:
            task.result()

    async def _listen(self, socket: web.WebSocketResponse) -> None:
        """Until the page is gone; it has nothing to say here."""
        async for _ in socket:
            pass

    async def _forward(self, socket: web.WebSocketResponse, feed: Subscription) -> None:
        async for event in feed:
            if event["event"] in CHAT_EVENTS and event.get("chat_id") == self._chat.id:
                await socket.send_json(event)

    async def _look(self, socket: web.WebSocketResponse, known: dict[str, Json]) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            for name, part in self._looked_at().items():
                if part != known[name]:
                    known[name] = part
                    await socket.send_json({"event": name, name: part})
