"""A half-made choice of tokens: a row in SQLite, so that a restart loses nothing."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Choice:
    """One token to choose: its worth in the selection's currency, its net in the target asset."""

    asset: str
    worth: Decimal
    net: Decimal


@dataclass(frozen=True, slots=True)
class Selection:
    """What a person has ticked so far. Only that person may go on with it."""

    id: str
    account: str
    chat_id: int
    user_id: int
    currency: str
    target: str
    choices: tuple[Choice, ...]
    chosen: frozenset[str]
    page: int
    created_at: datetime
