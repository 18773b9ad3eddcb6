"""A server on 127.0.0.1 that gives prepared answers, one fixed answer for each path."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web

SAMPLES = Path(__file__).parent / "samples" / "binance"
TIME = "/api/v3/time"


def sample(name: str) -> str:
    """A recorded or documented answer, as text."""
    return (SAMPLES / name).read_text(encoding="utf-8")


def errors() -> list[dict[str, Any]]:
    """The catalogue of error answers."""
    found: list[dict[str, Any]] = json.loads(sample("errors.json"))
    return found


@dataclass(frozen=True, slots=True)
class Canned:
    """One answer."""

    body: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"


def canned_error(entry: Mapping[str, Any]) -> Canned:
    """An entry of the catalogue as an answer."""
    body = entry["body"]
    text = body if isinstance(body, str) else json.dumps(body)
    kind = str(entry["content_type"]).split(";")[0]
    return Canned(text, entry["http_status"], entry["headers"], kind)


class CannedServer:
    """Answers by path; the clock is 2023-11-14T22:13:20Z unless told otherwise."""

    def __init__(self) -> None:
        self.answers: dict[str, Canned] = {TIME: Canned('{"serverTime":1700000000000}')}
        self.paths: list[str] = []
        self.forms: list[Mapping[str, str]] = []
        self.url = ""

    def tell_time(self, at: datetime) -> None:
        """From now on its clock stands there."""
        milliseconds = (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
        self.answers[TIME] = Canned(json.dumps({"serverTime": milliseconds}))

    def count(self, path: str) -> int:
        """How many requests came for a path."""
        return self.paths.count(path)

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Notes the request and gives the answer that was prepared for its path."""
        body = await request.read()
        self.paths.append(request.path)
        self.forms.append({"body": body.decode(), "query": request.query_string})
        answer = self.answers[request.path]
        headers = {**answer.headers, "Content-Type": answer.content_type}
        return web.Response(body=answer.body.encode(), status=answer.status, headers=headers)


@asynccontextmanager
async def canned_server() -> AsyncIterator[CannedServer]:
    """The server, listening."""
    server = CannedServer()
    runner = web.ServerRunner(web.Server(server.handle, access_log=None))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    server.url = f"http://{host}:{port}"
    try:
        yield server
    finally:
        await runner.cleanup()
