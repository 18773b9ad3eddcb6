"""HTTP on 127.0.0.1: takes requests in, plays the scripted faults, sends answers out."""

from __future__ import annotations

import asyncio
import json

from aiohttp import web

from sandbox.binance.auth import Incoming, signature_of
from sandbox.binance.dispatch import Dispatcher
from sandbox.binance.faults import Ending, Fault, FaultScript, Pause
from sandbox.binance.params import Params
from sandbox.binance.reply import Reply, json_reply
from sandbox.binance.state import ExchangeState
from sandbox.binance.traffic import Request, Traffic

HONEST = Fault()


class ServerClosing(Exception):
    """The server stops while a request waits."""


class Server:
    """One listening port. ``latency`` is in seconds; ``down`` closes every connection unanswered."""

    def __init__(self, state: ExchangeState, traffic: Traffic, faults: FaultScript) -> None:
        self._state = state
        self._traffic = traffic
        self._faults = faults
        self._dispatcher = Dispatcher(state)
        self._runner: web.ServerRunner | None = None
        self._closing = asyncio.Event()
        self.latency: float = 0
        self.down = False

    async def start(self) -> str:
        """Listen on a free port; return the root of its addresses."""
        self._closing.clear()
        self._runner = web.ServerRunner(web.Server(self._handle, access_log=None))
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}"

    async def stop(self) -> None:
        """Close all connections, unanswered where a request still waits."""
        self._closing.set()
        if self._runner:
            await self._runner.cleanup()
        self._runner = None

    async def _handle(self, http: web.BaseRequest) -> web.StreamResponse:
        try:
            return await self._respond(http)
        except ServerClosing:
            return _drop(http)

    async def _respond(self, http: web.BaseRequest) -> web.StreamResponse:
        incoming = await _read(http)
        path = http.raw_path.partition("?")[0]
        record = self._record(http.method, path, incoming)
        if self.down:
            return _drop(http)
        fault = self._faults.take(path) or HONEST
        await self._wait(lambda: asyncio.sleep(self.latency))
        reply = await self._play(fault, http.method, path, incoming)
        if fault.ending is Ending.DROP:
            return _drop(http)
        self._traffic.answered(record, reply.status)
        return await (_cut(http, reply) if fault.ending is Ending.CUT else _send(http, reply))

    async def _play(self, fault: Fault, method: str, path: str, incoming: Incoming) -> Reply:
        if fault.before:
            await self._wait(fault.before)
        honest = self._dispatcher.answer(method, path, incoming) if fault.execute else None
        if fault.after:
            await self._wait(fault.after)
        reply = fault.reply or honest or Reply(500, b"")
        if fault.transform and reply.status == 200:
            return json_reply(fault.transform(json.loads(reply.body)), headers=reply.headers)
        return reply

    async def _wait(self, pause: Pause) -> None:
        """Wait out the pause; ServerClosing if the server stops first."""
        waits = [asyncio.ensure_future(pause()), asyncio.ensure_future(self._closing.wait())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        if self._closing.is_set():
            raise ServerClosing

    def _record(self, method: str, path: str, incoming: Incoming) -> Request:
        params = Params(incoming.query, incoming.body).as_dict()
        request = Request(method, path, params, self._state.now(), signature_of(incoming))
        self._traffic.arrived(request)
        return request


async def _read(http: web.BaseRequest) -> Incoming:
    body = (await http.read()).decode("utf-8", "surrogateescape")
    return Incoming(http.headers.get("X-MBX-APIKEY"), http.raw_path.partition("?")[2], body)


async def _send(http: web.BaseRequest, reply: Reply) -> web.StreamResponse:
    response = web.Response(status=reply.status, body=reply.body, headers=_headers(reply))
    await response.prepare(http)
    return response


async def _cut(http: web.BaseRequest, reply: Reply) -> web.StreamResponse:
    response = web.StreamResponse(status=reply.status, headers=_headers(reply))
    response.content_length = len(reply.body)
    await response.prepare(http)
    await response.write(reply.body[: len(reply.body) // 2])
    if http.transport:
        http.transport.close()
    return response


def _drop(http: web.BaseRequest) -> web.StreamResponse:
    if http.transport:
        http.transport.abort()
    return web.Response()


def _headers(reply: Reply) -> dict[str, str]:
    return {"Content-Type": reply.content_type, **reply.headers}
