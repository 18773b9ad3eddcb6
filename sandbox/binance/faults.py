"""Misbehaviour on command: ``emulator.faults.script(path, faults.drop(execute=True))``.

Every maker below says whether the exchange does the work; that is what a client can't see.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from enum import Enum
from itertools import repeat
from typing import Any

from sandbox.binance.errors import BinanceError
from sandbox.binance.reply import Reply, json_reply

Pause = Callable[[], Coroutine[Any, Any, object]]


class Ending(Enum):
    """What becomes of the connection: answered, closed in silence, or closed amid the body."""

    ANSWER = "answer"
    DROP = "drop"
    CUT = "cut"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One misbehaviour, in the order of its fields.

    ``before`` is awaited, then the work is done if ``execute``, then ``after`` is awaited.
    ``reply`` replaces the honest answer, ``transform`` changes the JSON of a successful one.
    """

    before: Pause | None = None
    execute: bool = True
    after: Pause | None = None
    reply: Reply | None = None
    transform: Callable[[Any], Any] | None = None
    ending: Ending = Ending.ANSWER


class FaultScript:
    """Faults waiting for requests, first scripted first met, each path on its own."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, deque[Fault]] = defaultdict(deque)

    def script(self, path: str, fault: Fault, times: int = 1) -> None:
        """The next ``times`` requests to ``path`` (``/sapi/v1/asset/dust``) meet ``fault``."""
        self._waiting[path].extend(repeat(fault, times))

    def clear(self) -> None:
        self._waiting.clear()

    def waiting(self, path: str) -> int:
        """How many requests to ``path`` will still meet a fault."""
        return len(self._waiting[path])

    def take(self, path: str) -> Fault | None:
        waiting = self._waiting[path]
        return waiting.popleft() if waiting else None


def delay(seconds: float, *, after: bool = False) -> Fault:
    """Answer honestly, late; the work is done when the wait is over, or with ``after`` at once."""
    return _paused(lambda: asyncio.sleep(seconds), after=after)


def hold(until: asyncio.Event, *, after: bool = False) -> Fault:
    """As ``delay``, until the event is set."""
    return _paused(until.wait, after=after)


def hang(*, execute: bool) -> Fault:
    """Never answer; the connection stays open until the client or the emulator closes it."""
    return Fault(execute=execute, after=asyncio.Event().wait)


def drop(*, execute: bool) -> Fault:
    """Close the connection without a byte."""
    return Fault(execute=execute, ending=Ending.DROP)


def cut() -> Fault:
    """Do the work, announce the whole body, send half of it, close."""
    return Fault(ending=Ending.CUT)


def refuse(code: int, msg: str, status: int = 400, *, execute: bool = False) -> Fault:
    """Binance's ``{"code", "msg"}``, for example -1007 with status 504 and ``execute=True``."""
    return answer_json(BinanceError(code, msg).body(), status, execute=execute)


def answer_json(body: Any, status: int = 200, *, execute: bool = False) -> Fault:
    return Fault(execute=execute, reply=json_reply(body, status))


def answer_text(
    text: str, status: int = 200, content_type: str = "text/html", *, execute: bool = False
) -> Fault:
    """Anything but JSON: a firewall's page, an empty body."""
    return Fault(execute=execute, reply=Reply(status, text.encode(), content_type))


def limited(retry_after: int | None, status: int = 429) -> Fault:
    """429 or 418; ``retry_after`` in seconds, None for an answer without the header."""
    error = BinanceError(-1003, "Too much request weight used; please use WebSocket Streams.")
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Fault(execute=False, reply=json_reply(error.body(), status, headers))


def transform(change: Callable[[Any], Any]) -> Fault:
    """Do the work; what the client sees is ``change(answer)``. Error answers stay as they are."""
    return Fault(transform=change)


def _paused(pause: Pause, *, after: bool) -> Fault:
    return Fault(after=pause) if after else Fault(before=pause)
