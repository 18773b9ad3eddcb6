"""The demo's page: one address, the chat and the panel behind it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from aiohttp import web

from sandbox.binance import BinanceEmulator
from sandbox.page.chat_routes import ChatRoutes
from sandbox.page.chat_state import bot_state, chat_state
from sandbox.page.guard import add_headers, bad_input_as_sentence, own_origin_only
from sandbox.page.inputs import read_inputs
from sandbox.page.live import Live
from sandbox.page.market_state import market_state
from sandbox.page.panel import Panel
from sandbox.telegram import Chat, TelegramSandbox

STATIC = Path(__file__).parent / "static"

Json = dict[str, object]


class DemoPage:
    """Shows ``chat`` as Telegram would, and lets its visitor play the market.

    ``jump`` moves everyone's clock ahead; ``now`` gives that clock's aware UTC time.
    """

    def __init__(
        self,
        telegram: TelegramSandbox,
        exchange: BinanceEmulator,
        chat: Chat,
        *,
        jump: Callable[[timedelta], None],
        now: Callable[[], datetime],
    ) -> None:
        self.url = ""
        self._telegram = telegram
        self._exchange = exchange
        self._chat = chat
        self._now = now
        self._panel = Panel(exchange, jump)
        self._live = Live(telegram, chat, self._state, self._looked_at)
        self._runner: web.AppRunner | None = None

    async def start(self, port: int = 0, host: str = "127.0.0.1") -> None:
        """Listen; port 0 takes a free one. ``url`` is set afterwards."""
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        bound = self._runner.addresses[0][1]
        self.url = f"http://{host}:{bound}"

    async def stop(self) -> None:
        """Stop listening; open pages are told."""
        if self._runner is not None:
            await self._runner.cleanup()
        self._runner = None

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[own_origin_only, bad_input_as_sentence])
        app.on_response_prepare.append(add_headers)
        app.on_shutdown.append(self._say_goodbye)
        app.router.add_get("/", self._index)
        app.router.add_static("/static", STATIC)
        app.router.add_get("/api/state", self._answer_state)
        app.router.add_get("/api/live", self._live.serve)
        app.router.add_post("/api/panel/{action}", self._act)
        ChatRoutes(self._chat).add_to(app)
        return app

    async def _say_goodbye(self, _app: web.Application) -> None:
        await self._live.close()

    async def _index(self, _request: web.Request) -> web.StreamResponse:
        return web.FileResponse(STATIC / "index.html")

    async def _answer_state(self, _request: web.Request) -> web.Response:
        return web.json_response(self._state())

    async def _act(self, request: web.Request) -> web.Response:
        inputs = await read_inputs(request)
        said = self._panel.do(request.match_info["action"], inputs)
        return web.json_response({"said": said})

    def _state(self) -> Json:
        return {"chat": chat_state(self._chat), **self._looked_at()}

    def _looked_at(self) -> dict[str, Json]:
        """The parts of the state that tell nobody when they change."""
        return {
            "bot": bot_state(self._telegram, self._chat),
            "market": market_state(self._exchange, self._panel.upcoming, self._now),
        }
