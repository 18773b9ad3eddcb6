"""What the exchange tests share: a clock that stands still, and attempts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from dust.conversion import Conversion, Quote, State
from exchanges.binance import BinanceAccount
from exchanges.ccxt_wire import TimeLimits
from exchanges.pause import Pauses
from tests.factories import a_conversion

KEY, SECRET = "key-that-only-the-sandbox-knows", "secret-that-only-the-sandbox-knows"
DUST = "/sapi/v1/asset/dust"
LIST = "/sapi/v1/asset/dust-btc"
LOG = "/sapi/v1/asset/dribblet"
BALANCES = "/sapi/v3/asset/getUserAsset"
PRICES = "/api/v3/ticker/price"
TIME = "/api/v3/time"
RESTRICTIONS = "/sapi/v1/account/apiRestrictions"

#: For answers that never come: long enough for an honest one, short enough for a test.
SHORT = TimeLimits(reading=timedelta(seconds=0.5), conversion=timedelta(seconds=0.5))


class StillClock:
    """Moves only when told."""

    def __init__(self, at: datetime = datetime(2026, 3, 1, 12, tzinfo=UTC)) -> None:
        self.at = at

    def now(self) -> datetime:
        """Aware UTC."""
        return self.at

    def pass_(self, span: timedelta) -> None:
        """Lets time pass."""
        self.at += span


def open_binance(
    url: str,
    clock: StillClock,
    *,
    secret: str = SECRET,
    limits: TimeLimits | None = None,
    pauses: Pauses | None = None,
) -> BinanceAccount:
    """An account on a server of the test."""
    return BinanceAccount(
        name="main",
        api_key=KEY,
        api_secret=secret,
        api_url=url,
        clock=clock,
        pauses=pauses or Pauses(clock),
        limits=limits,
    )


def an_attempt(quote: Quote, at: datetime) -> Conversion:
    """A conversion of `quote` that was claimed at `at`."""
    return replace(a_conversion(quote=quote, created_at=at), state=State.SUBMITTING, attempt_at=at)
