"""What a change of the settings is answered with: the new value, or why there is none."""

from dust.money import CURRENCIES
from dust.preferences import ChatSettings
from handlers.callbacks import ChangeSetting, ShowSettings
from handlers.screens import Button, Screen
from handlers.setting_changes import (
    Change,
    Protect,
    SetCurrency,
    SetReport,
    SetZone,
    Topic,
    Unprotect,
    topic_of,
)
from handlers.setting_faults import Fault, Nonsense
from handlers.texts import Texts
from handlers.views.format import esc, fmt_money
from handlers.views.setting_values import fmt_tokens, next_report_line, topic_title, topic_value
from handlers.views.settings import TOPICS, example_of

_LONGEST_ECHO = 40
#: Topics whose values come from lists of ours, so that a suggestion fits into a button.
_SUGGESTED_BY_BUTTON = frozenset({Topic.CURRENCY, Topic.REPORT, Topic.TIMEZONE})


def changed_text(change: Change, before: ChatSettings, after: ChatSettings, t: Texts) -> str:
    """The new value, as HTML, and what follows from it."""
    topic = topic_of(change)
    head = f"✅ {topic_title(topic, t)}: <b>{topic_value(topic, after, t)}</b>"
    match change:
        case SetCurrency():
            extra = f"{_threshold_text(before, after, t)}\n{_ceiling_text(before, after, t)}"
        case SetReport() | SetZone():
            extra = next_report_line(after, t)
        case Protect(assets) | Unprotect(assets):
            return f"{_tokens_text(change, t).format(tokens=fmt_tokens(assets, t))}\n{head[2:]}"
        case _:
            extra = ""
    return f"{head}\n{extra}".rstrip()


def _threshold_text(before: ChatSettings, after: ChatSettings, t: Texts) -> str:
    old, new = fmt_money(before.threshold), fmt_money(after.threshold)
    if after.threshold.currency != after.currency:
        return t.gettext(
            "The alert threshold stays at {threshold}: I could not get a price to convert it."
        ).format(threshold=new)
    if before.threshold == after.threshold:
        return t.gettext("The alert threshold is {threshold}.").format(threshold=new)
    return t.gettext("The alert threshold of {old} is now {new}.").format(old=old, new=new)


def _ceiling_text(before: ChatSettings, after: ChatSettings, t: Texts) -> str:
    if before.ceiling is None or after.ceiling is None:
        return ""
    old, new = fmt_money(before.ceiling), fmt_money(after.ceiling)
    if after.ceiling.currency != after.currency:
        return t.gettext(
            "The dust ceiling stays at {ceiling}: I could not get a price to convert it."
        ).format(ceiling=new)
    if before.ceiling == after.ceiling:
        return t.gettext("The dust ceiling is {ceiling}.").format(ceiling=new)
    return t.gettext("The dust ceiling of {old} is now {new}.").format(old=old, new=new)


def _tokens_text(change: Protect | Unprotect, t: Texts) -> str:
    if isinstance(change, Protect):
        return t.gettext("🔒 {tokens}: never offered from now on.")
    return t.gettext("🔓 {tokens}: offered again.")


def render_nonsense(nonsense: Nonsense, settings: ChatSettings, t: Texts) -> Screen:
    """One sentence, what is meant perhaps, and an example of what is right."""
    text = f"{nonsense_text(nonsense, settings, t)} {_hint(nonsense, t)}"
    return Screen(text, _suggestion_button(nonsense))


def _suggestion_button(nonsense: Nonsense) -> tuple[tuple[Button, ...], ...]:
    suggestion, topic = nonsense.suggestion, nonsense.topic
    if nonsense.fault is Fault.TOPIC and suggestion in TOPICS:
        return ((Button(suggestion, ShowSettings(suggestion)),),)
    if not suggestion or topic is None or topic not in _SUGGESTED_BY_BUTTON:
        return ()
    return ((Button(suggestion, ChangeSetting(topic, suggestion)),),)


def _hint(nonsense: Nonsense, t: Texts) -> str:
    if nonsense.fault in (Fault.SNOOZE, Fault.SNOOZE_TOO_LONG):
        return t.gettext("Like this: {example}").format(example="<code>/snooze 6h</code>")
    if nonsense.suggestion:
        words = [nonsense.topic or "", nonsense.suggestion]
        typed = esc(" ".join(("/settings", *(word for word in words if word))))
        return t.gettext("Did you mean {typed}?").format(typed=f"<code>{typed}</code>")
    return t.gettext("Like this: {example}").format(example=example_of(nonsense.topic))


def nonsense_text(nonsense: Nonsense, settings: ChatSettings, t: Texts) -> str:
    """What is wrong, as one sentence of HTML."""
    word = nonsense.word
    echo = esc(word if len(word) <= _LONGEST_ECHO else word[: _LONGEST_ECHO - 1] + "…")
    return _sentence(nonsense.fault, t).format(
        word=f"“{echo}”", currency=settings.currency, currencies=", ".join(CURRENCIES)
    )


def _sentence(fault: Fault, t: Texts) -> str:
    _ = t.gettext
    return {
        Fault.TOPIC: _("There is no setting called {word}."),
        Fault.CURRENCY: _("{word} is none of {currencies}."),
        Fault.AMOUNT: _("{word} is no amount."),
        Fault.AMBIGUOUS: _("{word} can be read in two ways; leave the comma out."),
        Fault.NOT_POSITIVE: _("The amount must be more than nothing."),
        Fault.TOO_LARGE: _("That is more than any dust: {word} is over a million."),
        Fault.TOO_FINE: _("{word} has more than 8 decimals."),
        Fault.OTHER_CURRENCY: _(
            "Your currency is {currency}, so this amount is in {currency} too: type it without "
            "another currency, or change the currency first."
        ),
        Fault.DURATION: _("{word} is no duration: it takes a number and m, h or d."),
        Fault.DURATION_RANGE: _("{word} is too short or too long: from 1m to 365d."),
        Fault.PERIOD: _(
            "A report comes daily, weekly, monthly or is off; {word} is none of these."
        ),
        Fault.TIME: _("{word} is no time of day."),
        Fault.WEEKDAY: _("{word} is no day of the week."),
        Fault.MONTH_DAY: _("{word} is no day of a month."),
        Fault.TOO_MUCH: _("That is too much: I stopped at {word}."),
        Fault.ZONE: _("I know no time zone {word}."),
        Fault.OFFSET: _("{word} does not know summer time; name a city's time zone instead."),
        Fault.SWITCH: _("{word} is neither on nor off."),
        Fault.ASSET: _("{word} is no token."),
        Fault.NOT_PROTECTED: _("{word} is not protected."),
        Fault.SNOOZE: _("{word} is no duration: it takes a number and m, h or d, or off."),
        Fault.SNOOZE_TOO_LONG: _("{word} is too long: a snooze lasts 365d at most."),
    }[fault]
