"""What a rule that acts unasked has to tell."""

from dust.auto_rule import StopReason
from dust.conversion import Conversion
from dust.notices import AutoAnnounced, AutoSkipped, AutoStopped, SkipReason
from handlers.callbacks import AutoAsk, AutoShow, AutoStopRun, AutoSwitchOff
from handlers.screens import Button, Screen
from handlers.texts import Texts
from handlers.views.format import fmt_amount, fmt_until, symbol
from handlers.views.refusal import refusal_reason
from handlers.views.review import totals

_NAMED = 20


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
        SkipReason.MISSED: t.gettext(
            "At its time I was not running, or the exchange could not be read."
        ),
        SkipReason.UNTOLD: t.gettext(
            "Telegram had not taken the announcement in time, so that you could not have stopped it."
        ),
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


def render_stopped(
    notice: AutoStopped, refused: Conversion | None, exchange: str, t: Texts
) -> Screen:
    """The rule has stopped itself; `refused` is the last of its refusals, if that is why."""
    lines = [
        t.gettext("🤖 <b>I have stopped the rule on {exchange}</b>").format(exchange=exchange),
        stop_reason(notice.why, t),
    ]
    if notice.why is StopReason.REFUSALS and refused is not None:
        why = refusal_reason(refused, t)
        lines.append(t.gettext("The last one: {why}.").format(why=why))
    lines.append(t.gettext("Nothing is converted until you switch it on again."))
    button = Button(t.gettext("Switch on again…"), AutoAsk(notice.account))
    return Screen("\n".join(lines), ((button,),))


def by_rule(screen: Screen, t: Texts) -> Screen:
    """The outcome of a conversion that nobody has tapped for."""
    note = t.gettext("🤖 By your rule: /auto")
    return Screen(f"{screen.text}\n\n{note}", screen.keyboard)


def render_run_stopped(t: Texts, *, in_time: bool) -> Screen:
    """What became of a tap on "Stop this time"."""
    if in_time:
        return Screen(t.gettext("✋ Stopped. Nothing was converted; the rule stays on."))
    return Screen(t.gettext("It was too late to stop: /history shows what became of it."))


def stop_reason(why: StopReason, t: Texts) -> str:
    """Why a rule has stopped itself, as a sentence."""
    return {
        StopReason.REFUSALS: t.gettext("Three conversions in a row were refused."),
        StopReason.NOT_ALLOWED: t.gettext("Who switched it on may not convert here any more."),
        StopReason.TARGET: t.gettext("Its target is not offered for your dust any more."),
    }[why]
