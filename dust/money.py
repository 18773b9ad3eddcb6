"""Money is `Decimal` from the wire to the screen; this is the border where it is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_DOWN, Context, Decimal, InvalidOperation

ZERO = Decimal(0)
#: Some tokens are given away by the sextillion: more digits than the default context rounds.
_WIDE = Context(prec=100)

#: What a chat may have its worths shown in. USD is taken as USDT.
CURRENCIES = ("USD", "EUR", "GBP", "BTC", "BNB", "USDT")
DEFAULT_CURRENCY = "USD"


def to_decimal(value: object) -> Decimal:
    """The exact decimal that a string, an int or a Decimal stands for.

    Raises ValueError for anything else: a float has already lost digits, and NaN or infinity is no amount.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise ValueError(f"not an exact amount: {type(value).__name__}")
    try:
        number = Decimal(value)
    except InvalidOperation as error:
        raise ValueError("not a number") from error
    if not number.is_finite():
        raise ValueError("not a finite number")
    return number


def floor_to(amount: Decimal, places: int) -> Decimal:
    """`amount` rounded down to `places` decimals: what is shown or sent is never more than there is."""
    return amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_DOWN, context=_WIDE)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of one currency or asset."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Rates:
    """What one unit of `base` (the asset an exchange values dust in) is worth in each currency."""

    base: str
    per_base: Mapping[str, Decimal]
    taken_at: datetime

    def knows(self, currency: str) -> bool:
        """Whether a price for `currency` could be had."""
        return currency in self.per_base

    def shown_currency(self, wanted: str) -> str:
        """`wanted`, or US dollars where its price can't be had."""
        return wanted if self.knows(wanted) else DEFAULT_CURRENCY

    def worth(self, in_base: Decimal, currency: str) -> Decimal:
        """The worth in `currency` of `in_base` units of the base. Raises KeyError for an unknown one."""
        return in_base * self.per_base[currency]

    def exchange(self, money: Money, currency: str) -> Money | None:
        """`money` expressed in `currency`, or None where one of the two prices is missing."""
        if money.currency == currency:
            return money
        if not (self.knows(money.currency) and self.knows(currency)):
            return None
        amount = money.amount / self.per_base[money.currency] * self.per_base[currency]
        return Money(amount, currency)
