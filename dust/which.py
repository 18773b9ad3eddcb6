"""Which conversions of the journal somebody asks for."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What became of a conversion, or where it was made."""

    ALL = "all"
    CONVERTED = "converted"
    FAILED = "failed"
    OPEN = "open"
    WEBSITE = "website"


@dataclass(frozen=True, slots=True)
class Which:
    """Conversions of a kind, and with `asset` only those that this token was part of."""

    kind: Kind = Kind.ALL
    asset: str | None = None


#: No filter.
ANY = Which()
