"""When a chat must be told of its dust, written down a second time, from the README's sentences alone."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import ROUND_DOWN, Decimal

from sandbox.binance.dust import DustRow

#: The emulated market's price of one BTC, in US dollars; no story moves it.
BTC_IN_USD = Decimal(100_000)
_EIGHT_PLACES = Decimal("0.00000001")


@dataclass
class Alarm:
    """One chat: what it has chosen, and what it was told last."""

    threshold: Decimal = Decimal(5)
    rest: timedelta = timedelta(hours=24)
    snoozed_until: datetime | None = None
    protected: set[str] = field(default_factory=set)
    told_at: datetime | None = None
    quiet: bool = False

    def look(self, rows: Iterable[DustRow], now: datetime) -> bool:
        """Whether this look at the wallet must bring an alert."""
        worth = self._worth(rows)
        if worth < self.threshold * 80 / 100:
            self.quiet = False
        if worth < self.threshold or self.quiet or self._must_wait(now):
            return False
        self.quiet = True
        self.told_at = now
        return True

    def _must_wait(self, now: datetime) -> bool:
        if self.snoozed_until is not None and self.snoozed_until > now:
            return True
        return self.told_at is not None and now - self.told_at < self.rest

    def _worth(self, rows: Iterable[DustRow]) -> Decimal:
        """In dollars; the exchange shows a worth with eight places of BTC."""
        counted = [row for row in rows if row.asset not in self.protected and row.net > 0]
        return sum((_shown(row.worth_btc) for row in counted), Decimal(0)) * BTC_IN_USD


def _shown(worth_btc: Decimal) -> Decimal:
    return worth_btc.quantize(_EIGHT_PLACES, rounding=ROUND_DOWN)
