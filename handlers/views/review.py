"""The review: what will be converted, what it will bring, and that it can't be undone."""

from collections.abc import Sequence

from dust.conversion import Conversion, Quote, QuoteLine
from dust.model import LeftOut, Reason
from dust.money import Money, Rates
from dust.remedy import Remedy
from dust.review import Review
from handlers.callbacks import (
    CancelConversion,
    CompareRemedies,
    ConfirmConversion,
    RefreshDust,
    ReviewInto,
    ShowSettings,
)
from handlers.message_length import fits
from handlers.screens import Button, Screen
from handlers.setting_changes import Topic
from handlers.texts import Texts
from handlers.views.format import fmt_amount, fmt_coin, fmt_duration, fmt_money, fmt_time, symbol
from handlers.views.left_out import Prices, reason_text, why_not
from handlers.views.protected import token_tag
from handlers.views.remedy_words import done_of
from handlers.views.setting_values import topic_title
from handlers.views.trade import trade_keyboard, trade_text
from handlers.views.yields import render_yields

#: How many of the largest are shown with amounts, and how many of those left out are named for each
#: reason: tried from the left until the message fits.
_DETAILS = ((20, 20), (10, 20), (5, 20), (0, 20), (0, 3), (0, 0))


def render_review(review: Review, exchange: str, currency: str, t: Texts) -> Screen:
    """Every token is named, the largest with amounts; the keyboard confirms or cancels."""
    conversion = review.conversion
    if conversion.quote.remedy is not Remedy.DUST:
        worth = _worth(conversion.quote, review.rates, currency, t).strip()
        changed = changed_head(review.previous, conversion.quote, t)
        text = trade_text(review, exchange, worth, changed, t)
        return Screen(text, trade_keyboard(conversion, t))
    for detailed, named in _DETAILS:
        text = _text(review, exchange, currency, t, detailed, named)
        if fits(text):
            break
    consent = (
        Button(t.gettext("✅ Confirm"), ConfirmConversion(conversion.id)),
        Button(t.gettext("Cancel"), CancelConversion(conversion.id)),
    )
    others = tuple(
        Button(f"→ {one.target}", ReviewInto(conversion.id, one.target))
        for one in review.yields
        if one.target != conversion.quote.target
    )
    return Screen(text, tuple(row for row in (consent, others, _compare(conversion, t)) if row))


def _compare(conversion: Conversion, t: Texts) -> tuple[Button, ...]:
    """Other ways for the one token, where it is one."""
    if len(conversion.quote.lines) != 1:
        return ()
    tag = token_tag(conversion.quote.assets[0])
    return (Button(t.gettext("⚖️ Compare"), CompareRemedies(conversion.account, "", tag)),)


def _text(review: Review, exchange: str, currency: str, t: Texts, detailed: int, named: int) -> str:
    conversion = review.conversion
    quote = conversion.quote
    count = len(quote.lines)
    title = t.ngettext(
        "<b>Convert {count} token to {target}?</b>",
        "<b>Convert {count} tokens to {target}?</b>",
        count,
    ).format(count=count, target=symbol(quote.target))
    blocks = [
        changed_head(review.previous, quote, t),
        _instead(review, exchange, t),
        title,
        _tokens(quote, review.previous, detailed),
        totals(quote, t) + _worth(quote, review.rates, currency, t),
        render_yields(review, currency, t),
        left_out_text(conversion.left_out, t, named),
        _terms(conversion, exchange, t),
    ]
    return "\n\n".join(block for block in blocks if block)


def _tokens(quote: Quote, previous: Quote | None, detailed: int) -> str:
    before = {line.asset: line for line in previous.lines} if previous else {}
    lines = [_line(line, before.get(line.asset)) for line in quote.lines[:detailed]]
    rest = [symbol(line.asset) for line in quote.lines[detailed:]]
    if rest:
        lines.append(("+ " if lines else "") + ", ".join(rest))
    return "\n".join(lines)


def _line(line: QuoteLine, before: QuoteLine | None) -> str:
    amount = fmt_amount(line.amount)
    if before is not None and before.amount != line.amount:
        amount = f"<s>{fmt_amount(before.amount)}</s> <u>{amount}</u>"
    return f"<b>{symbol(line.asset)}</b> {amount} → {fmt_amount(line.net)}"


def changed_head(previous: Quote | None, quote: Quote, t: Texts) -> str:
    """What has changed since the review that was confirmed."""
    if previous is None:
        return ""
    head = t.gettext("⚠️ <b>Nothing was sent: the list has changed.</b> Please look again.")
    change = t.gettext("You get: <s>{before}</s> <u>{after}</u>").format(
        before=fmt_coin(previous.net, quote.target), after=fmt_coin(quote.net, quote.target)
    )
    return f"{head}\n{change}"


def totals(quote: Quote, t: Texts) -> str:
    """Gross, fee and net in the target asset."""
    return "\n".join(
        (
            t.gettext("Gross {amount}").format(amount=fmt_coin(quote.gross, quote.target)),
            t.gettext("Fee {amount}").format(amount=fmt_coin(quote.fee, quote.target)),
            t.gettext("<b>You get about {amount}</b>").format(
                amount=fmt_coin(quote.net, quote.target)
            ),
        )
    )


def _instead(review: Review, exchange: str, t: Texts) -> str:
    if review.instead_of is None:
        return ""
    return t.gettext(
        "ℹ️ {exchange} does not convert your dust to {wished} now. This is what it does offer."
    ).format(exchange=exchange, wished=symbol(review.instead_of))


def _worth(quote: Quote, rates: Rates | None, currency: str, t: Texts) -> str:
    if rates is None:
        return ""
    worth = rates.exchange(Money(quote.net, quote.target), rates.shown_currency(currency))
    if worth is None:
        return ""
    return "\n" + t.gettext("Worth {money} now").format(money=fmt_money(worth))


def left_out_text(
    left_out: Sequence[LeftOut], t: Texts, most: int = 20, prices: Prices | None = None
) -> str:
    """The tokens that are not part of it, by reason; for each reason at most so many are named."""
    by_reason: dict[Reason, list[str]] = {}
    exact = [row for row in left_out if row.limit is not None]
    for row in left_out:
        if row in exact:
            continue
        by_reason.setdefault(row.reason, []).append(symbol(row.asset))
    lines = [
        t.gettext("{tokens} – {reason}").format(
            tokens=_named(tokens, t, most), reason=reason_text(reason, t)
        )
        for reason, tokens in by_reason.items()
    ]
    lines += [f"{symbol(row.asset)} – {why_not(row, t, prices)}" for row in exact]
    return "\n".join((t.gettext("<b>Left out</b>"), *lines)) if lines else ""


def _named(tokens: Sequence[str], t: Texts, most: int) -> str:
    if len(tokens) <= most:
        return ", ".join(tokens)
    more = len(tokens) - most
    if not most:
        return t.ngettext("{count} token", "{count} tokens", more).format(count=more)
    return ", ".join(tokens[:most]) + " " + t.gettext("and {count} more").format(count=more)


def _terms(conversion: Conversion, exchange: str, t: Texts) -> str:
    taken_at = conversion.quote.taken_at
    return t.gettext(
        "{exchange} prices of {time} ({age} old), an estimate. Good until {until}. "
        "<b>It can't be undone.</b>"
    ).format(
        exchange=exchange,
        time=f"{taken_at.astimezone(t.zone):%H:%M:%S}",
        age=fmt_duration(t.now - taken_at),
        until=fmt_time(conversion.expires_at, t),
    )


def render_nothing_left(
    left_out: Sequence[LeftOut],
    account: str,
    exchange: str,
    t: Texts,
    remedy: Remedy = Remedy.DUST,
    prices: Prices | None = None,
) -> Screen:
    """None of the wanted tokens can be converted; one that is there may go another way."""
    if remedy is Remedy.DUST:
        head = t.gettext("<b>Nothing to convert on {exchange}</b> – nothing was sent.")
    else:
        head = t.gettext("<b>It can't be {done} on {exchange} now</b> – nothing was sent.")
    head = head.format(exchange=exchange, done=done_of(remedy, t))
    blocks = [head, left_out_text(left_out, t, prices=prices)]
    buttons: tuple[Button, ...] = (Button(t.gettext("Show my dust"), RefreshDust(account)),)
    if len(left_out) == 1 and left_out[0].amount:
        tag = token_tag(left_out[0].asset)
        buttons += (Button(t.gettext("⚖️ Compare"), CompareRemedies(account, "", tag)),)
    if any(row.reason is Reason.ABOVE_OWN_CEILING for row in left_out):
        buttons += (Button(topic_title(Topic.CEILING, t), ShowSettings(Topic.CEILING)),)
    return Screen(
        "\n\n".join(block for block in blocks if block),
        (buttons,),
    )


def render_cancelled(t: Texts) -> Screen:
    """After `Cancel`."""
    return Screen(t.gettext("Cancelled. Nothing was converted."))


def render_converting(quote: Quote, exchange: str, t: Texts) -> Screen:
    """Between `Confirm` and the outcome."""
    if quote.remedy is not Remedy.DUST and quote.lines:
        text = (
            t.gettext("⏳ Swapping {amount} on {exchange}…")
            if quote.remedy is Remedy.SWAP
            else t.gettext("⏳ Selling {amount} on {exchange}…")
        )
        amount = fmt_coin(quote.lines[0].amount, quote.lines[0].asset)
        return Screen(text.format(amount=amount, exchange=exchange))
    count = len(quote.lines)
    return Screen(
        t.ngettext(
            "⏳ Converting {count} token on {exchange}…",
            "⏳ Converting {count} tokens on {exchange}…",
            count,
        ).format(count=count, exchange=exchange)
    )
