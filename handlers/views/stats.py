"""/stats: what all conversions of an account add up to."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from dust.ledger import Brought, Month, Source, Stats
from handlers.callbacks import ShowHistory
from handlers.screens import Button, Screen
from handlers.texts import Texts
from handlers.views.dust import currency_note
from handlers.views.format import fmt_coin, fmt_duration, fmt_time, fmt_worth, symbol

_MONTHS_SHOWN = 12
_SOURCES_SHOWN = 5
_COINS_SHOWN = 6


def render_stats(stats: Stats, exchange: str, t: Texts) -> Screen:
    """Total, months, fees, biggest sources, and how long dust lay."""
    if not stats.all.count:
        return Screen(
            t.gettext(
                "📈 <b>Nothing converted on {exchange} yet</b>\nWhat you recover will add up here. "
                "/dust shows what there is."
            ).format(exchange=exchange)
        )
    blocks = (
        _total(stats, exchange, t),
        _months(stats, t),
        _sources(stats, t),
        _lay(stats, t),
        _notes(stats, t),
    )
    history = Button(t.gettext("History"), ShowHistory(0, ""))
    return Screen("\n\n".join(block for block in blocks if block), ((history,),))


def _total(stats: Stats, exchange: str, t: Texts) -> str:
    head = t.gettext("📈 <b>Recovered on {exchange}: {what}</b>").format(
        exchange=exchange, what=_what(stats.all, stats.currency, t)
    )
    count = t.ngettext("{count} conversion", "{count} conversions", stats.all.count).format(
        count=stats.all.count
    )
    tokens = t.ngettext("{count} token", "{count} tokens", stats.tokens).format(count=stats.tokens)
    lines = [head, f"{count} · {tokens}"]
    if stats.all.worth is not None:
        lines.append(_coins(stats.all.coins, t))
    if stats.fees.coins:
        fees = _what(stats.fees, stats.currency, t)
        lines.append(t.gettext("Fees paid {fees}").format(fees=fees))
    return "\n".join(lines)


def _what(brought: Brought, currency: str, t: Texts) -> str:
    """A worth, or the coins themselves where a price is missing."""
    if brought.worth is None:
        return _coins(brought.coins, t)
    return fmt_worth(brought.worth, currency)


def _coins(coins: Mapping[str, Decimal], t: Texts) -> str:
    named = [fmt_coin(coins[asset], asset) for asset in sorted(coins)]
    text = " + ".join(named[:_COINS_SHOWN])
    more = len(named) - _COINS_SHOWN
    return f"{text} " + t.gettext("and {count} more").format(count=more) if more > 0 else text


def _months(stats: Stats, t: Texts) -> str:
    lines = [t.gettext("<b>By month</b>")]
    lines += [_month(month, stats.currency, t) for month in stats.months[:_MONTHS_SHOWN]]
    more = len(stats.months) - _MONTHS_SHOWN
    if more > 0:
        lines.append(t.ngettext("and {count} month before", "and {count} months before", more))
        lines[-1] = lines[-1].format(count=more)
    return "\n".join(lines)


def _month(month: Month, currency: str, t: Texts) -> str:
    count = month.brought.count
    line = f"{date(month.year, month.month, 1):%b %Y} · {_what(month.brought, currency, t)}"
    return line if count == 1 else f"{line} ({count}×)"


def _sources(stats: Stats, t: Texts) -> str:
    if not stats.sources:
        return ""
    lines = [t.gettext("<b>Biggest sources</b>")]
    lines += [_source(source, stats.currency) for source in stats.sources[:_SOURCES_SHOWN]]
    return "\n".join(lines)


def _source(source: Source, currency: str) -> str:
    line = f"{symbol(source.asset)} · {fmt_worth(source.worth, currency)}"
    return line if source.count == 1 else f"{line} ({source.count}×)"


def _lay(stats: Stats, t: Texts) -> str:
    if stats.lay is None:
        return ""
    return t.ngettext(
        "<b>Dust lay {duration}</b> before it was converted ({count} token that I saw come)",
        "<b>Dust lay {duration}</b> before it was converted (median of {count} tokens)",
        stats.lay_count,
    ).format(duration=fmt_duration(stats.lay), count=stats.lay_count)


def _notes(stats: Stats, t: Texts) -> str:
    lines = []
    if stats.unproven:
        lines.append(
            t.ngettext(
                "{count} conversion rests on your word and is not counted.",
                "{count} conversions rest on your word and are not counted.",
                stats.unproven,
            ).format(count=stats.unproven)
        )
    if stats.differing:
        lines.append(
            t.ngettext(
                "After {count} conversion the balance changed by something else than the exchange "
                "reported: /history shows it.",
                "After {count} conversions the balance changed by something else than the exchange "
                "reported: /history shows them.",
                stats.differing,
            ).format(count=stats.differing)
        )
    if stats.priced_at is not None:
        when = fmt_time(stats.priced_at, t)
        lines.append(t.gettext("<i>Worths at the prices of {when}.</i>").format(when=when))
    lines.append(currency_note(stats.wanted_currency, stats.currency, t))
    return "\n".join(line for line in lines if line)
