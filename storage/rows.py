"""Between the domain's values and SQLite's columns: amounts are TEXT, times are milliseconds UTC."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from dust.money import to_decimal

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def amount_out(amount: Decimal) -> str:
    """The column of an amount: all of its digits, never an exponent. Raises ValueError for NaN."""
    return f"{to_decimal(amount):f}"


def amount_in(column: str) -> Decimal:
    """The amount in a column. Raises ValueError for anything but a number in TEXT."""
    if not isinstance(column, str):
        raise ValueError(f"an amount is stored as text, not {type(column).__name__}")
    return to_decimal(column)


def maybe_amount_out(amount: Decimal | None) -> str | None:
    """The column of an amount that may be missing."""
    return None if amount is None else amount_out(amount)


def maybe_amount_in(column: str | None) -> Decimal | None:
    """The amount in a column that may be empty."""
    return None if column is None else amount_in(column)


def time_out(at: datetime) -> int:
    """The column of a time. Raises TypeError for a time without a zone."""
    return (at - _EPOCH) // _MILLISECOND


def time_in(column: int) -> datetime:
    """The time in a column, aware UTC."""
    return _EPOCH + column * _MILLISECOND


def maybe_time_out(at: datetime | None) -> int | None:
    """The column of a time that may be missing."""
    return None if at is None else time_out(at)


def maybe_time_in(column: int | None) -> datetime | None:
    """The time in a column that may be empty."""
    return None if column is None else time_in(column)


def span_out(span: timedelta) -> int:
    """The column of a length of time: milliseconds."""
    return span // _MILLISECOND


def span_in(column: int) -> timedelta:
    """The length of time in a column."""
    return column * _MILLISECOND
