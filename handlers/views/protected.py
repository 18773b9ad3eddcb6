"""The list of tokens with a tick at the protected ones."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from dust.model import DustItem, DustReport, HeldBack
from dust.money import ZERO
from handlers.callbacks import RefreshDust, ShowProtected, ToggleProtected
from handlers.screens import Button, Screen
from handlers.texts import Texts
from handlers.views.format import fmt_worth, seen
from handlers.views.paging import page_count, page_of, paging_row

#: Toggles on one page.
PAGE = 10
_LABEL_NAME = 20


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token to protect or not; `worth` in the report's currency, None where it is not known now."""

    asset: str
    worth: Decimal | None
    protected: bool


def token_tag(asset: str) -> str:
    """A short stand-in for an asset's name, which may itself be too long for a button."""
    return sha256(asset.encode()).hexdigest()[:10]


def token_rows(report: DustReport | None, protected: Collection[str]) -> tuple[TokenRow, ...]:
    """The account's small tokens, the most valuable first, then protected ones that are not among them.

    The order does not depend on the ticks, so that a tap never moves the rows.
    """
    worths: dict[str, Decimal] = {}
    listed: list[DustItem | HeldBack] = [*report.items, *report.held_back] if report else []
    for row in listed:
        worths[row.asset] = worths.get(row.asset, ZERO) + row.worth
    known = sorted(worths, key=lambda asset: (-worths[asset], asset))
    absent = sorted(set(protected) - set(known))
    return tuple(
        TokenRow(asset, worths.get(asset), asset in protected) for asset in (*known, *absent)
    )


def render_protected(
    rows: tuple[TokenRow, ...],
    account: str,
    currency: str,
    t: Texts,
    *,
    page: int = 0,
    problem: str = "",
) -> Screen:
    """The toggles of one page. `problem` (HTML) says why only the protected ones are listed."""
    shown, page = page_of(rows, page, PAGE)
    toggles = [
        (Button(_label(row, currency), ToggleProtected(account, token_tag(row.asset))),)
        for row in shown
    ]
    pages = page_count(len(rows), PAGE)
    keyboard = (
        *toggles,
        paging_row(page, pages, lambda number: ShowProtected(account, number)),
        (Button(t.gettext("Back"), RefreshDust(account)),),
    )
    return Screen(_text(rows, problem, t), tuple(row for row in keyboard if row))


def _text(rows: tuple[TokenRow, ...], problem: str, t: Texts) -> str:
    title = t.gettext("🔒 <b>Protected tokens</b>")
    count = sum(row.protected for row in rows)
    if rows:
        body = t.ngettext(
            "Tap a token to protect it or not. {count} is protected: never offered, never counted.",
            "Tap a token to protect it or not. {count} are protected: never offered, never counted.",
            count,
        ).format(count=count)
    else:
        body = t.gettext("No token is listed now, and none is protected.")
    typed = t.gettext("Or type: {example}").format(example="<code>/settings protect BTC</code>")
    return "\n\n".join(block for block in (title, body, problem, typed) if block)


def _label(row: TokenRow, currency: str) -> str:
    """Button labels are plain text: nothing is escaped here."""
    tick = "☑" if row.protected else "☐"
    name = f"{tick} {seen(row.asset[:_LABEL_NAME])}"
    if row.worth is None:
        return name
    return f"{name} · {fmt_worth(row.worth, currency).replace('&lt;', '<')}"
