"""One token as people ask for it to be sold or swapped: `ADA`, `ADA 10`, `ADA USDC`, `ADA 10 to USDC`."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dust.money import ZERO
from dust.remedy import Remedy, Wish
from handlers.amount_input import read_amount
from handlers.asset_input import asset_of
from handlers.setting_faults import Fault

_ALL = "all"
_INTO = frozenset({"to", "into", "for"})


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A word that is no amount where one was expected, or one word too many."""

    word: str


def parse_wish(remedy: Remedy, words: Sequence[str]) -> Wish | Unreadable:
    """TOKEN [AMOUNT] [TARGET]: all that is free without an amount, the exchange's choice without a target.

    `words` holds at least the token.
    """
    asset, *rest = words
    amount: Decimal | None = None
    if rest and _is_number(rest[0]):
        number = read_amount(rest[0])
        if isinstance(number, Fault) or number <= ZERO:
            return Unreadable(rest[0])
        amount, rest = number, rest[1:]
    elif rest and rest[0].lower() == _ALL:
        rest = rest[1:]
    if len(rest) > 1 and rest[0].lower() in _INTO:
        rest = rest[1:]
    if len(rest) > 1:
        return Unreadable(rest[1])
    target = asset_of(rest[0]) if rest else None
    return Wish(remedy, (asset_of(asset),), target, amount)


def _is_number(word: str) -> bool:
    """Whether the word is meant as an amount; names of tokens may begin with a digit."""
    return not word.strip("0123456789.,+-")
