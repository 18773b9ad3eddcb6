"""Reading an exchange's JSON: what is not exactly as expected is `Malformed`, never guessed."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from dust.money import ZERO, to_decimal

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
#: No amount has its first digit more places than this from the point: sums of such would overflow.
_MOST_PLACES = 40


class Malformed(ValueError):
    """An answer does not have the documented shape. The text names the place, not the values."""


def as_object(value: object, what: str) -> Mapping[str, object]:
    """A JSON object."""
    if not isinstance(value, dict):
        raise Malformed(f"{what} is no object but {type(value).__name__}")
    return value


def as_rows(value: object, what: str) -> list[Mapping[str, object]]:
    """A JSON array of objects."""
    if not isinstance(value, list):
        raise Malformed(f"{what} is no array but {type(value).__name__}")
    return [as_object(row, f"a row of {what}") for row in value]


def text(row: Mapping[str, object], key: str) -> str:
    """A string that is not empty."""
    value = row.get(key)
    if not isinstance(value, str) or not value:
        raise Malformed(f"{key} is no text")
    return value


def amount(row: Mapping[str, object], key: str) -> Decimal:
    """An exact number that is not negative."""
    try:
        number = to_decimal(row.get(key))
    except ValueError as error:
        raise Malformed(f"{key} is {error}") from None
    if abs(number.adjusted()) > _MOST_PLACES:
        raise Malformed(f"{key} is beyond all reason")
    if number < ZERO:
        raise Malformed(f"{key} is negative")
    return number


def positive(row: Mapping[str, object], key: str) -> Decimal:
    """An exact number above zero."""
    number = amount(row, key)
    if number == ZERO:
        raise Malformed(f"{key} is zero")
    return number


def identifier(row: Mapping[str, object], key: str) -> str:
    """An id, which exchanges write as an integer here and as a string there."""
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, int | str) or value == "":
        raise Malformed(f"{key} is no id")
    return str(value)


def flag(row: Mapping[str, object], key: str) -> bool | None:
    """True, false, or None where the exchange does not tell."""
    value = row.get(key)
    if value is not None and not isinstance(value, bool):
        raise Malformed(f"{key} is neither true nor false")
    return value


def integer(row: Mapping[str, object], key: str) -> int:
    """An integer, as JSON writes it."""
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Malformed(f"{key} is no integer")
    return value


def moment(row: Mapping[str, object], key: str) -> datetime:
    """A time given in milliseconds since 1970, as aware UTC."""
    try:
        return _EPOCH + integer(row, key) * _MILLISECOND
    except OverflowError:
        raise Malformed(f"{key} is no time") from None


def to_milliseconds(at: datetime) -> int:
    """Milliseconds since 1970, rounded down."""
    return (at - _EPOCH) // _MILLISECOND
