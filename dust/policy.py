"""What of a wallet counts as dust for one chat: the same answer for lists, totals, alerts, reports and
conversions."""

from dataclasses import dataclass

from dust.model import Reason
from dust.preferences import ChatSettings


@dataclass(frozen=True, slots=True)
class DustPolicy:
    """A chat's own rules over what an exchange offers."""

    protected: frozenset[str] = frozenset()

    def spares(self, asset: str) -> Reason | None:
        """Why the balance is no dust for the chat; None where it is."""
        return Reason.PROTECTED if asset in self.protected else None


def policy_of(settings: ChatSettings) -> DustPolicy:
    """The rules that the chat has chosen."""
    return DustPolicy(settings.protected)
