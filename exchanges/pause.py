"""The pause that an exchange asks for with 429 or 418."""

import re
from datetime import datetime, timedelta

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
        until = self._clock.now() + _length(retry_after)
        self._until = max(self._until or until, until)
        return self._until


def _length(retry_after: str | None) -> timedelta:
    if retry_after is None or not re.fullmatch("[0-9]{1,15}", retry_after):
        return DEFAULT_PAUSE
    return timedelta(seconds=min(int(retry_after), LONGEST_PAUSE // timedelta(seconds=1)))
