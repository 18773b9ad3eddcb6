"""Strict reading of answers: a shape that is not what the documentation says is no answer."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from dust.money import to_decimal

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class BadAnswer(ValueError):
    """The exchange's answer has not the documented shape."""


def as_dict(answer: object) -> Mapping[str, object]:
    """A JSON object."""
    if not isinstance(answer, dict):
        raise BadAnswer(f"an object was expected, not {type(answer).__name__}")
    return answer


def as_list(answer: object) -> list[object]:
    """A JSON array."""
    if not isinstance(answer, list):
        raise BadAnswer(f"an array was expected, not {type(answer).__name__}")
    return answer


def rows(answer: object, key: str) -> list[Mapping[str, object]]:
    """The array of objects at `key`."""
    return [as_dict(row) for row in as_list(as_dict(answer).get(key))]


def amount(row: Mapping[str, object], key: str) -> Decimal:
    """A non-negative amount."""
    try:
        number = to_decimal(row.get(key))
    except ValueError as error:
        raise BadAnswer(f"{key} is no amount") from error
    if number < 0:
        raise BadAnswer(f"{key} is negative")
    return number


def text(row: Mapping[str, object], key: str) -> str:
    """A text that is not empty."""
    value = row.get(key)
    if not isinstance(value, str) or not value:
        raise BadAnswer(f"{key} is no text")
    return value


def label(row: Mapping[str, object], key: str) -> str:
    """An id, which exchanges write as a number or as a text."""
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, int | str) or value == "":
        raise BadAnswer(f"{key} is no id")
    return str(value)


def moment(row: Mapping[str, object], key: str) -> datetime:
    """A time in milliseconds."""
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadAnswer(f"{key} is no time")
    return from_milliseconds(value)


def from_milliseconds(value: int) -> datetime:
    """Milliseconds since 1970 as aware UTC."""
    return _EPOCH + timedelta(milliseconds=value)


def to_milliseconds(at: datetime) -> int:
    """Aware time as milliseconds since 1970."""
    return (at - _EPOCH) // timedelta(milliseconds=1)
