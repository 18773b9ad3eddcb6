"""What of a wallet counts as dust for one chat: the same answer for lists, totals, alerts, reports and
conversions."""

from dataclasses import dataclass
from decimal import Decimal

from dust.model import Reason
from dust.money import Rates
from dust.preferences import ChatSettings


@dataclass(frozen=True, slots=True)
class DustPolicy:
    """A chat's own rules over what an exchange offers.

    `ceiling` is the chat's dust ceiling in the exchange's base asset, None where it has set none. It is held
    against what of a token is free, since that is what a conversion takes.
    """

    protected: frozenset[str] = frozenset()
    ceiling: Decimal | None = None

    def spares(self, asset: str, worth: Decimal) -> Reason | None:
        """Why a balance of this worth (in the base asset) is no dust for the chat; None where it is."""
        if asset in self.protected:
            return Reason.PROTECTED
        return Reason.ABOVE_OWN_CEILING if self.exceeds(worth) else None

    def exceeds(self, worth: Decimal) -> bool:
        """Whether a worth in the base asset is above the chat's own dust ceiling."""
        return self.ceiling is not None and worth > self.ceiling


def policy_of(settings: ChatSettings, rates: Rates) -> DustPolicy:
    """The rules that the chat has chosen. A ceiling in a currency that has no price now counts in US
    dollars, as the alert threshold does."""
    ceiling = settings.ceiling
    if ceiling is None:
        return DustPolicy(settings.protected)
    in_base = ceiling.amount / rates.per_base[rates.shown_currency(ceiling.currency)]
    return DustPolicy(settings.protected, in_base)
