"""What the buttons of a topic offer, in the words that could be typed instead."""

from dataclasses import dataclass
from datetime import timedelta

from dust.money import CURRENCIES, Money, to_decimal
from dust.preferences import ChatSettings, Period, ReportSchedule
from handlers.schedule_input import DEFAULT_TIME
from handlers.setting_changes import Topic
from handlers.texts import Texts
from handlers.views.format import fmt_money, plain
from handlers.views.setting_values import fmt_pause, fmt_schedule

#: Amounts worth having, by currency; other currencies than these two count like dollars.
_AMOUNTS = {
    "BTC": ("0.00001", "0.00002", "0.00005", "0.0001", "0.0002", "0.0005"),
    "BNB": ("0.002", "0.005", "0.01", "0.02", "0.05", "0.1"),
}
_LIKE_DOLLARS = ("1", "2", "5", "10", "20", "50")
_ALERT_COOLDOWNS = {
    "1h": timedelta(hours=1),
    "6h": timedelta(hours=6),
    "12h": timedelta(hours=12),
    "24h": timedelta(hours=24),
    "3d": timedelta(days=3),
    "7d": timedelta(days=7),
}
_REPORTS = {
    "off": None,
    "daily 09:00": ReportSchedule(Period.DAILY, DEFAULT_TIME),
    "weekly mon 09:00": ReportSchedule(Period.WEEKLY, DEFAULT_TIME, 0),
    "monthly 1 09:00": ReportSchedule(Period.MONTHLY, DEFAULT_TIME, 1),
}
_ZONES = (
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Istanbul",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Singapore",
    "Asia/Tokyo",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One offered value: its plain label, the word that could be typed, and whether it is chosen now."""

    label: str
    value: str
    chosen: bool


def choices_for(topic: Topic, settings: ChatSettings, t: Texts) -> tuple[Choice, ...]:
    """The offered values of a topic; none where there is a list of its own."""
    match topic:
        case Topic.CURRENCY:
            return tuple(Choice(name, name, name == settings.currency) for name in CURRENCIES)
        case Topic.THRESHOLD:
            return tuple(
                _amount(money, settings.threshold) for money in _amounts(settings.currency)
            )
        case Topic.CEILING:
            # One amount less than for the alert threshold: with "off" they fill two rows.
            amounts = _amounts(settings.currency)[1:]
            off = Choice(t.gettext("off"), "off", settings.ceiling is None)
            return (off, *(_amount(money, settings.ceiling) for money in amounts))
        case Topic.COOLDOWN:
            return tuple(
                Choice(fmt_pause(span), word, span == settings.alert_cooldown)
                for word, span in _ALERT_COOLDOWNS.items()
            )
        case Topic.REPORT:
            return tuple(
                Choice(fmt_schedule(schedule, t), word, schedule == settings.report)
                for word, schedule in _REPORTS.items()
            )
        case Topic.TIMEZONE:
            return tuple(Choice(name, name, name == settings.zone) for name in _ZONES)
        case Topic.SILENT:
            return (
                Choice(t.gettext("on"), "on", settings.silent),
                Choice(t.gettext("off"), "off", not settings.silent),
            )
        case Topic.PROTECT | Topic.UNPROTECT:
            return ()


def _amounts(currency: str) -> list[Money]:
    return [Money(to_decimal(text), currency) for text in _AMOUNTS.get(currency, _LIKE_DOLLARS)]


def _amount(money: Money, chosen: Money | None) -> Choice:
    """It names its currency, so that a button that is out of date can't set five bitcoins."""
    value = f"{plain(money.amount)} {money.currency}"
    return Choice(fmt_money(money), value, money == chosen)
