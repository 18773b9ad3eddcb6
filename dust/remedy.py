"""What can be done about dust: the remedies, and a wish for one of them.

Every remedy goes the same way: offer, review, confirm, claim, one call, settle. They differ only in how an
exchange quotes, sends and looks one up.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Remedy(StrEnum):
    """How a balance becomes something else."""

    DUST = (
        "dust"  # the exchange's conversion of small balances: whole free balances, a fee, a pause
    )
    SWAP = (
        "swap"  # a quote that binds the exchange for some seconds: one token, a spread, a minimum
    )
    SALE = "sale"  # a market order: one token, its steps and minimum, the trading fee


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to convert.

    `assets` None: everything that is offered. `target` None: whatever the exchange converts to by itself.
    `amount` is in the one asset of a swap or a sale, None for all that is free.
    """

    remedy: Remedy = Remedy.DUST
    assets: tuple[str, ...] | None = None
    target: str | None = None
    amount: Decimal | None = None


#: All dust, to the exchange's own target.
EVERYTHING = Wish()
