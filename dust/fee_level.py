"""Below which balance of the fee token a chat wants to be told."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class FeeLevel:
    """A chat wants to be told when less than `level` (in the fee token) is free; `low`: it was told."""

    account: str
    chat_id: int
    level: Decimal
    low: bool = False
