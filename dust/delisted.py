"""That an exchange will stop trading a token."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Delisting:
    """These pairs of the asset end at `at` (aware UTC); `last`: no other pair of it is left then."""

    asset: str
    at: datetime
    pairs: tuple[str, ...]
    last: bool
