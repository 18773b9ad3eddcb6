"""What is dust but can't be converted now: the part of it below /dust, and all of it."""

from collections.abc import Sequence

from dust.model import DustReport, HeldBack
from dust.money import ZERO
from handlers.callbacks import ShowHeldBack, TurnDust
from handlers.screens import Button, Screen
from handlers.texts import Texts
from handlers.views.format import fmt_amount, fmt_worth, symbol
from handlers.views.left_out import reason_text
from handlers.views.paging import page_count, page_of, paging_row

#: Lines on one page of the whole list.
PAGE = 20
_SHOWN = 12


def render_held_back(report: DustReport, exchange: str, t: Texts, page: int = 0) -> Screen:
    """All of it, twenty lines to a page, and the way back to the dust."""
    if not report.held_back:
        return Screen(
            t.gettext(
                "All dust on {exchange} can be converted, or there is none: /dust shows it."
            ).format(exchange=exchange)
        )
    rows, page = page_of(report.held_back, page, PAGE)
    title = t.gettext("<b>Can't be converted on {exchange} now</b>").format(exchange=exchange)
    lines = (held_line(row, report.currency, t) for row in rows)
    text = "\n".join((title, *lines, "", _total(report, t)))
    account = report.account
    turns = paging_row(
        page,
        page_count(len(report.held_back), PAGE),
        lambda number: ShowHeldBack(account, number),
    )
    back = (Button(t.gettext("‹ Dust"), TurnDust(account, 0)),)
    return Screen(text, tuple(row for row in (turns, back) if row))


def held_back_block(report: DustReport, t: Texts) -> str:
    """The most valuable of it; what is worth next to nothing is one line."""
    if not report.held_back:
        return ""
    rows = _named(report)
    lines = [t.gettext("<b>Can't be converted now</b>")]
    lines += [held_line(row, report.currency, t) for row in rows[:_SHOWN]]
    rest = len(rows[_SHOWN:])
    if rest:
        lines.append(t.ngettext("and {count} more", "and {count} more", rest).format(count=rest))
    if report.folded:
        lines.append(_folded(report, t))
    return "\n".join(lines)


def show_all_row(report: DustReport, t: Texts) -> tuple[Button, ...]:
    """The way to the whole list, where not all of it is shown."""
    if not report.folded and len(_named(report)) <= _SHOWN:
        return ()
    return (Button(t.gettext("Show all"), ShowHeldBack(report.account, 0)),)


def held_line(row: HeldBack, currency: str, t: Texts) -> str:
    """A token, its worth, and why it is held back."""
    worth = fmt_worth(row.worth, currency)
    return f"{symbol(row.asset)} {fmt_amount(row.amount)} · {worth} – {reason_text(row.reason, t)}"


def _folded(report: DustReport, t: Texts) -> str:
    count, worth = _sum(report.folded, report.currency)
    return t.ngettext(
        "{count} token worth next to nothing · {worth}",
        "{count} tokens worth next to nothing · {worth}",
        count,
    ).format(count=count, worth=worth)


def _total(report: DustReport, t: Texts) -> str:
    count, worth = _sum(report.held_back, report.currency)
    title = t.ngettext("{count} token", "{count} tokens", count).format(count=count)
    return f"<b>{title} · {worth}</b>"


def _named(report: DustReport) -> Sequence[HeldBack]:
    folded = set(report.folded)
    return [row for row in report.held_back if row not in folded]


def _sum(rows: Sequence[HeldBack], currency: str) -> tuple[int, str]:
    """How many tokens, and what they are worth together."""
    worth = fmt_worth(sum((row.worth for row in rows), ZERO), currency)
    return len({row.asset for row in rows}), worth
