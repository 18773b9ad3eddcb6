"""/history: what became of every conversion, newest first."""

from collections.abc import Mapping, Sequence

from dust.conversion import ClosedBy, Conversion, Origin, State
from dust.remedy import Remedy
from dust.which import ANY, Kind, Which
from handlers.callbacks import ShowConversion, ShowHistory
from handlers.history_input import spell_which
from handlers.message_length import fits
from handlers.screens import Button, Keyboard, Screen
from handlers.texts import Texts
from handlers.views.fills import fees_text, fmt_rate
from handlers.views.format import fmt_coin, fmt_day, symbol
from handlers.views.paging import page_count, paging_row
from handlers.views.refusal import refusal_reason
from handlers.views.remedy_words import gone_of, part_of, sent_of

#: Conversions on one page.
PAGE = 5
#: How many tokens an entry names, tried from the left until the page fits.
_NAMED = (12, 5, 2, 0)


def render_history(
    conversions: Sequence[Conversion],
    total: int,
    exchanges: Mapping[str, str],
    t: Texts,
    page: int = 0,
    *,
    which: Which = ANY,
) -> Screen:
    """One page of `total` conversions, those of `which`. `exchanges`: display names by account."""
    if not conversions and which != ANY:
        return Screen(_none_of(which, t), _filters(which, t))
    if not conversions:
        return Screen(
            t.gettext(
                "📒 <b>No conversions yet</b>\nYour first one will stand here. /dust shows what there is."
            )
        )
    for named in _NAMED:
        text = _text(conversions, total, exchanges, t, named, which)
        if fits(text):
            break
    return Screen(text, (_details(conversions), *_turns(page, total, which), *_filters(which, t)))


def _details(conversions: Sequence[Conversion]) -> tuple[Button, ...]:
    """`1` to `5`: each entry in full."""
    return tuple(
        Button(f"{number}", ShowConversion(conversion.id))
        for number, conversion in enumerate(conversions, start=1)
    )


def _turns(page: int, total: int, which: Which) -> Keyboard:
    words = spell_which(which)
    if words is None:
        return ()
    row: tuple[Button, ...] = paging_row(
        page, page_count(total, PAGE), lambda number: ShowHistory(number, words)
    )
    return (row,) if row else ()


def _filters(which: Which, t: Texts) -> Keyboard:
    """The other kinds; a token that was asked for goes with `All`."""
    kinds = {
        Kind.ALL: t.gettext("All"),
        Kind.CONVERTED: t.gettext("Converted"),
        Kind.FAILED: t.gettext("Failed"),
        Kind.WEBSITE: t.gettext("Website"),
    }
    return (
        tuple(
            Button(f"• {label}" if kind is which.kind else label, ShowHistory(0, _word(kind)))
            for kind, label in kinds.items()
        ),
    )


def _word(kind: Kind) -> str:
    return "" if kind is Kind.ALL else kind.value


def _none_of(which: Which, t: Texts) -> str:
    if which.asset is not None:
        return t.gettext("📒 <b>No such conversion of {asset}</b>").format(
            asset=symbol(which.asset)
        )
    return t.gettext("📒 <b>No such conversion</b>")


def _text(
    conversions: Sequence[Conversion],
    total: int,
    exchanges: Mapping[str, str],
    t: Texts,
    named: int,
    which: Which,
) -> str:
    head = t.ngettext(
        "📒 <b>{count} conversion</b>", "📒 <b>{count} conversions</b>", total
    ).format(count=total)
    if which.asset is not None:
        head += f" · {symbol(which.asset)}"
    several = len(exchanges) > 1
    entries = [
        f"{number}. "
        + _entry(
            conversion, exchanges.get(conversion.account, conversion.account), t, named, several
        )
        for number, conversion in enumerate(conversions, start=1)
    ]
    return "\n\n".join((head, *entries))


def _entry(conversion: Conversion, exchange: str, t: Texts, named: int, several: bool) -> str:
    head = f"<b>{fmt_day(conversion.attempt_at or conversion.created_at, t)}</b>"
    if several:
        head += f" · {symbol(exchange)} ({symbol(conversion.account)})"
    lines = [head, what_happened(conversion, symbol(exchange), t), _tokens(conversion, t, named)]
    return "\n".join(line for line in (*lines, note_of(conversion, symbol(exchange), t)) if line)


def what_happened(conversion: Conversion, exchange: str, t: Texts) -> str:
    """What became of it, in one line."""
    match conversion.state:
        case State.FILLED | State.PARTLY_FILLED:
            return _received(conversion, t) if conversion.fills else _by_your_word(conversion, t)
        case State.REFUSED:
            return t.gettext("✖️ {tokens}: refused, {reason}").format(
                tokens=sent_of(conversion, t), reason=refusal_reason(conversion, t)
            )
        case State.NOT_EXECUTED:
            return _not_executed(conversion, t)
        case State.ACCEPTED:
            text = t.gettext("⏳ {tokens}: {exchange} is carrying it out")
        case _:
            text = t.gettext("❔ {tokens}: no clear answer, being checked")
    return text.format(tokens=sent_of(conversion, t), exchange=exchange)


def _received(conversion: Conversion, t: Texts) -> str:
    target = conversion.quote.target
    whole = conversion.state is State.FILLED and not conversion.not_filled
    tokens = gone_of(conversion, t) if whole else part_of(conversion, t)
    return t.gettext("✅ {tokens} → <b>{net}</b>, {cost}").format(
        tokens=_mark(conversion) + tokens,
        net=fmt_coin(conversion.net, target),
        cost=_cost(conversion, t),
    )


def _cost(conversion: Conversion, t: Texts) -> str:
    """What it cost: a swap has no fee, its price tells."""
    if conversion.quote.remedy is Remedy.SWAP:
        return t.gettext("rate {rate}").format(rate=fmt_rate(conversion.fills))
    return t.gettext("fee {fee}").format(fee=fees_text(conversion))


def _mark(conversion: Conversion) -> str:
    return {Remedy.DUST: "", Remedy.SWAP: "🔁 ", Remedy.SALE: "💱 "}[conversion.quote.remedy]


def _by_your_word(conversion: Conversion, t: Texts) -> str:
    return t.gettext("✅ {tokens} → about {net}, by your word").format(
        tokens=sent_of(conversion, t), net=fmt_coin(conversion.quote.net, conversion.quote.target)
    )


def _not_executed(conversion: Conversion, t: Texts) -> str:
    if conversion.closed_by is ClosedBy.OWNER:
        text = t.gettext("✖️ {tokens}: not converted, closed by you")
    else:
        text = t.gettext("✖️ {tokens}: not converted, the exchange never carried it out")
    return text.format(tokens=sent_of(conversion, t))


def _tokens(conversion: Conversion, t: Texts, named: int) -> str:
    """The tokens that brought something, else the ones that were sent; the largest first. Nothing where
    the line above names the one there is."""
    if conversion.quote.remedy is not Remedy.DUST:
        return ""
    fills = sorted(conversion.fills, key=lambda fill: (-fill.net, fill.asset))
    assets = list(dict.fromkeys(fill.asset for fill in fills)) or list(conversion.quote.assets)
    if not named or not assets:
        return ""
    shown = ", ".join(symbol(asset) for asset in assets[:named])
    more = len(assets) - named
    if more > 0:
        shown = t.gettext("{tokens} and {count} more").format(tokens=shown, count=more)
    return f"<i>{shown}</i>"


def note_of(conversion: Conversion, exchange: str, t: Texts) -> str:
    """Where it was made, if not here, and whether it was put right later; else nothing."""
    if conversion.automatic:
        return t.gettext("🤖 By your rule.")
    if conversion.origin is Origin.EXCHANGE:
        return t.gettext("Made on {exchange} itself.").format(exchange=exchange)
    if conversion.corrected:
        return t.gettext("Corrected from {exchange}'s log.").format(exchange=exchange)
    return ""
