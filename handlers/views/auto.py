"""/auto: the rule in words, its topics, the question that switches it on, and what it has to tell."""

from collections.abc import Sequence
from datetime import timedelta

from dust.auto import Prospect
from dust.auto_rule import SPARED, AutoRule, AutoTerms, Quiet, RuleState
from dust.conversion import Conversion
from dust.money import ZERO
from dust.notices import AutoAnnounced, AutoSkipped, AutoStopped, SkipReason
from handlers.callbacks import (
    AutoAsk,
    AutoChange,
    AutoShow,
    AutoStopRun,
    AutoSwitchOff,
    AutoSwitchOn,
    AutoTopic,
)
from handlers.screens import Button, Keyboard, Screen
from handlers.texts import Texts
from handlers.views.format import (
    esc,
    fmt_amount,
    fmt_coin,
    fmt_duration,
    fmt_money,
    fmt_until,
    symbol,
)
from handlers.views.review import left_out_text, totals

_NAMED = 20
_CHOICES = {
    "minimum": ("1", "5", "10", "25"),
    "every": ("6h", "12h", "1d", "7d"),
    "quiet": ("off", "22:00-07:00", "23:00-08:00", "00:00-06:00"),
    "hours": ("0", "24", "72", "168"),
    "reserve": ("0", "0.01", "0.05"),
    "announce": ("off", "10m", "1h"),
}


def render_rule(rule: AutoRule, exchange: str, t: Texts) -> Screen:
    """How it stands, every term on a line of its own, and the way to change each."""
    text = "\n\n".join((_head(rule, exchange, t), _terms(rule.terms, t), _spares(rule.terms, t)))
    return Screen(text, _rule_keyboard(rule, t))


def render_topic(rule: AutoRule, topic: str, targets: Sequence[str], t: Texts) -> Screen:
    """What a topic can be set to with a tap; anything else is typed."""
    account, choices = rule.account, _CHOICES.get(topic, targets)
    rows = [
        tuple(Button(_choice(topic, one, t), AutoChange(account, topic, one)) for one in pair)
        for pair in (choices[:2], choices[2:4])
        if pair
    ]
    back = (Button(t.gettext("‹ Back"), AutoShow(account)),)
    text = f"<b>{_topic_question(topic, t)}</b>\n" + t.gettext("Or type {example}").format(
        example=f"<code>/auto {topic} {choices[-1]}</code>"
    )
    return Screen(text, (*rows, back))


def render_auto_question(rule: AutoRule, prospect: Prospect, exchange: str, t: Texts) -> Screen:
    """What would have been converted now, and the one consent."""
    head = t.gettext("<b>Convert dust on {exchange} by this rule from now on?</b>").format(
        exchange=exchange
    )
    blocks = (
        head,
        _terms(rule.terms, t),
        _now(rule, prospect, t),
        left_out_text(prospect.left_out, t, 8),
        t.gettext(
            "Conversions can't be undone. Every run is told, and <code>/auto off</code> ends it."
        ),
    )
    row = (
        Button(t.gettext("✅ Switch on"), AutoSwitchOn(rule.account, rule.terms.mark())),
        Button(t.gettext("Cancel"), AutoShow(rule.account)),
    )
    return Screen("\n\n".join(block for block in blocks if block), (row,))


def render_announced(
    notice: AutoAnnounced, conversion: Conversion, exchange: str, t: Texts
) -> Screen:
    """What will be converted and when, and how to stop it."""
    quote = conversion.quote
    tokens = ", ".join(
        f"{symbol(line.asset)} {fmt_amount(line.amount)}" for line in quote.lines[:_NAMED]
    )
    more = len(quote.lines) - _NAMED
    if more > 0:
        tokens += " " + t.gettext("and {count} more").format(count=more)
    text = t.ngettext(
        "🤖 <b>At {when} I convert {count} token on {exchange}</b>",
        "🤖 <b>At {when} I convert {count} tokens on {exchange}</b>",
        len(quote.lines),
    ).format(when=fmt_until(notice.act_at, t), count=len(quote.lines), exchange=exchange)
    row = (
        Button(t.gettext("✋ Stop this time"), AutoStopRun(conversion.id)),
        Button(t.gettext("Switch off"), AutoSwitchOff(notice.account)),
    )
    return Screen(f"{text}\n{tokens}\n\n{totals(quote, t)}", (row,))


def render_skipped(notice: AutoSkipped, exchange: str, t: Texts) -> Screen:
    """The announced run did not take place, and why."""
    why = {
        SkipReason.MISSED: t.gettext("I was not running at its time."),
        SkipReason.CHANGED: t.gettext(
            "Balances or prices have changed since it was announced, and there was nobody to ask."
        ),
        SkipReason.BUSY: t.gettext(
            "Another conversion was under way, or the exchange wants a pause."
        ),
        SkipReason.NOT_ALLOWED: t.gettext(
            "The rule is off, or its owner may not convert any more."
        ),
    }[notice.why]
    head = t.gettext("🤖 <b>Nothing was converted on {exchange}</b>").format(exchange=exchange)
    return Screen(f"{head}\n{why}", ((Button(t.gettext("The rule"), AutoShow(notice.account)),),))


def render_stopped(notice: AutoStopped, exchange: str, t: Texts) -> Screen:
    """The rule has stopped itself."""
    text = t.gettext(
        "🤖 <b>I have stopped the rule on {exchange}</b>: {why}.\nLook what is wrong, then switch it on "
        "again."
    ).format(exchange=exchange, why=esc(notice.why))
    return Screen(text, ((Button(t.gettext("Switch on again…"), AutoAsk(notice.account)),),))


def by_rule(screen: Screen, t: Texts) -> Screen:
    """The outcome of a conversion that nobody has tapped for."""
    note = t.gettext("🤖 By your rule: /auto")
    return Screen(f"{screen.text}\n\n{note}", screen.keyboard)


def render_auto_how_to(t: Texts) -> Screen:
    """What to type."""
    examples = (
        *("minimum 5", "every 1d", "target USDC", "quiet 23:00-07:00", "quiet off", "hours 24"),
        *("reserve 0.01", "announce 10m", "spare BTC", "unspare BTC", "on", "off"),
    )
    lines = "\n".join(f"<code>/auto {example}</code>" for example in examples)
    return Screen(t.gettext("I don't understand that. These work:") + f"\n{lines}")


def _head(rule: AutoRule, exchange: str, t: Texts) -> str:
    words = {
        RuleState.ON: t.gettext("🤖 <b>Automatic conversion on {exchange}: on</b>"),
        RuleState.OFF: t.gettext("🤖 <b>Automatic conversion on {exchange}: off</b>"),
        RuleState.DRAFT: t.gettext(
            "🤖 <b>Automatic conversion on {exchange}: off</b>\nSet it up, then switch it on."
        ),
        RuleState.STOPPED: t.gettext(
            "🤖 <b>Automatic conversion on {exchange}: stopped</b>\n{why}"
        ),
    }[rule.terms.state].format(exchange=exchange, why=esc(rule.run.why))
    if rule.is_on and rule.run.act_at is not None:
        words += "\n" + t.gettext("Acts {when}").format(when=fmt_until(rule.run.act_at, t))
    return words


def _terms(terms: AutoTerms, t: Texts) -> str:
    target = symbol(terms.target) if terms.target else t.gettext("the exchange's own token")
    lines = [
        t.gettext("• once {money} or more has come together").format(
            money=fmt_money(terms.minimum)
        ),
        t.gettext("• at most once in {span}").format(span=fmt_duration(terms.every)),
        t.gettext("• into {target}").format(target=target),
        t.gettext("• not in {hours}").format(hours=_hours(terms.quiet))
        if terms.quiet
        else t.gettext("• at any hour"),
        t.gettext("• told {span} before, with a button to stop it").format(
            span=fmt_duration(terms.announce)
        )
        if terms.announce
        else t.gettext("• without an announcement; told afterwards"),
    ]
    return "\n".join(lines)


def _spares(terms: AutoTerms, t: Texts) -> str:
    lines = [
        t.gettext("<b>Always spared</b>"),
        t.gettext("• what you protect, and what has an open order"),
    ]
    if terms.settle_hours:
        span = fmt_duration(timedelta(hours=terms.settle_hours))
        lines.append(t.gettext("• what came or grew in the last {span}").format(span=span))
    if terms.reserve > ZERO:
        lines.append(t.gettext("• the exchange's own token, your reserve for fees"))
    extra = sorted(terms.spared - SPARED)
    gone = sorted(SPARED - terms.spared)
    lines.append(t.gettext("• stablecoins and what things are priced in (USDT, BTC, ETH, EUR …)"))
    if extra:
        lines.append("• " + ", ".join(map(symbol, extra[:_NAMED])))
    if gone:
        names = ", ".join(map(symbol, gone[:_NAMED]))
        lines.append(t.gettext("but not {tokens}").format(tokens=names))
    return "\n".join(lines)


def _now(rule: AutoRule, prospect: Prospect, t: Texts) -> str:
    quote = prospect.quote
    if not quote.lines:
        return t.gettext("<b>Now</b> it would convert nothing.")
    tokens = ", ".join(symbol(line.asset) for line in quote.lines[:_NAMED])
    more = len(quote.lines) - _NAMED
    if more > 0:
        tokens += " " + t.gettext("and {count} more").format(count=more)
    net = fmt_coin(quote.net, quote.target)
    worth = fmt_money(prospect.worth) if prospect.worth else ""
    line = t.gettext("{tokens} → about {net}").format(tokens=tokens, net=net)
    if prospect.enough:
        return "\n".join(
            (t.gettext("<b>Now</b> it would convert {worth}:").format(worth=worth), line)
        )
    short = t.gettext("<b>Now</b> it would wait: {worth} is less than {minimum}.").format(
        worth=worth, minimum=fmt_money(rule.terms.minimum)
    )
    return f"{short}\n{line}"


def _rule_keyboard(rule: AutoRule, t: Texts) -> Keyboard:
    account = rule.account
    names = {
        "minimum": t.gettext("Minimum"),
        "every": t.gettext("How often"),
        "target": t.gettext("Target"),
        "quiet": t.gettext("Quiet hours"),
        "hours": t.gettext("New tokens"),
        "reserve": t.gettext("Reserve"),
        "announce": t.gettext("Announce"),
    }
    topics = [Button(label, AutoTopic(account, topic)) for topic, label in names.items()]
    switch = (
        Button(t.gettext("Switch off"), AutoSwitchOff(account))
        if rule.is_on
        else Button(t.gettext("Switch on…"), AutoAsk(account))
    )
    return (tuple(topics[:2]), tuple(topics[2:4]), tuple(topics[4:]), (switch,))


def _topic_question(topic: str, t: Texts) -> str:
    return {
        "minimum": t.gettext("How much must have come together?"),
        "every": t.gettext("At most how often?"),
        "target": t.gettext("Into what?"),
        "quiet": t.gettext("In which hours shall nothing happen?"),
        "hours": t.gettext("For how many hours is a new token left alone?"),
        "reserve": t.gettext("How much of the exchange's own token is kept for fees?"),
        "announce": t.gettext("How long before shall I tell you?"),
    }[topic]


def _choice(topic: str, value: str, t: Texts) -> str:
    if topic == "hours":
        return t.gettext("{hours} h").format(hours=value)
    return t.gettext("not at all") if value == "off" and topic == "announce" else value


def _hours(quiet: Quiet) -> str:
    return f"{quiet.start // 60:02}:{quiet.start % 60:02}–{quiet.end // 60:02}:{quiet.end % 60:02}"
