"""The pause that an exchange asks for with 429 or 418: it is for everyone who calls the same host."""

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from dust.errors import RateLimited
from dust.ports import Clock

#: How long to stay away when the exchange does not say (Retry-After is missing or no number).
DEFAULT_PAUSE = timedelta(seconds=60)
#: The longest ban that is documented (Binance spot documentation, IP limits).
LONGEST_PAUSE = timedelta(days=3)


class Pause:
    """Keeps calls from leaving until the exchange's pause is over."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: datetime | None = None

    def check(self) -> None:
        """Raises RateLimited while the pause lasts."""
        if self._until is not None and self._clock.now() < self._until:
            raise RateLimited(self._until)

    def begin(self, retry_after: str | None) -> datetime:
        """Starts a pause of `retry_after` seconds; a longer one that already runs stays. Its end."""
        return self.last(self._clock.now() + _length(retry_after))

    def last(self, until: datetime) -> datetime:
        """Makes the pause last until then at least. Its end."""
        self._until = max(self._until or until, until)
        return self._until


class Pauses:
    """One pause for each host, shared by all accounts there: limits count by address."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._by_host: dict[str, Pause] = {}

    def of(self, url: str) -> Pause:
        """The pause of this address's host and port."""
        host = urlsplit(url).netloc.lower()
        return self._by_host.setdefault(host, Pause(self._clock))


def _length(retry_after: str | None) -> timedelta:
    if retry_after is None or not re.fullmatch("[0-9]{1,15}", retry_after):
        return DEFAULT_PAUSE
    return timedelta(seconds=min(int(retry_after), LONGEST_PAUSE // timedelta(seconds=1)))
