"""What is typed after /settings and /snooze. Pure: words in, a wish or a fault out, never an exception."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from dust.durations import parse_duration
from dust.money import CURRENCIES
from dust.preferences import ChatSettings
from handlers.amount_input import parse_amount
from handlers.schedule_input import parse_report
from handlers.setting_changes import (
    Change,
    Protect,
    SetAlertCooldown,
    SetCeiling,
    SetCurrency,
    SetSilent,
    SetThreshold,
    SetZone,
    Topic,
    Unprotect,
)
from handlers.setting_faults import Fault, Nonsense, near
from handlers.zone_input import parse_zone

SHORTEST_ALERT_COOLDOWN = timedelta(minutes=1)
#: Longer ones are typing errors.
LONGEST_PAUSE = timedelta(days=365)
_MOST_TOKENS = 50
_LONGEST_TOKEN = 40


@dataclass(frozen=True, slots=True)
class Open:
    """Show a topic; None is the overview."""

    topic: Topic | None


@dataclass(frozen=True, slots=True)
class SnoozeFor:
    """No alerts for that long; zero ends a snooze."""

    span: timedelta


def parse_settings(words: Sequence[str], settings: ChatSettings) -> Open | Change | Nonsense:
    """What `/settings` followed by these words asks for."""
    if not words:
        return Open(None)
    name, *values = words
    try:
        topic = Topic(name.casefold())
    except ValueError:
        return Nonsense(Fault.TOPIC, name, suggestion=near(name, list(Topic)))
    if not values:
        return Open(Topic.PROTECT if topic is Topic.UNPROTECT else topic)
    return _PARSERS[topic](values, settings)


def parse_snooze(words: Sequence[str]) -> SnoozeFor | Nonsense:
    """What `/snooze` followed by one or more words asks for."""
    text = "".join(words)
    if text.casefold() == "off":
        return SnoozeFor(timedelta(0))
    try:
        span = parse_duration(text)
    except ValueError:
        return Nonsense(Fault.SNOOZE, " ".join(words))
    if span > LONGEST_PAUSE:
        return Nonsense(Fault.SNOOZE_TOO_LONG, " ".join(words))
    return SnoozeFor(span)


def _currency(values: Sequence[str], settings: ChatSettings) -> SetCurrency | Nonsense:
    word = " ".join(values)
    if word.upper() in CURRENCIES:
        return SetCurrency(word.upper())
    return Nonsense(Fault.CURRENCY, word, Topic.CURRENCY, near(word, CURRENCIES))


def _threshold(values: Sequence[str], settings: ChatSettings) -> SetThreshold | Nonsense:
    amount = parse_amount(" ".join(values), settings.currency, Topic.THRESHOLD)
    return amount if isinstance(amount, Nonsense) else SetThreshold(amount)


def _ceiling(values: Sequence[str], settings: ChatSettings) -> SetCeiling | Nonsense:
    word = " ".join(values)
    if word.casefold() == "off":
        return SetCeiling(None)
    amount = parse_amount(word, settings.currency, Topic.CEILING)
    return amount if isinstance(amount, Nonsense) else SetCeiling(amount)


def _alert_cooldown(values: Sequence[str], settings: ChatSettings) -> SetAlertCooldown | Nonsense:
    word = " ".join(values)
    try:
        span = parse_duration("".join(values))
    except ValueError:
        return Nonsense(Fault.DURATION, word, Topic.COOLDOWN)
    if not SHORTEST_ALERT_COOLDOWN <= span <= LONGEST_PAUSE:
        return Nonsense(Fault.DURATION_RANGE, word, Topic.COOLDOWN)
    return SetAlertCooldown(span)


def _report(values: Sequence[str], settings: ChatSettings) -> Change | Nonsense:
    return parse_report(values)


def _zone(values: Sequence[str], settings: ChatSettings) -> SetZone | Nonsense:
    return parse_zone("_".join(values))


def _silent(values: Sequence[str], settings: ChatSettings) -> SetSilent | Nonsense:
    word = " ".join(values)
    if word.casefold() not in ("on", "off"):
        return Nonsense(Fault.SWITCH, word, Topic.SILENT)
    return SetSilent(word.casefold() == "on")


def _protect(values: Sequence[str], settings: ChatSettings) -> Protect | Nonsense:
    tokens = _tokens(values, Topic.PROTECT)
    return tokens if isinstance(tokens, Nonsense) else Protect(tokens)


def _unprotect(values: Sequence[str], settings: ChatSettings) -> Unprotect | Nonsense:
    """Only what is protected, found whatever its letters' case: nothing else could be meant."""
    tokens = _tokens(values, Topic.UNPROTECT)
    if isinstance(tokens, Nonsense):
        return tokens
    by_name = {asset.upper(): asset for asset in settings.protected}
    for token in tokens:
        if token not in by_name:
            return Nonsense(
                Fault.NOT_PROTECTED, token, Topic.UNPROTECT, near(token, settings.protected)
            )
    return Unprotect(tuple(by_name[token] for token in tokens))


def _tokens(values: Sequence[str], topic: Topic) -> tuple[str, ...] | Nonsense:
    """Names as exchanges write them, in capitals; some hold signs and letters of any script."""
    names = [name.upper() for name in re.split(r"[\s,;]+", " ".join(values)) if name]
    bad = [name for name in names if len(name) > _LONGEST_TOKEN or not name.isprintable()]
    if bad or not names:
        return Nonsense(Fault.ASSET, bad[0] if bad else " ".join(values), topic)
    if len(names) > _MOST_TOKENS:
        return Nonsense(Fault.TOO_MUCH, names[_MOST_TOKENS], topic)
    return tuple(dict.fromkeys(names))


_Parser = Callable[[Sequence[str], ChatSettings], Change | Nonsense]
_PARSERS: dict[Topic, _Parser] = {
    Topic.CURRENCY: _currency,
    Topic.THRESHOLD: _threshold,
    Topic.COOLDOWN: _alert_cooldown,
    Topic.CEILING: _ceiling,
    Topic.REPORT: _report,
    Topic.TIMEZONE: _zone,
    Topic.SILENT: _silent,
    Topic.PROTECT: _protect,
    Topic.UNPROTECT: _unprotect,
}
