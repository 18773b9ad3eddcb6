"""Amounts as the exchange keeps and prints them: decimals with eight places, never floats."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_DOWN, Decimal

STEP = Decimal("0.00000001")
ZERO = Decimal(0)


def floor8(amount: Decimal) -> Decimal:
    """``amount`` rounded down to the eighth decimal place."""
    return amount.quantize(STEP, rounding=ROUND_DOWN)


def text8(amount: Decimal) -> str:
    """``amount`` as it stands in an answer: ``"6.21000000"``."""
    return f"{floor8(amount):f}"


def trimmed8(amount: Decimal) -> str:
    """``amount`` as the newer endpoints write it, without zeros at the end: ``"6.21"``."""
    return plain(floor8(amount))


def plain(number: Decimal) -> str:
    """``number`` with all its digits, without an exponent or zeros at the end."""
    return f"{number.normalize():f}"


def positive(amount: Decimal) -> Decimal:
    """``amount`` itself; ValueError unless it is above zero and has at most eight places."""
    if amount <= ZERO or floor8(amount) != amount:
        raise ValueError(f"{amount} is not a positive amount with at most eight decimal places")
    return amount


def milliseconds(moment: datetime) -> int:
    """Unix time in milliseconds, exact."""
    return int(moment.timestamp()) * 1000 + moment.microsecond // 1000
