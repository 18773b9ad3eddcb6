"""Later words on a conversion: its doubt has ended, the log shows more, or the owner is asked."""

from dust.conversion import Conversion, State
from dust.remedy import Remedy
from handlers.callbacks import ItDidNot, ItWentThrough
from handlers.screens import Button, Screen
from handlers.texts import Texts
from handlers.views.format import fmt_coin, fmt_duration, fmt_time
from handlers.views.remedy_words import command_of, noun_of, part_of, sent_of


def render_settled(conversion: Conversion, exchange: str, t: Texts) -> Screen:
    """The end of a doubt, as a message of its own."""
    when = fmt_time(conversion.attempt_at or conversion.created_at, t)
    if conversion.state is State.NOT_EXECUTED:
        text = t.gettext(
            "✖️ Checked: the {noun} of {when} was <b>not carried out</b>. Your tokens are still on "
            "{exchange}; send {command} to try again."
        )
    elif conversion.state is State.PARTLY_FILLED:
        text = t.gettext(
            "⚠️ Checked: of the {noun} of {when} <b>only {part}</b> went through. Received {amount}."
        )
    else:
        text = t.gettext("✅ Checked: the {noun} of {when} <b>went through</b>. Received {amount}.")
    return Screen(
        text.format(
            when=when,
            exchange=exchange,
            amount=fmt_coin(conversion.net, conversion.quote.target),
            part=part_of(conversion, t),
            noun=noun_of(conversion.quote.remedy, t),
            command=command_of(conversion.quote.remedy),
        )
    )


def render_corrected(conversion: Conversion, exchange: str, t: Texts) -> Screen:
    """The exchange's log contradicts how a conversion was closed."""
    when = fmt_time(conversion.attempt_at or conversion.created_at, t)
    text = t.gettext(
        "ℹ️ {exchange}'s log shows now that the conversion of {when} <b>did go through</b>: received "
        "{amount}. I have corrected the history."
    )
    amount = fmt_coin(conversion.net, conversion.quote.target)
    return Screen(text.format(exchange=exchange, when=when, amount=amount))


def render_imported(conversion: Conversion, exchange: str, t: Texts) -> Screen:
    """A conversion that was made on the exchange's own site or app."""
    count = len(conversion.fills)
    text = t.ngettext(
        "ℹ️ Found in {exchange}'s log: {count} token converted there at {when}, {amount} received. "
        "It is in /history now.",
        "ℹ️ Found in {exchange}'s log: {count} tokens converted there at {when}, {amount} received. "
        "It is in /history now.",
        count,
    )
    return Screen(
        text.format(
            exchange=exchange,
            count=count,
            when=fmt_time(conversion.attempt_at or conversion.created_at, t),
            amount=fmt_coin(conversion.net, conversion.quote.target),
        )
    )


def render_ask_owner(conversion: Conversion, exchange: str, t: Texts) -> Screen:
    """Looking could not settle it: the owner is asked."""
    attempt_at = conversion.attempt_at or conversion.created_at
    text = t.gettext(
        "❔ <b>Please look at {exchange}</b>\nFor {age} I could not find out whether the {noun} of "
        "{when} ({tokens}, about {amount}) went through. Look in your {exchange} history: "
        "what does it say? Until you answer, nothing else is converted."
    ).format(
        exchange=exchange,
        age=fmt_duration(t.now - attempt_at),
        when=fmt_time(attempt_at, t),
        noun=noun_of(conversion.quote.remedy, t),
        tokens=sent_of(conversion, t),
        amount=fmt_coin(conversion.quote.net, conversion.quote.target),
    )
    buttons = (
        Button(t.gettext("It went through"), ItWentThrough(conversion.id)),
        Button(t.gettext("It did not"), ItDidNot(conversion.id)),
    )
    return Screen(text, (buttons,))


def render_answered(conversion: Conversion, exchange: str, t: Texts) -> Screen:
    """The question, once the owner has answered it."""
    if conversion.state is State.NOT_EXECUTED:
        text = t.gettext(
            "✖️ <b>You said: it did not go through</b>\nYou can convert again: send /dust."
        )
        later = t.gettext(
            " If {exchange}'s log shows it after all, I correct the history and tell you."
        )
    else:
        text = t.gettext("✅ <b>You said: it went through</b>\nYou can convert again.")
        later = t.gettext(" Once {exchange}'s log shows it, I put in the real figures.")
    if conversion.quote.remedy is Remedy.DUST:  # that log shows nothing else
        text += later
    return Screen(text.format(exchange=exchange))
