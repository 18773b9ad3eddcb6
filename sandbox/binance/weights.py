"""Used request weight, as the answers' headers report it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sandbox.binance.endpoint import Endpoint


class Weights:
    """/api shares one sum per minute; every /sapi endpoint has its own."""

    def __init__(self) -> None:
        self._used: Counter[tuple[str, datetime]] = Counter()

    def charge(self, endpoint: Endpoint, now: datetime) -> dict[str, str]:
        """Count one request; return the header that tells the sum of this minute."""
        shared = endpoint.path.startswith("/api/")
        window = ("/api/" if shared else endpoint.path, now.replace(second=0, microsecond=0))
        self._used[window] += endpoint.weight
        return {_header(shared, by_uid=endpoint.by_uid): str(self._used[window])}


def _header(shared: bool, *, by_uid: bool) -> str:
    if shared:
        return "X-MBX-USED-WEIGHT-1M"
    return f"X-SAPI-USED-{'UID' if by_uid else 'IP'}-WEIGHT-1M"
