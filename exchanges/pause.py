"""The pause that an exchange asks for with 429 or 418."""

from datetime import datetime, timedelta

from dust.errors import RateLimited
from dust.ports import Clock

#: How long to stay away when the exchange does not say (Retry-After is missing or no number).
DEFAULT_PAUSE = timedelta(seconds=60)


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
        length = DEFAULT_PAUSE
        if retry_after is not None and retry_after.isascii() and retry_after.isdigit():
            length = timedelta(seconds=int(retry_after))
        until = self._clock.now() + length
        self._until = max(self._until or until, until)
        return self._until
