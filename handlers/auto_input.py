"""What is typed after /auto, and what its buttons carry: words in, changed terms or None out."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from dust.auto_rule import AutoTerms, Quiet
from dust.durations import parse_duration
from dust.money import ZERO, Money
from handlers.amount_input import read_amount
from handlers.asset_input import asset_of
from handlers.setting_faults import Fault

#: The topics in the order of the screens.
TOPICS = ("minimum", "every", "target", "spared", "quiet", "hours", "reserve", "announce")
_OFF = "off"
_SHORTEST, _LONGEST = timedelta(hours=1), timedelta(days=31)
_MOST_HOURS = 24 * 14
_SHORTEST_ANNOUNCEMENT, _LONGEST_ANNOUNCEMENT = timedelta(minutes=1), timedelta(hours=6)
_MOST_SPARED = 200
_LONGEST_TARGET = 16
_QUIET = re.compile(r"([0-9]{1,2})(?::([0-9]{2}))?-([0-9]{1,2})(?::([0-9]{2}))?")


def change_terms(terms: AutoTerms, words: Sequence[str]) -> AutoTerms | None:
    """The terms with what the words say: `minimum 5`, `every 1d`, `target USDC`, `quiet 23:00-07:00`,
    `quiet off`, `hours 24`, `reserve 0.01`, `announce 10m`, `spare BTC`, `unspare BTC`."""
    if len(words) != 2:
        return None
    change = _CHANGES.get(words[0].lower())
    return change(terms, words[1]) if change else None


def _minimum(terms: AutoTerms, word: str) -> AutoTerms | None:
    amount = _number(word)
    if amount is None or amount <= ZERO:
        return None
    return replace(terms, minimum=Money(amount, terms.minimum.currency))


def _every(terms: AutoTerms, word: str) -> AutoTerms | None:
    span = _span(word)
    if span is None or not _SHORTEST <= span <= _LONGEST:
        return None
    return replace(terms, every=span)


def _target(terms: AutoTerms, word: str) -> AutoTerms | None:
    asset = asset_of(word)
    return replace(terms, target=asset) if len(asset.encode()) <= _LONGEST_TARGET else None


def _quiet(terms: AutoTerms, word: str) -> AutoTerms | None:
    if word.lower() == _OFF:
        return replace(terms, quiet=None)
    match = _QUIET.fullmatch(word)
    if match is None:
        return None
    start = _minute(match[1], match[2])
    end = _minute(match[3], match[4])
    if start is None or end is None or start == end:
        return None
    return replace(terms, quiet=Quiet(start, end))


def _minute(hour: str, minute: str | None) -> int | None:
    hours, minutes = int(hour), int(minute or 0)
    return hours * 60 + minutes if hours < 24 and minutes < 60 else None


def _hours(terms: AutoTerms, word: str) -> AutoTerms | None:
    if not word.isascii() or not word.isdigit() or int(word) > _MOST_HOURS:
        return None
    return replace(terms, settle_hours=int(word))


def _reserve(terms: AutoTerms, word: str) -> AutoTerms | None:
    amount = _number(word)
    return None if amount is None else replace(terms, reserve=amount)


def _announce(terms: AutoTerms, word: str) -> AutoTerms | None:
    if word.lower() == _OFF:
        return replace(terms, announce=timedelta(0))
    span = _span(word)
    if span is None or not _SHORTEST_ANNOUNCEMENT <= span <= _LONGEST_ANNOUNCEMENT:
        return None
    return replace(terms, announce=span)


def _spare(terms: AutoTerms, word: str) -> AutoTerms | None:
    spared = terms.spared | {asset_of(word)}
    return replace(terms, spared=spared) if len(spared) <= _MOST_SPARED else None


def _unspare(terms: AutoTerms, word: str) -> AutoTerms:
    return replace(terms, spared=terms.spared - {asset_of(word)})


def _number(word: str) -> Decimal | None:
    number = read_amount(word)
    return None if isinstance(number, Fault) else number


def _span(word: str) -> timedelta | None:
    try:
        return parse_duration(word)
    except ValueError:
        return None


_CHANGES: Mapping[str, Callable[[AutoTerms, str], AutoTerms | None]] = {
    "minimum": _minimum,
    "every": _every,
    "target": _target,
    "quiet": _quiet,
    "hours": _hours,
    "reserve": _reserve,
    "announce": _announce,
    "spare": _spare,
    "unspare": _unspare,
}
