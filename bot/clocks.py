"""The system's clock, and one that can be moved forward."""

from datetime import UTC, datetime, timedelta


class SystemClock:
    """The machine's time."""

    def now(self) -> datetime:
        """Aware UTC."""
        return datetime.now(UTC)


class MovableClock:
    """The machine's time plus one offset, which the demo and the tests move."""

    def __init__(self) -> None:
        self._offset = timedelta(0)

    def now(self) -> datetime:
        """Aware UTC."""
        return datetime.now(UTC) + self._offset

    def jump(self, span: timedelta) -> None:
        """Moves this clock by `span` from now on."""
        self._offset += span
