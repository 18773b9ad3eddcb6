"""The periodic report: what came, what was converted, what it brought, what lies there now."""

from decimal import Decimal

from dust.conversion import Conversion
from dust.money import ZERO
from dust.report import Arrival, Summary
from handlers.callbacks import ChooseTokens, ConvertAll
from handlers.screens import Button, Keyboard, Screen
from handlers.texts import Texts
from handlers.views.dust import currency_note
from handlers.views.format import fmt_coin, fmt_day, fmt_money, fmt_worth

_ARRIVALS_SHOWN = 5
_TARGETS_SHOWN = 10


def render_period_report(summary: Summary, exchange: str, t: Texts) -> Screen:
    """One account's period, with the way to convert where something lies there."""
    title = t.gettext("📊 <b>Your dust on {exchange}</b>\n{since} – {until}").format(
        exchange=exchange, since=fmt_day(summary.since, t), until=fmt_day(summary.until, t)
    )
    blocks = (
        title,
        _came(summary, t),
        _converted(summary, t),
        _lies(summary, t),
        currency_note(summary.wanted_currency, summary.currency, t),
    )
    return Screen("\n\n".join(block for block in blocks if block), _keyboard(summary, t))


def _came(summary: Summary, t: Texts) -> str:
    count = len(summary.arrivals)
    if not count:
        return t.gettext("<b>New:</b> nothing")
    worth = sum((arrival.worth for arrival in summary.arrivals), ZERO)
    head = t.ngettext(
        "<b>New:</b> {worth} in {count} token", "<b>New:</b> {worth} in {count} tokens", count
    ).format(worth=fmt_worth(worth, summary.currency), count=count)
    lines = [_arrival(arrival, summary) for arrival in summary.arrivals[:_ARRIVALS_SHOWN]]
    more = count - len(lines)
    if more:
        lines.append(t.gettext("and {count} more").format(count=more))
    return "\n".join((head, *lines))


def _arrival(arrival: Arrival, summary: Summary) -> str:
    return (
        f"{fmt_coin(arrival.amount, arrival.asset)} · {fmt_worth(arrival.worth, summary.currency)}"
    )


def _converted(summary: Summary, t: Texts) -> str:
    if not summary.conversions:
        return t.gettext("<b>Converted:</b> nothing")
    count = sum(_tokens(conversion) for conversion in summary.conversions)
    head = t.ngettext(
        "<b>Converted:</b> {count} token", "<b>Converted:</b> {count} tokens", count
    ).format(count=count)
    return "\n".join(line for line in (head, _brought(summary, t), _by_word(summary, t)) if line)


def _tokens(conversion: Conversion) -> int:
    """One that was closed by the owner's word has no fills: what was sent counts."""
    return len({fill.asset for fill in conversion.fills}) or len(conversion.quote.lines)


def _brought(summary: Summary, t: Texts) -> str:
    amounts = sorted((asset, amount) for asset, amount in summary.brought.items() if amount > ZERO)
    if not amounts:
        return ""
    coins = " + ".join(fmt_coin(amount, asset) for asset, amount in amounts[:_TARGETS_SHOWN])
    more = len(amounts) - _TARGETS_SHOWN
    if more > 0:
        coins = t.gettext("{tokens} and {count} more").format(tokens=coins, count=more)
    if summary.brought_worth is None:
        return t.gettext("It brought {coins}.").format(coins=coins)
    worth = fmt_worth(summary.brought_worth, summary.currency)
    return t.gettext("It brought {coins}, now worth {worth}.").format(coins=coins, worth=worth)


def _by_word(summary: Summary, t: Texts) -> str:
    """What has no figures of the exchange is not in the sum, and that is said."""
    unproven = [conversion for conversion in summary.conversions if not conversion.fills]
    if not unproven:
        return ""
    sums: dict[str, Decimal] = {}
    for conversion in unproven:
        target = conversion.quote.target
        sums[target] = sums.get(target, ZERO) + conversion.quote.net
    coins = " + ".join(fmt_coin(sums[asset], asset) for asset in sorted(sums)[:_TARGETS_SHOWN])
    return t.gettext("By your word about {coins} more, not counted above.").format(coins=coins)


def _lies(summary: Summary, t: Texts) -> str:
    if summary.lies is None:
        return t.gettext("I have not been able to read the wallet yet.")
    if not summary.lies_count:
        return t.gettext("<b>There now:</b> no dust ✨")
    return t.ngettext(
        "<b>There now:</b> {worth} in {count} token",
        "<b>There now:</b> {worth} in {count} tokens",
        summary.lies_count,
    ).format(worth=fmt_money(summary.lies), count=summary.lies_count)


def _keyboard(summary: Summary, t: Texts) -> Keyboard:
    if not summary.lies_count:
        return ()
    return (
        (
            Button(t.gettext("Convert all"), ConvertAll(summary.account)),
            Button(t.gettext("Choose tokens"), ChooseTokens(summary.account)),
        ),
    )
