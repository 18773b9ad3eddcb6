"""What became of a conversion, in every state it can be in."""

from dust.conversion import ClosedBy, Conversion, Fill, State
from dust.cooldown import ConversionCooldown
from dust.model import LeftOut, Reason
from dust.remedy import Remedy
from handlers.callbacks import CheckNow, ReviewInto
from handlers.message_length import fits
from handlers.screens import Button, Screen
from handlers.texts import Texts
from handlers.views.credited import render_credited
from handlers.views.fills import by_asset, fees_text, fmt_rate
from handlers.views.format import fmt_amount, fmt_coin, symbol
from handlers.views.refusal import after_refusal, refusal_text, said_text
from handlers.views.remedy_words import command_of, done_of, part_of, sent_of
from handlers.views.review import left_out_text

#: Every token with its amounts if that fits into a message, fewer if not; then, of those left out, how many
#: are named for each reason.
_DETAILS = (*((most, 20) for most in (100, 60, 40, 20, 10, 0)), (0, 3), (0, 0))


def render_outcome(
    conversion: Conversion, exchange: str, cooldown: ConversionCooldown | None, t: Texts
) -> Screen:
    """The message that was confirmed, as things stand now."""
    match conversion.state:
        case State.FILLED | State.PARTLY_FILLED:
            return Screen(_fitting(conversion, t))
        case State.REFUSED:
            return _refused(conversion, exchange, cooldown, t)
        case State.NOT_EXECUTED:
            return Screen(_not_executed(conversion, exchange, t))
        case State.EXPIRED if conversion.quote.remedy is not Remedy.DUST:
            return _expired(conversion, t)
        case State.EXPIRED:
            return Screen(
                t.gettext("This review has expired. Nothing was converted: send /convert.")
            )
        case State.CANCELLED:
            return Screen(t.gettext("Cancelled. Nothing was converted."))
        case _:
            return _awaited(conversion, exchange, t)


def _expired(conversion: Conversion, t: Texts) -> Screen:
    """A swap or sale that nobody confirmed in time can be had at a new price."""
    paid = conversion.quote.lines[0]
    text = t.gettext(
        "⌛ <b>This price has expired.</b> Nothing was done with your {amount}."
    ).format(amount=fmt_coin(paid.amount, paid.asset))
    refresh = ReviewInto(conversion.id, conversion.quote.target)
    return Screen(text, ((Button(t.gettext("Refresh"), refresh),),))


def _fitting(conversion: Conversion, t: Texts) -> str:
    for detailed, named in _DETAILS:
        text = _converted(conversion, t, detailed, named)
        if fits(text):
            break
    return text


def _converted(conversion: Conversion, t: Texts, detailed: int, named: int) -> str:
    if not conversion.fills:
        return _by_your_word(conversion, t)
    blocks = [
        _head(conversion, t),
        _fills(conversion, detailed),
        _sums(conversion, t),
        _differences(conversion, t),
        render_credited(conversion, t) if conversion.unexplained is not None else "",
        left_out_text(conversion.left_out + _unfilled(conversion), t, named),
    ]
    return "\n\n".join(block for block in blocks if block)


def _head(conversion: Conversion, t: Texts) -> str:
    if conversion.quote.remedy is not Remedy.DUST:
        return _trade_head(conversion, t)
    count = len({fill.asset for fill in conversion.fills})
    if conversion.state is State.PARTLY_FILLED:
        text = t.ngettext(
            "⚠️ <b>Only {count} of {all} token was converted</b>",
            "⚠️ <b>Only {count} of {all} tokens were converted</b>",
            len(conversion.quote.lines),
        )
        return text.format(count=count, all=len(conversion.quote.lines))
    text = t.ngettext(
        "✅ <b>Converted {count} token</b>", "✅ <b>Converted {count} tokens</b>", count
    )
    return text.format(count=count)


def _trade_head(conversion: Conversion, t: Texts) -> str:
    if conversion.state is State.PARTLY_FILLED:
        return t.gettext(
            "⚠️ <b>Only {part} was {done}</b>\nThe rest found no buyer and is still in your wallet."
        ).format(part=part_of(conversion, t), done=done_of(conversion.quote.remedy, t))
    if conversion.quote.remedy is Remedy.SWAP:
        return t.gettext("✅ <b>Swapped</b>")
    return t.gettext("✅ <b>Sold</b>")


def _fills(conversion: Conversion, detailed: int) -> str:
    fills = sorted(by_asset(conversion.fills), key=lambda fill: (-fill.net, fill.asset))
    lines = [_fill(fill) for fill in fills[:detailed]]
    rest = [symbol(fill.asset) for fill in fills[detailed:]]
    if rest:
        lines.append(("+ " if lines else "") + ", ".join(rest))
    return "\n".join(lines)


def _fill(fill: Fill) -> str:
    return f"<b>{symbol(fill.asset)}</b> {fmt_amount(fill.amount)} → {fmt_amount(fill.net)}"


def _sums(conversion: Conversion, t: Texts) -> str:
    target = conversion.quote.target
    if conversion.quote.remedy is Remedy.SWAP:
        rate = t.gettext("Rate {rate}, no fee").format(rate=fmt_rate(conversion.fills))
        received = t.gettext("<b>Received {amount}</b>")
        return f"{rate}\n{received.format(amount=fmt_coin(conversion.net, target))}"
    return "\n".join(
        (
            t.gettext("Gross {amount}").format(amount=fmt_coin(conversion.gross, target)),
            t.gettext("Fee {amount}").format(amount=fees_text(conversion)),
            t.gettext("<b>Received {amount}</b>").format(amount=fmt_coin(conversion.net, target)),
        )
    )


def _differences(conversion: Conversion, t: Texts) -> str:
    if conversion.quote.remedy is not Remedy.DUST:
        return ""  # what was sent had an amount of its own
    shown = {line.asset: line.amount for line in conversion.quote.lines}
    lines = [
        t.gettext("{asset}: {taken} taken, {shown} shown").format(
            asset=symbol(fill.asset),
            taken=fmt_amount(fill.amount),
            shown=fmt_amount(shown[fill.asset]),
        )
        for fill in by_asset(conversion.fills)
        if fill.asset in shown and shown[fill.asset] != fill.amount
    ]
    if not lines:
        return ""
    most = 10
    more = len(lines) - most
    if more > 0:
        lines[most:] = [t.gettext("and {count} more").format(count=more)]
    head = t.gettext("<b>The balance moved before the exchange converted it</b>")
    return "\n".join((head, *lines))


def _unfilled(conversion: Conversion) -> tuple[LeftOut, ...]:
    return tuple(LeftOut(asset, Reason.NOT_SUPPORTED) for asset in conversion.not_filled)


def _by_your_word(conversion: Conversion, t: Texts) -> str:
    amount = fmt_coin(conversion.quote.net, conversion.quote.target)
    text = t.gettext(
        "✅ <b>Closed by you: it went through</b>\nAbout {amount}, as the review showed."
    )
    if conversion.quote.remedy is Remedy.DUST:
        text += t.gettext(" If the exchange's log shows it later, I put in the real figures.")
    return text.format(amount=amount)


def _not_executed(conversion: Conversion, exchange: str, t: Texts) -> str:
    if conversion.closed_by is ClosedBy.OWNER:
        return t.gettext("✖️ <b>Closed by you: it did not go through</b>\nSend /dust to go on.")
    remedy = conversion.quote.remedy
    if remedy is Remedy.DUST:
        text = t.gettext(
            "✖️ <b>Not converted</b>\n{exchange} never carried it out: its log shows nothing and your "
            "tokens are still there."
        )
    else:
        text = t.gettext(
            "✖️ <b>Not {done}</b>\n{exchange} never carried it out, and your {tokens} are still there."
        )
    told = text.format(done=done_of(remedy, t), exchange=exchange, tokens=sent_of(conversion, t))
    if conversion.refusal is not None:
        return told + "\n" + refusal_text(conversion, exchange, None, t)
    again = t.gettext("Send {command} to try again.").format(command=command_of(remedy))
    return f"{told} {again}"


def _awaited(conversion: Conversion, exchange: str, t: Texts) -> Screen:
    if conversion.state is State.ACCEPTED:
        text = t.gettext(
            "⏳ <b>{exchange} took the order</b> and is carrying it out. I will tell you the result."
        )
    else:
        text = t.gettext(
            "❔ <b>No clear answer from {exchange}</b>\nYour {tokens} may or may not have been {done}. "
            "I am checking and will tell you. Please do not repeat it meanwhile."
        )
    tokens, done = sent_of(conversion, t), done_of(conversion.quote.remedy, t)
    button = Button(t.gettext("Check now"), CheckNow(conversion.id))
    lines = (
        text.format(exchange=exchange, tokens=tokens, done=done),
        said_text(conversion.refusal, t),
    )
    return Screen("\n".join(line for line in lines if line), ((button,),))


def _refused(
    conversion: Conversion, exchange: str, cooldown: ConversionCooldown | None, t: Texts
) -> Screen:
    head = t.gettext("✖️ <b>{exchange} refused. Nothing was converted.</b>").format(
        exchange=exchange
    )
    body = refusal_text(conversion, exchange, cooldown, t)
    return Screen(f"{head}\n{body}", after_refusal(conversion, t))
