"""What /dust shows."""

from collections.abc import Iterable, Sequence

from dust.conversion import Conversion
from dust.delisted import Delisting
from dust.model import DustItem, DustReport
from dust.review import Standing
from handlers.callbacks import (
    ChooseTokens,
    ConvertAll,
    OpenSales,
    RefreshDust,
    ShowProtected,
    TurnDust,
)
from handlers.screens import Button, Keyboard, Screen
from handlers.texts import Texts
from handlers.views.format import (
    fmt_amount,
    fmt_coin,
    fmt_money,
    fmt_time,
    fmt_until,
    fmt_worth,
    symbol,
)
from handlers.views.held_back import held_back_block, show_all_row
from handlers.views.paging import page_count, page_of, paging_row
from handlers.views.standing import cooldown_line

#: Lines on one page.
PAGE = 20
_LEAVING_SHOWN = 5


def render_reading(exchange: str, t: Texts) -> Screen:
    """A sign of life while the exchange is asked."""
    return Screen(t.gettext("🔎 Reading your {exchange} wallet…").format(exchange=exchange))


def render_report(
    report: DustReport,
    standing: Standing,
    exchange: str,
    t: Texts,
    page: int = 0,
    *,
    leaving: Sequence[Delisting] = (),
) -> Screen:
    """One account's dust, twenty lines to a page; the totals cover all of it. `leaving`: what of it the
    exchange will delist."""
    items, page = page_of(report.items, page, PAGE)
    blocks = [
        _head(report, exchange, t),
        "\n".join(_line(item, report) for item in items),
        _totals(report, t),
        held_back_block(report, t) if page == 0 else "",
        _leaving(report, leaving, t) if page == 0 else "",
        currency_note(report.wanted_currency, report.currency, t),
        _standing(standing, t),
    ]
    return Screen(
        "\n\n".join(block for block in blocks if block), _keyboard(report, leaving, page, t)
    )


def _head(report: DustReport, exchange: str, t: Texts) -> str:
    if not report.items:
        return _nothing(report, exchange, t)
    title = t.gettext("<b>Dust on {exchange}</b>").format(exchange=exchange)
    legend = t.gettext("amount · worth → {target} after the fee").format(
        target=symbol(report.target)
    )
    return f"🧹 {title}\n<i>{legend}</i>"


def _nothing(report: DustReport, exchange: str, t: Texts) -> str:
    text = t.gettext(
        "✨ <b>Nothing to convert on {exchange}</b>\nI keep watching and will tell you."
    ).format(exchange=exchange)
    count = report.above_ceiling
    if not count:
        return text
    why = t.ngettext(
        "{count} token is worth more than your own dust ceiling: {typed} changes it.",
        "{count} tokens are worth more than your own dust ceiling: {typed} changes it.",
        count,
    ).format(count=count, typed="<code>/settings ceiling</code>")
    return f"{text}\n{why}"


def _line(item: DustItem, report: DustReport) -> str:
    worth = fmt_worth(item.worth, report.currency)
    return (
        f"<b>{symbol(item.asset)}</b> {fmt_amount(item.amount)} · {worth} → {fmt_amount(item.net)}"
    )


def _totals(report: DustReport, t: Texts) -> str:
    count = len(report.items)
    if not count:
        return ""
    title = t.ngettext("{count} token", "{count} tokens", count).format(count=count)
    return "\n".join(
        (
            f"<b>{title} · {fmt_money(report.worth)}</b>",
            t.gettext("Gross {amount}").format(amount=fmt_coin(report.gross, report.target)),
            t.gettext("Fee {amount}").format(amount=fmt_coin(report.fee, report.target)),
            t.gettext("<b>You get about {amount}</b>").format(
                amount=fmt_coin(report.net, report.target)
            ),
        )
    )


def currency_note(wanted: str, shown: str, t: Texts) -> str:
    """The one sentence when a currency has no price."""
    if wanted == shown:
        return ""
    return t.gettext("The exchange has no {wanted} price now, so worths are in {shown}.").format(
        wanted=wanted, shown=shown
    )


def _leaving(report: DustReport, leaving: Sequence[Delisting], t: Texts) -> str:
    """Only what is shown here, and only what goes for good."""
    shown = {item.asset for item in report.items} | {row.asset for row in report.held_back}
    lines = [
        t.gettext("⚠️ {asset} is being delisted, its last market closes {when}").format(
            asset=symbol(one.asset), when=fmt_until(one.at, t)
        )
        for one in leaving
        if one.last and one.asset in shown
    ]
    return "\n".join(lines[:_LEAVING_SHOWN])


def _standing(standing: Standing, t: Texts) -> str:
    if standing.live is not None:
        return awaited_line(standing.live, t)
    if standing.cooldown is not None:
        return cooldown_line(standing.cooldown, t)
    return ""


def awaited_line(conversion: Conversion, t: Texts) -> str:
    """What is being waited for, and since when."""
    since = fmt_time(conversion.attempt_at or conversion.created_at, t)
    return t.gettext(
        "⏳ A conversion sent at {since} is not settled yet. I am checking what became of it; "
        "no other one can start until then."
    ).format(since=since)


def _keyboard(report: DustReport, leaving: Sequence[Delisting], page: int, t: Texts) -> Keyboard:
    account = report.account
    rows: list[Sequence[Button]] = [
        paging_row(
            page, page_count(len(report.items), PAGE), lambda number: TurnDust(account, number)
        )
    ]
    if report.items:
        rows.append(
            (
                Button(t.gettext("Convert all"), ConvertAll(account)),
                Button(t.gettext("Choose tokens"), ChooseTokens(account)),
            )
        )
    rows.append(show_all_row(report, t) if page == 0 else ())
    last = [Button(t.gettext("Refresh"), RefreshDust(account))]
    if report.items or report.held_back:
        last.append(Button(t.gettext("Protect…"), ShowProtected(account, 0)))
    if report.for_sale or any(one.last for one in leaving):
        last.append(Button(t.gettext("Sell…"), OpenSales(account)))
    rows.append(last)
    return _rows(rows)


def _rows(rows: Iterable[Sequence[Button]]) -> Keyboard:
    return tuple(tuple(row) for row in rows if row)
