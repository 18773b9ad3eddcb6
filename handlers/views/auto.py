"""/auto: the rule in words, and the question that switches it on."""

from datetime import timedelta

from dust.auto_prospect import Prospect
from dust.auto_rule import SPARED, AutoRule, AutoTerms, RuleState
from dust.money import ZERO
from handlers.callbacks import (
    AutoAsk,
    AutoShow,
    AutoStep,
    AutoSwitchOff,
    AutoSwitchOn,
    AutoTopic,
)
from handlers.screens import Button, Keyboard, Screen
from handlers.texts import Texts
from handlers.views.auto_told import stop_reason
from handlers.views.auto_topics import fmt_hours, topic_names
from handlers.views.format import (
    fmt_coin,
    fmt_duration,
    fmt_money,
    fmt_until,
    symbol,
)
from handlers.views.review import left_out_text

_NAMED = 20


def render_rule(rule: AutoRule, exchange: str, t: Texts) -> Screen:
    """How it stands, every term on a line of its own, and the way to change each."""
    text = "\n\n".join((_head(rule, exchange, t), _terms(rule.terms, t), _spares(rule.terms, t)))
    return Screen(text, _rule_keyboard(rule, t))


def render_auto_question(rule: AutoRule, prospect: Prospect, exchange: str, t: Texts) -> Screen:
    """What would have been converted now, and the one consent."""
    head = t.gettext("<b>Convert dust on {exchange} by this rule from now on?</b>").format(
        exchange=exchange
    )
    blocks = (
        head,
        _terms(rule.terms, t),
        _spares(rule.terms, t),
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
    steps = (Button(t.gettext("Step by step"), AutoStep(rule.account, "minimum")),)
    return Screen("\n\n".join(block for block in blocks if block), (row, steps))


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
        RuleState.STOPPED: t.gettext("🤖 <b>Automatic conversion on {exchange}: stopped</b>"),
    }[rule.terms.state].format(exchange=exchange)
    if rule.terms.state is RuleState.STOPPED and rule.run.why is not None:
        words += "\n" + stop_reason(rule.run.why, t)
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
        t.gettext("• not in {hours}").format(hours=fmt_hours(terms.quiet))
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
    worth = fmt_money(prospect.worth) if prospect.worth else t.gettext("an unknown worth")
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
    topics = [Button(label, AutoTopic(account, topic)) for topic, label in topic_names(t).items()]
    switch = (
        Button(t.gettext("Switch off"), AutoSwitchOff(account))
        if rule.is_on
        else Button(t.gettext("Switch on…"), AutoAsk(account))
    )
    rows = [tuple(topics[at : at + 2]) for at in range(0, len(topics), 2)]
    return (*rows, (switch,))
