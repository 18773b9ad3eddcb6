"""The review of one token's swap or sale, and what to type for one."""

from dust.conversion import Conversion, Quote, QuoteLine
from dust.money import ZERO
from dust.remedy import Remedy
from dust.review import Review
from handlers.callbacks import (
    CancelConversion,
    CompareRemedies,
    ConfirmConversion,
    ReviewInto,
)
from handlers.screens import Button, Keyboard, Screen
from handlers.texts import Texts
from handlers.views.format import (
    fmt_coin,
    fmt_duration,
    fmt_time,
    symbol,
)
from handlers.views.protected import token_tag
from handlers.views.swap_list import how_to_swap


def trade_text(review: Review, exchange: str, worth: str, changed: str, t: Texts) -> str:
    """What is swapped or sold, for how much, how long that holds, and that it can't be undone."""
    quote = review.conversion.quote
    line = quote.lines[0]
    swap = quote.remedy is Remedy.SWAP
    blocks = [
        changed,
        _swap_head(line, quote, t) if swap else _sale_head(line, quote, t),
        _swap_sums(line, quote, worth, t) if swap else _sale_sums(line, quote, worth, t),
        _swap_terms(review.conversion, t) if swap else _sale_terms(quote, exchange, t),
    ]
    return "\n\n".join(block for block in blocks if block)


def trade_keyboard(conversion: Conversion, t: Texts) -> Keyboard:
    """Confirm, refresh, compare, cancel."""
    quote = conversion.quote
    tag = token_tag(quote.assets[0])
    return (
        (
            Button(t.gettext("✅ Confirm"), ConfirmConversion(conversion.id)),
            Button(t.gettext("Cancel"), CancelConversion(conversion.id)),
        ),
        (
            Button(t.gettext("Refresh"), ReviewInto(conversion.id, quote.target)),
            Button(t.gettext("Compare"), CompareRemedies(conversion.account, "", tag)),
        ),
    )


def render_how_to(remedy: Remedy, t: Texts) -> Screen:
    """What to type."""
    if remedy is Remedy.SWAP:
        return Screen(how_to_swap(t))
    return Screen(
        t.gettext(
            "💱 <b>Sell</b> what is no dust or can't be converted, by a market order:\n"
            "<code>/sell ADA</code> – all that is free\n"
            "<code>/sell ADA 10 USDC</code> – 10 ADA for USDC\n"
            "/dust shows what you have."
        )
    )


def _swap_head(line: QuoteLine, quote: Quote, t: Texts) -> str:
    return t.gettext("🔁 <b>Swap {paid} for {received}?</b>").format(
        paid=fmt_coin(line.amount, line.asset), received=fmt_coin(quote.net, quote.target)
    )


def _sale_head(line: QuoteLine, quote: Quote, t: Texts) -> str:
    return t.gettext("💱 <b>Sell {paid} for about {received}?</b>").format(
        paid=fmt_coin(line.amount, line.asset), received=fmt_coin(quote.net, quote.target)
    )


def _price(line: QuoteLine, quote: Quote) -> str:
    each = fmt_coin(line.gross / line.amount if line.amount > ZERO else ZERO, quote.target)
    return f"1 {symbol(line.asset)} = {each}"


def _swap_sums(line: QuoteLine, quote: Quote, worth: str, t: Texts) -> str:
    lines = (_price(line, quote), t.gettext("No fee; the spread is in the price."), worth)
    return "\n".join(one for one in lines if one)


def _sale_sums(line: QuoteLine, quote: Quote, worth: str, t: Texts) -> str:
    lines = [
        _price(line, quote),
        t.gettext("Gross {amount}").format(amount=fmt_coin(quote.gross, quote.target)),
        t.gettext("Fee {amount}").format(amount=fmt_coin(quote.fee, quote.target)),
        t.gettext("<b>You get about {amount}</b>").format(amount=fmt_coin(quote.net, quote.target)),
        worth,
    ]
    if line.remainder > ZERO:
        lines.append(
            t.gettext("Stays in your wallet: {amount}").format(
                amount=fmt_coin(line.remainder, line.asset)
            )
        )
    return "\n".join(one for one in lines if one)


def _swap_terms(conversion: Conversion, t: Texts) -> str:
    left = conversion.expires_at - t.now
    local = conversion.expires_at.astimezone(t.zone)
    return t.gettext(
        "⏱ This price holds for {left}, until {until}. <b>It can't be undone.</b>"
    ).format(left=fmt_duration(left), until=f"{local:%H:%M:%S}")


def _sale_terms(quote: Quote, exchange: str, t: Texts) -> str:
    return t.gettext(
        "A market order on {exchange}'s {pair}: the price is that of the moment. "
        "Looked up at {time}. <b>It can't be undone.</b>"
    ).format(
        exchange=exchange,
        pair=symbol(quote.reference),
        time=fmt_time(quote.taken_at, t),
    )
