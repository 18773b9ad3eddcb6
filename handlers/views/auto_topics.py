"""The topics of a rule: what each is set to, and what it can be set to with a tap."""

from collections.abc import Sequence
from datetime import timedelta

from dust.auto_rule import SPARED, AutoRule, AutoTerms, Quiet
from handlers.callbacks import AutoAsk, AutoChange, AutoPick, AutoShow, AutoStep, Tap
from handlers.screens import Button, Screen
from handlers.texts import Texts
from handlers.views.format import fmt_amount, fmt_duration, fmt_money, symbol

_CHOICES = {
    "minimum": ("1", "5", "10", "25"),
    "every": ("6h", "12h", "1d", "7d"),
    "quiet": ("off", "22:00-07:00", "23:00-08:00", "00:00-06:00"),
    "hours": ("0", "24", "72", "168"),
    "reserve": ("0", "0.01", "0.05"),
    "announce": ("off", "10m", "1h"),
}
_EXAMPLES = {
    "minimum": "minimum 7.50",
    "every": "every 2d",
    "target": "target USDC",
    "spared": "spare ADA",
    "quiet": "quiet 23:30-06:30",
    "hours": "hours 48",
    "reserve": "reserve 0.02",
    "announce": "announce 30m",
}
#: Of what is spared from the start these have a button; of the person's own as many as fit.
_OFFERED = ("USDT", "USDC", "FDUSD", "EUR", "BTC", "ETH")
_MOST_OWN, _LONGEST = 12, 16


def topic_names(t: Texts) -> dict[str, str]:
    """Every topic with the label of its button, in their order."""
    return {
        "minimum": t.gettext("Minimum"),
        "every": t.gettext("How often"),
        "target": t.gettext("Target"),
        "spared": t.gettext("Spared tokens"),
        "quiet": t.gettext("Quiet hours"),
        "hours": t.gettext("New tokens"),
        "reserve": t.gettext("Reserve"),
        "announce": t.gettext("Announce"),
    }


def render_topic(
    rule: AutoRule, topic: str, targets: Sequence[str], t: Texts, *, walks: bool
) -> Screen:
    """What a topic is and can be set to; anything else is typed. `walks`: it is a step on the way to the
    question that switches the rule on."""
    topics = list(topic_names(t))
    lines = [f"<b>{_question(topic, t)}</b>"]
    if walks:
        at = topics.index(topic)
        step = t.gettext("{step} of {steps}").format(step=at + 1, steps=len(topics))
        lines[0] = f"{step} · {lines[0]}"
    if topic == "spared":
        lines.append(t.gettext("What you protect with /settings is left alone anyway."))
    else:
        lines.append(t.gettext("Now: {value}").format(value=_value(rule.terms, topic, t)))
    example = f"<code>/auto {_EXAMPLES[topic]}</code>"
    lines.append(t.gettext("Or type {example}").format(example=example))
    buttons = _buttons(rule, topic, targets, t, AutoPick if walks else AutoChange)
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    return Screen("\n".join(lines), (*rows, _ways(rule.account, topic, topics, t, walks=walks)))


def fmt_hours(quiet: Quiet) -> str:
    """`23:00–07:00`."""
    start, end = divmod(quiet.start, 60), divmod(quiet.end, 60)
    return f"{start[0]:02}:{start[1]:02}–{end[0]:02}:{end[1]:02}"


def _buttons(
    rule: AutoRule,
    topic: str,
    targets: Sequence[str],
    t: Texts,
    kind: type[AutoChange] | type[AutoPick],
) -> list[Button]:
    if topic == "spared":
        return [
            Button(f"☑ {one}", kind(rule.account, "unspare", one))
            if one in rule.terms.spared
            else Button(f"☐ {one}", kind(rule.account, "spare", one))
            for one in _offered(rule.terms)
        ]
    return [
        Button(_choice(topic, one, t), kind(rule.account, topic, one))
        for one in _CHOICES.get(topic, targets)
    ]


def _offered(terms: AutoTerms) -> list[str]:
    """The tokens that have a button: usual ones, and those that the person has added or removed."""
    own = sorted((terms.spared ^ SPARED) - set(_OFFERED))
    short = [one for one in own if len(one.encode()) <= _LONGEST and one.isprintable()]
    return [*_OFFERED, *short[:_MOST_OWN]]


def _ways(
    account: str, topic: str, topics: Sequence[str], t: Texts, *, walks: bool
) -> tuple[Button, ...]:
    if not walks:
        return (Button(t.gettext("‹ Back"), AutoShow(account)),)
    at = topics.index(topic)
    following = topics[at + 1 : at + 2]
    onward: Tap = AutoStep(account, following[0]) if following else AutoAsk(account)
    back = (Button("‹", AutoStep(account, topics[at - 1])),) if at else ()
    keep = Button(t.gettext("Next ›") if topic == "spared" else t.gettext("Keep ›"), onward)
    end = (Button(t.gettext("To the end »"), AutoAsk(account)),) if following else ()
    return (*back, keep, *end)


def _question(topic: str, t: Texts) -> str:
    return {
        "minimum": t.gettext("How much must have come together?"),
        "every": t.gettext("At most how often?"),
        "target": t.gettext("Into what?"),
        "spared": t.gettext("Which tokens shall always be left alone?"),
        "quiet": t.gettext("In which hours shall nothing happen?"),
        "hours": t.gettext("For how many hours is a new token left alone?"),
        "reserve": t.gettext("How much of the exchange's own token is kept for fees?"),
        "announce": t.gettext("How long before shall I tell you?"),
    }[topic]


def _value(terms: AutoTerms, topic: str, t: Texts) -> str:
    values = {
        "minimum": fmt_money(terms.minimum),
        "every": fmt_duration(terms.every),
        "target": symbol(terms.target) if terms.target else t.gettext("the exchange's own token"),
        "quiet": fmt_hours(terms.quiet) if terms.quiet else t.gettext("none"),
        "hours": fmt_duration(timedelta(hours=terms.settle_hours)),
        "reserve": fmt_amount(terms.reserve),
        "announce": fmt_duration(terms.announce) if terms.announce else t.gettext("not at all"),
    }
    return values[topic]


def _choice(topic: str, value: str, t: Texts) -> str:
    if topic == "hours":
        return t.gettext("{hours} h").format(hours=value)
    return t.gettext("not at all") if value == "off" and topic == "announce" else value
