"""One conversion in full: tokens, rates, fees, what arrived, and the ids that the exchange knows it by."""

from dust.conversion import Conversion, Fill, Quote
from dust.remedy import Remedy
from handlers.callbacks import ShowHistory
from handlers.message_length import fits
from handlers.screens import Button, Screen
from handlers.texts import Texts
from handlers.views.credited import render_credited
from handlers.views.fills import fees_text, fmt_rate
from handlers.views.format import esc, fmt_amount, fmt_coin, fmt_day, symbol
from handlers.views.history import note_of, what_happened

#: How many fills, and how many ids, are shown: tried from the left until the message fits.
_DETAILS = ((100, 20), (60, 10), (40, 10), (20, 5), (10, 3), (0, 0))
_LONGEST_ID = 64


def render_conversion(conversion: Conversion, exchange: str, t: Texts) -> Screen:
    """Everything that the journal holds of it."""
    for fills, ids in _DETAILS:
        text = _text(conversion, exchange, t, fills, ids)
        if fits(text):
            break
    return Screen(text, ((Button(t.gettext("‹ History"), ShowHistory(0, "")),),))


def _text(conversion: Conversion, exchange: str, t: Texts, fills: int, ids: int) -> str:
    head = f"🧾 <b>{fmt_day(conversion.attempt_at or conversion.created_at, t)}</b> · {exchange}"
    blocks = (
        f"{head}\n{what_happened(conversion, exchange, t)}",
        _fills(conversion, fills, t),
        _sums(conversion, t),
        render_credited(conversion, t),
        note_of(conversion, exchange, t),
        _ids(conversion, ids, t),
    )
    return "\n\n".join(block for block in blocks if block)


def _fills(conversion: Conversion, most: int, t: Texts) -> str:
    """The largest first; where nothing was filled, what was sent."""
    if not conversion.fills:
        sent = [fmt_coin(line.amount, line.asset) for line in conversion.quote.lines[: most // 2]]
        return t.gettext("Sent: {tokens}").format(tokens=", ".join(sent)) if sent else ""
    fills = sorted(conversion.fills, key=lambda fill: (-fill.net, fill.asset))
    lines = [_fill(fill, conversion.quote, t) for fill in fills[:most]]
    more = len(fills) - len(lines)
    if more:
        lines.append(t.gettext("and {count} more").format(count=more))
    return "\n".join(lines)


def _fill(fill: Fill, quote: Quote, t: Texts) -> str:
    net = fmt_coin(fill.net, quote.target)
    line = f"<b>{symbol(fill.asset)}</b> {fmt_amount(fill.amount)} → {net}"
    if quote.remedy is Remedy.SWAP:
        details = t.gettext("rate {rate}, no fee").format(rate=fmt_rate((fill,)))
    else:
        fee = fmt_coin(fill.fee, fill.fee_asset or quote.target)
        details = t.gettext("rate {rate}, fee {fee}").format(rate=fmt_rate((fill,)), fee=fee)
    return f"{line}\n<i>{details}</i>"


def _sums(conversion: Conversion, t: Texts) -> str:
    if not conversion.fills:
        return ""
    target = conversion.quote.target
    if conversion.quote.remedy is Remedy.SWAP:
        return t.gettext("<b>Received {amount}</b>").format(amount=fmt_coin(conversion.net, target))
    return "\n".join(
        (
            t.gettext("Gross {amount}").format(amount=fmt_coin(conversion.gross, target)),
            t.gettext("Fee {amount}").format(amount=fees_text(conversion)),
            t.gettext("<b>Received {amount}</b>").format(amount=fmt_coin(conversion.net, target)),
        )
    )


def _ids(conversion: Conversion, most: int, t: Texts) -> str:
    lines = [t.gettext("Dustpan's id {id}").format(id=_id(conversion.id))]
    if conversion.reference:
        lines.append(t.gettext("Order {id}").format(id=_id(conversion.reference)))
    trades = list(dict.fromkeys(_trade(fill) for fill in conversion.fills))
    if trades and most:
        shown = ", ".join(_id(trade) for trade in trades[:most])
        more = len(trades) - most
        if more > 0:
            shown += " " + t.gettext("and {count} more").format(count=more)
        lines.append(t.gettext("Exchange's ids {ids}").format(ids=shown))
    return "\n".join(lines)


def _trade(fill: Fill) -> str:
    """Without the token, which the adapter adds to make an id of a whole conversion one of a fill."""
    return fill.trade_id.removesuffix(f":{fill.asset}")


def _id(text: str) -> str:
    return f"<code>{esc(text[:_LONGEST_ID])}</code>"
