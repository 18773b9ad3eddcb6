"""/settings: the overview, and one screen for each topic."""

from collections.abc import Sequence

from dust.preferences import ChatSettings
from handlers.callbacks import ChangeSetting, ShowProtected, ShowSettings
from handlers.screens import Button, Keyboard, Screen
from handlers.setting_changes import Topic
from handlers.texts import Texts
from handlers.views.format import fmt_until
from handlers.views.setting_choices import choices_for
from handlers.views.setting_values import next_report_line, topic_title, topic_value

#: The topics with a screen of their own, in the order of the overview.
TOPICS = (
    Topic.CURRENCY,
    Topic.THRESHOLD,
    Topic.COOLDOWN,
    Topic.CEILING,
    Topic.REPORT,
    Topic.TIMEZONE,
    Topic.SILENT,
)
_LABEL_NAME = 30
#: Buttons in a row where the labels are too long for three.
_ROWS = {Topic.REPORT: 1, Topic.TIMEZONE: 2}


def render_settings(settings: ChatSettings, accounts: Sequence[str], t: Texts) -> Screen:
    """Every value and a button to change it; each account has its list of protected tokens."""
    lines = [_line(topic, settings, t) for topic in (*TOPICS, Topic.PROTECT)]
    if settings.snoozed_until is not None and settings.is_snoozed(t.now):
        lines.append(
            t.gettext("💤 No alerts until {when}, see /snooze").format(
                when=fmt_until(settings.snoozed_until, t)
            )
        )
    text = "\n".join((t.gettext("⚙️ <b>Settings</b>"), *lines))
    buttons = [Button(topic_title(topic, t), ShowSettings(topic)) for topic in TOPICS]
    return Screen(text, (*_rows(buttons, 2), *_protected_buttons(accounts, t)))


def _line(topic: Topic, settings: ChatSettings, t: Texts) -> str:
    return f"{topic_title(topic, t)}: <b>{topic_value(topic, settings, t)}</b>"


def _protected_buttons(accounts: Sequence[str], t: Texts) -> Keyboard:
    title = topic_title(Topic.PROTECT, t)
    labels = [
        title if len(accounts) == 1 else f"{title} · {name[:_LABEL_NAME]}" for name in accounts
    ]
    return tuple(
        (Button(label, ShowProtected(name, 0)),)
        for label, name in zip(labels, accounts, strict=True)
    )


def render_topic(topic: Topic, settings: ChatSettings, t: Texts, note: str = "") -> Screen:
    """One topic: what it means, what is chosen, what is offered. `note` (HTML) says what has just changed."""
    blocks = [
        note or _line(topic, settings, t),
        _meaning(topic, t),
        next_report_line(settings, t) if topic is Topic.REPORT and not note else "",
        _typed(topic, t),
    ]
    rows = _rows(_choice_buttons(topic, settings, t), _ROWS.get(topic, 3))
    back = Button(t.gettext("All settings"), ShowSettings(""))
    return Screen("\n\n".join(block for block in blocks if block), (*rows, (back,)))


def _choice_buttons(topic: Topic, settings: ChatSettings, t: Texts) -> list[Button]:
    return [
        Button(
            f"✓ {choice.label}" if choice.chosen else choice.label,
            ChangeSetting(topic, choice.value),
        )
        for choice in choices_for(topic, settings, t)
    ]


def _meaning(topic: Topic, t: Texts) -> str:
    _ = t.gettext
    return {
        Topic.CURRENCY: _(
            "Worths are shown in it. The alert threshold and the dust ceiling are converted along."
        ),
        Topic.THRESHOLD: _("I tell you when your convertible dust adds up to this."),
        Topic.COOLDOWN: _("The least time between two alerts."),
        Topic.CEILING: _(
            "A balance worth more than this is never shown, counted or converted as dust. "
            "Off: whatever the exchange offers."
        ),
        Topic.REPORT: _("What came, what was converted, what lies there now."),
        Topic.TIMEZONE: _("All times are shown in it, and reports follow it."),
        Topic.SILENT: _("Alerts and reports arrive without a sound."),
        Topic.PROTECT: _("Protected tokens are never offered and never counted."),
        Topic.UNPROTECT: _("Protected tokens are never offered and never counted."),
    }[topic]


def _typed(topic: Topic, t: Texts) -> str:
    return t.gettext("Or type: {example}").format(example=example_of(topic))


def example_of(topic: Topic | None) -> str:
    """Something that can be typed, as HTML."""
    words = {
        None: "",
        Topic.CURRENCY: " currency EUR",
        Topic.THRESHOLD: " threshold 2.5",
        Topic.COOLDOWN: " cooldown 12h",
        Topic.CEILING: " ceiling 20",
        Topic.REPORT: " report weekly mon 09:00",
        Topic.TIMEZONE: " timezone Europe/Berlin",
        Topic.SILENT: " silent on",
        Topic.PROTECT: " protect BTC ADA",
        Topic.UNPROTECT: " unprotect BTC",
    }[topic]
    return f"<code>/settings{words}</code>"


def _rows(buttons: list[Button], size: int) -> Keyboard:
    return tuple(tuple(buttons[i : i + size]) for i in range(0, len(buttons), size))
