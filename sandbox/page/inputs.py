"""What the page sends, read with care: every fault is a sentence for the person at the page."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from decimal import Decimal, InvalidOperation

from aiohttp import web

from sandbox.binance.amounts import STEP, ZERO, floor8

MOST = Decimal(10) ** 12


class BadInput(Exception):
    """Input that can't be used; the text tells why."""


class Inputs:
    """The members of a JSON object, each read as what it should be; BadInput otherwise."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def text(self, name: str, longest: int) -> str:
        """A text with something in it, without the blanks around it."""
        value = self._values.get(name)
        if not isinstance(value, str) or not value.strip():
            raise BadInput(f"Please give a {name}.")
        if len(value.strip()) > longest:
            raise BadInput(f"The {name} is longer than {longest} characters.")
        return value.strip()

    def one_of(self, name: str, choices: Collection[str]) -> str:
        value = self._values.get(name)
        if not isinstance(value, str) or value not in choices:
            raise BadInput(f"The {name} must be one of: {', '.join(choices)}.")
        return value

    def amount(self, name: str) -> Decimal:
        """A positive decimal in a text, with at most eight places."""
        amount = self._decimal(name)
        if not ZERO < amount <= MOST or floor8(amount) != amount:
            raise BadInput(f"The {name} must be above zero, in steps of {STEP:f}.")
        return amount

    def integer(self, name: str, lowest: int, highest: int) -> int:
        value = self._values.get(name)
        if type(value) is not int or not lowest <= value <= highest:
            raise BadInput(f"The {name} must be a whole number from {lowest} to {highest}.")
        return value

    def flag(self, name: str) -> bool:
        value = self._values.get(name)
        if not isinstance(value, bool):
            raise BadInput(f"The {name} must be true or false.")
        return value

    def _decimal(self, name: str) -> Decimal:
        value = self._values.get(name)
        try:
            number = Decimal(value) if isinstance(value, str) else None
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite():
            raise BadInput(f"The {name} must be a number such as 0.25.")
        return number


async def read_inputs(request: web.Request) -> Inputs:
    """The JSON object of a request.

    The content type is asked for because another site's form can't send it: a page opened next
    to the demo has no say in it.
    """
    if request.content_type != "application/json":
        raise BadInput("Please send JSON.")
    try:
        values = json.loads(await request.read())
    except ValueError:
        raise BadInput("This is not JSON.") from None
    if not isinstance(values, dict):
        raise BadInput("Please send a JSON object.")
    return Inputs(values)
