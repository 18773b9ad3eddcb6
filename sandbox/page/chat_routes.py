"""What the person at the page does in the chat: write, tap, open a file."""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import web

from sandbox.page.inputs import BadInput, Inputs, read_inputs
from sandbox.telegram import Chat, Message

MOST_TEXT = 4096
MOST_DATA = 64
TAP_PATIENCE = 30.0  # seconds until the page gives up on a tap's answer


class ChatRoutes:
    """The chat's part of the page's HTTP interface."""

    def __init__(self, chat: Chat, patience: float = TAP_PATIENCE) -> None:
        self._chat = chat
        self._patience = patience

    def add_to(self, app: web.Application) -> None:
        app.router.add_post("/api/send", self.send)
        app.router.add_post("/api/tap", self.tap)
        app.router.add_get("/api/documents/{message_id}", self.document)

    async def send(self, request: web.Request) -> web.Response:
        text = (await read_inputs(request)).text("text", MOST_TEXT)
        return web.json_response({"id": await self._chat.send(text)})

    async def tap(self, request: web.Request) -> web.Response:
        """The bot's answer to the tap; 504 with a sentence if there is none."""
        inputs = await read_inputs(request)
        message, data = self._tapped(inputs), inputs.text("data", MOST_DATA)
        tap = self._chat.tap(message, data)
        try:
            answer = await tap.changes.until(lambda: tap.answered, self._patience)
        except TimeoutError:
            return web.json_response({"error": "The bot did not answer this tap."}, status=504)
        return web.json_response({"text": answer.text, "show_alert": answer.show_alert})

    async def document(self, request: web.Request) -> web.Response:
        message_id = request.match_info["message_id"]
        message = self._chat.find(int(message_id)) if message_id.isdecimal() else None
        if message is None or message.document is None:
            raise web.HTTPNotFound
        disposition = f"attachment; filename*=UTF-8''{quote(message.document.name, safe='')}"
        return web.Response(
            body=message.document.content,
            content_type="application/octet-stream",
            headers={"Content-Disposition": disposition},
        )

    def _tapped(self, inputs: Inputs) -> Message:
        message = self._chat.find(inputs.integer("message_id", 1, 2**53))
        if message is None:
            raise BadInput("This message is gone.")
        return message
