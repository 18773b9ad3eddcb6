"""An amount of the chat's currency as people write it: `5`, `2.5`, `2,5`, `$5`, `5 EUR`, `1,000.50`."""

import re
from decimal import Decimal

from dust.money import CURRENCIES, ZERO, Money, floor_to, to_decimal
from handlers.setting_changes import Topic
from handlers.setting_faults import Fault, Nonsense

LARGEST = Decimal(1_000_000)
MOST_PLACES = 8
#: Before and behind the point of a token's amount.
_MOST_DIGITS = 18
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP"}
_NUMBER = r"[0-9][0-9.,]*|[.,][0-9]+"
_UNIT = r"[$€£]|[a-z]+"
_AMOUNT = re.compile(rf"(?P<before>{_UNIT})?\s*(?P<number>{_NUMBER})\s*(?P<after>{_UNIT})?", re.I)
_PLAIN = re.compile(r"[0-9]*[.,]?[0-9]+|[0-9]+")
_THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?|[0-9]{1,3}(\.[0-9]{3})+,[0-9]+")
_EITHER_WAY = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")


def parse_amount(text: str, currency: str, topic: Topic) -> Money | Nonsense:
    """The amount in the chat's currency; another currency is a fault, because it may be a slip."""
    match = _AMOUNT.fullmatch(text.strip().removeprefix("+"))
    if match is None or (match["before"] and match["after"]):
        return Nonsense(Fault.AMOUNT, text, topic)
    unit = match["before"] or match["after"]
    if unit is not None and _currency(unit) != currency:
        other = _currency(unit) in CURRENCIES
        fault = Fault.OTHER_CURRENCY if other else Fault.AMOUNT
        return Nonsense(fault, text, topic)
    amount = _amount(match["number"])
    if isinstance(amount, Fault):
        return Nonsense(amount, text, topic)
    return Money(amount, currency)


def _currency(unit: str) -> str:
    return _SIGNS.get(unit, unit.upper())


def _amount(number: str) -> Decimal | Fault:
    amount = read_number(number)
    if isinstance(amount, Fault):
        return amount
    if amount <= ZERO:
        return Fault.NOT_POSITIVE
    if amount > LARGEST:
        return Fault.TOO_LARGE
    fine = amount != floor_to(amount, MOST_PLACES)
    return Fault.TOO_FINE if fine else amount


def read_amount(word: str) -> Decimal | Fault:
    """An amount of a token, zero included, that an exchange could have."""
    number = read_number(word)
    if isinstance(number, Fault):
        return number
    if number.adjusted() > _MOST_DIGITS:
        return Fault.TOO_LARGE
    return Fault.TOO_FINE if number != floor_to(number, _MOST_DIGITS) else number


def read_number(number: str) -> Decimal | Fault:
    """A comma is a decimal sign, unless it sets off thousands beyond doubt."""
    if _EITHER_WAY.fullmatch(number):
        return Fault.AMBIGUOUS
    if _PLAIN.fullmatch(number):
        return to_decimal(number.replace(",", "."))
    if not _THOUSANDS.fullmatch(number):
        return Fault.AMOUNT
    point = max(number.rfind("."), number.rfind(","))
    if number.count(number[point]) > 1:
        return to_decimal(number.replace(number[point], ""))
    whole = number[:point].replace(".", "").replace(",", "")
    return to_decimal(f"{whole}.{number[point + 1 :]}")
