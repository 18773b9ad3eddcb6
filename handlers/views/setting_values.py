"""Settings in a few words."""

from collections.abc import Collection
from datetime import datetime, timedelta

from dust.preferences import ChatSettings, Period, ReportSchedule, next_report_at
from handlers.setting_changes import Topic
from handlers.texts import Texts
from handlers.views.format import esc, fmt_duration, fmt_money, fmt_until, symbol

_TOKENS_SHOWN = 12


def topic_title(topic: Topic, t: Texts) -> str:
    """What a topic is called."""
    _ = t.gettext
    return {
        Topic.CURRENCY: _("Currency"),
        Topic.THRESHOLD: _("Alert threshold"),
        Topic.COOLDOWN: _("Alert cooldown"),
        Topic.CEILING: _("Dust ceiling"),
        Topic.REPORT: _("Report"),
        Topic.TIMEZONE: _("Time zone"),
        Topic.SILENT: _("Silent"),
        Topic.PROTECT: _("Protected tokens"),
        Topic.UNPROTECT: _("Protected tokens"),
    }[topic]


def topic_value(topic: Topic, settings: ChatSettings, t: Texts) -> str:
    """What the chat has chosen, as HTML."""
    match topic:
        case Topic.CURRENCY:
            return settings.currency
        case Topic.THRESHOLD:
            return fmt_money(settings.threshold)
        case Topic.COOLDOWN:
            return fmt_pause(settings.alert_cooldown)
        case Topic.CEILING:
            return fmt_money(settings.ceiling) if settings.ceiling else t.gettext("off")
        case Topic.REPORT:
            return fmt_schedule(settings.report, t)
        case Topic.TIMEZONE:
            return esc(settings.zone)
        case Topic.SILENT:
            return t.gettext("on") if settings.silent else t.gettext("off")
        case Topic.PROTECT | Topic.UNPROTECT:
            return fmt_tokens(settings.protected, t) or t.gettext("none")


def fmt_pause(span: timedelta) -> str:
    """A pause as it is offered: whole hours up to a day."""
    return "24 h" if span == timedelta(days=1) else fmt_duration(span)


def fmt_schedule(schedule: ReportSchedule | None, t: Texts) -> str:
    """`weekly, Monday 09:00`."""
    if schedule is None:
        return t.gettext("off")
    at = f"{schedule.at:%H:%M}"
    if schedule.period is Period.DAILY:
        return t.gettext("daily at {at}").format(at=at)
    if schedule.period is Period.WEEKLY:
        return t.gettext("weekly, {day} at {at}").format(day=weekdays(t)[schedule.day], at=at)
    return t.gettext("monthly, day {day} at {at}").format(day=schedule.day, at=at)


def weekdays(t: Texts) -> tuple[str, ...]:
    """The names of the days, Monday first."""
    _ = t.gettext
    return (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )


def next_report_line(settings: ChatSettings, t: Texts) -> str:
    """When the next report comes; nothing where none does."""
    if settings.report is None:
        return ""
    moment: datetime = next_report_at(settings.report, settings.timezone, t.now)
    return t.gettext("The next one comes {when}.").format(when=fmt_until(moment, t))


def fmt_tokens(assets: Collection[str], t: Texts, most: int = _TOKENS_SHOWN) -> str:
    """The first of the names in alphabetical order, and how many more there are."""
    names = sorted(assets)
    shown = ", ".join(symbol(name) for name in names[:most])
    more = len(names) - most
    if more <= 0:
        return shown
    return t.gettext("{tokens} and {count} more").format(tokens=shown, count=more)
