"""What can be changed in a chat's settings, as values, and what each change does to them."""

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import assert_never

from dust.money import Money, Rates
from dust.preferences import ChatSettings, ReportSchedule

#: An amount that was converted keeps this many digits that mean something: nobody needs 4.6297 EUR.
CONVERTED_DIGITS = 2


class Topic(StrEnum):
    """One subject of the settings, in the word that is typed for it."""

    CURRENCY = "currency"
    THRESHOLD = "threshold"
    COOLDOWN = "cooldown"
    CEILING = "ceiling"
    REPORT = "report"
    TIMEZONE = "timezone"
    SILENT = "silent"
    PROTECT = "protect"
    UNPROTECT = "unprotect"


@dataclass(frozen=True, slots=True)
class SetCurrency:
    """Show worths in this currency; the alert threshold and the dust ceiling are converted to it."""

    currency: str


@dataclass(frozen=True, slots=True)
class SetThreshold:
    """The alert threshold."""

    threshold: Money


@dataclass(frozen=True, slots=True)
class SetAlertCooldown:
    """The least time between two alerts."""

    span: timedelta


@dataclass(frozen=True, slots=True)
class SetCeiling:
    """The dust ceiling; None for whatever the exchange offers."""

    ceiling: Money | None


@dataclass(frozen=True, slots=True)
class SetReport:
    """When the periodic report comes; None for never."""

    schedule: ReportSchedule | None


@dataclass(frozen=True, slots=True)
class SetZone:
    """The time zone, by its IANA name."""

    zone: str


@dataclass(frozen=True, slots=True)
class SetSilent:
    """Whether messages arrive without a sound."""

    on: bool


@dataclass(frozen=True, slots=True)
class Protect:
    """Tokens that are never offered."""

    assets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unprotect:
    """Tokens that may be offered again."""

    assets: tuple[str, ...]


Change = (
    SetCurrency
    | SetThreshold
    | SetAlertCooldown
    | SetCeiling
    | SetReport
    | SetZone
    | SetSilent
    | Protect
    | Unprotect
)


def topic_of(change: Change) -> Topic:
    """The subject that a change belongs to."""
    return {
        SetCurrency: Topic.CURRENCY,
        SetThreshold: Topic.THRESHOLD,
        SetAlertCooldown: Topic.COOLDOWN,
        SetCeiling: Topic.CEILING,
        SetReport: Topic.REPORT,
        SetZone: Topic.TIMEZONE,
        SetSilent: Topic.SILENT,
        Protect: Topic.PROTECT,
        Unprotect: Topic.PROTECT,
    }[type(change)]


def apply_change(change: Change, settings: ChatSettings, rates: Rates | None) -> ChatSettings:
    """The settings after the change. `rates` None: prices could not be had."""
    match change:
        case SetCurrency(currency):
            return _in_currency(settings, currency, rates)
        case SetThreshold(threshold):
            return replace(settings, threshold=threshold)
        case SetAlertCooldown(span):
            return replace(settings, alert_cooldown=span)
        case SetCeiling(ceiling):
            return replace(settings, ceiling=ceiling)
        case SetReport(schedule):
            return replace(settings, report=schedule)
        case SetZone(zone):
            return replace(settings, zone=zone)
        case SetSilent(on):
            return replace(settings, silent=on)
        case Protect(assets):
            return replace(settings, protected=settings.protected.union(assets))
        case Unprotect(assets):
            return replace(settings, protected=settings.protected.difference(assets))
        case _:
            assert_never(change)


def _in_currency(settings: ChatSettings, currency: str, rates: Rates | None) -> ChatSettings:
    ceiling = settings.ceiling
    return replace(
        settings,
        currency=currency,
        threshold=_converted(settings.threshold, currency, rates),
        ceiling=_converted(ceiling, currency, rates) if ceiling else None,
    )


def _converted(money: Money, currency: str, rates: Rates | None) -> Money:
    """The same in another currency, to two digits; unchanged where a price is missing."""
    if money.currency == currency or rates is None:
        return money
    converted = rates.exchange(money, currency)
    return Money(_to_digits(converted.amount), currency) if converted else money


def _to_digits(amount: Decimal) -> Decimal:
    places = CONVERTED_DIGITS - 1 - amount.adjusted()
    step = Decimal(1).scaleb(-places)
    return amount.quantize(step, rounding=ROUND_HALF_UP)
