"""The dust rules that Binance changes from time to time; all can be turned at any moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from enum import Enum

from sandbox.binance import errors


class CooldownStyle(Enum):
    """Which of the two known refusals a conversion during the cooldown gets."""

    ONCE_IN_HOURS = "-5006"
    ONCE_WITHIN_HOURS = "32110"

    def refusal(self, length: timedelta) -> errors.BinanceError:
        return _REFUSALS[self](length)


class DustFamily(Enum):
    """The two families of endpoints that convert dust: to BNB only, and to a target of choice."""

    DUST = "asset/dust"
    DUST_CONVERT = "asset/dust-convert"


class Absence(Enum):
    """How asset/dust-convert is refused where it is not available; which, is not known."""

    UNKNOWN_PATH = "404"
    NOT_AUTHORIZED = "-1002"


_REFUSALS: dict[CooldownStyle, Callable[[timedelta], errors.BinanceError]] = {
    CooldownStyle.ONCE_IN_HOURS: errors.once_in_hours,
    CooldownStyle.ONCE_WITHIN_HOURS: errors.once_within_hours,
}


@dataclass(slots=True)
class DustRules:
    """``ceiling_btc`` and ``min_btc`` bound the worth of one balance, both inclusive.

    ``cooldown`` of zero lets every conversion through. ``unsupported`` names assets that are
    traded but not accepted as dust. A conversion passes over assets in ``passed_over`` without a
    word, as if they had not been asked for.

    ``targets`` are what asset/dust-convert converts to; no list of them is published. Its ceiling,
    ``dribblet_base`` in USDT, is by default the worth of ``ceiling_btc``, so that both families
    offer the same for BNB. Nobody knows whether a conversion in one family starts the cooldown of
    the other: ``cooldown_shared``.
    """

    ceiling_btc: Decimal = Decimal("0.0012")
    min_btc: Decimal = Decimal(0)
    fee_rate: Decimal = Decimal("0.02")
    cooldown: timedelta = timedelta(hours=1)
    cooldown_style: CooldownStyle = CooldownStyle.ONCE_WITHIN_HOURS
    unsupported: set[str] = field(default_factory=set)
    passed_over: set[str] = field(default_factory=set)
    targets: set[str] = field(default_factory=lambda: {"BNB", "USDT", "USDC", "BTC"})
    dribblet_base: Decimal | None = None
    cooldown_shared: bool = True
    dust_convert_available: bool = True
    dust_convert_absence: Absence = Absence.UNKNOWN_PATH

    def dust_convert_is(self, absence: Absence) -> bool:
        """Whether asset/dust-convert is not available, in this way."""
        return not self.dust_convert_available and self.dust_convert_absence is absence
