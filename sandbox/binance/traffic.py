"""What the emulator was asked, for tests that count requests or wait for one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class Request:
    """One request, listed from the moment it arrives.

    ``params`` are decoded, without the signature; the values of a repeated name are joined by
    commas. ``signature`` is as it came over the wire, empty if there was none. ``status`` is None
    until an answer goes out, and stays None if none ever does.
    """

    method: str
    path: str
    params: dict[str, str]
    at: datetime
    signature: str
    status: int | None = None

    @property
    def signed(self) -> bool:
        return bool(self.signature)


class Traffic:
    """Requests in order of arrival."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self._changed = asyncio.Event()

    def arrived(self, request: Request) -> None:
        self.requests.append(request)
        self._tell()

    def answered(self, request: Request, status: int) -> None:
        request.status = status
        self._tell()

    async def wait(self, predicate: Callable[[Request], bool], timeout: float) -> Request:
        """First request, past or future, that fits; TimeoutError after ``timeout`` seconds."""
        async with asyncio.timeout(timeout):
            while True:
                for request in self.requests:
                    if predicate(request):
                        return request
                await self._changed.wait()

    def _tell(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
