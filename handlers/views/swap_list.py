"""What of the dust could be swapped, and how to ask for it."""

from collections.abc import Mapping
from decimal import Decimal

from dust.model import DustItem, DustReport, HeldBack, Limits, Reason
from handlers.callbacks import ReviewOne
from handlers.screens import Button, Keyboard, Screen
from handlers.texts import Texts
from handlers.views.format import fmt_amount, fmt_coin, fmt_worth, seen, symbol
from handlers.views.protected import token_tag

#: The most valuable ones are shown, each with a button.
MOST = 10
_IN_A_ROW = 4
_LABEL_NAME = 10
#: Held back from a conversion of dust, and free all the same.
_FREE = (Reason.ABOVE_CEILING, Reason.NOT_SUPPORTED, Reason.TOO_SMALL)

Row = DustItem | HeldBack


def render_for_swap(
    report: DustReport, limits: Mapping[str, Limits], target: str, exchange: str, t: Texts
) -> Screen:
    """`limits` are those into `target`."""
    listed: list[Row] = [*report.items]
    listed += [row for row in report.held_back if row.reason in _FREE]
    free = [row for row in listed if row.asset in limits]
    enough = [row for row in free if limits[row.asset].least <= row.amount]
    enough.sort(key=lambda row: (-row.worth, row.asset))
    blocks = (
        how_to_swap(t),
        _list(enough, report, target, exchange, t),
        _too_small([row for row in free if row not in enough], limits, t),
    )
    return Screen(
        "\n\n".join(block for block in blocks if block), _keyboard(enough, report.account, t)
    )


def how_to_swap(t: Texts) -> str:
    """What to type."""
    return t.gettext(
        "🔁 <b>Swap</b> one token at a price that holds for a minute, without a fee:\n"
        "<code>/swap ADA USDT</code> – all that is free\n"
        "<code>/swap ADA 10 USDT</code> – 10 ADA\n"
        "<code>/swap ADA</code> – all, for USDT"
    )


def _list(rows: list[Row], report: DustReport, target: str, exchange: str, t: Texts) -> str:
    if not rows:
        return t.gettext("Nothing of your dust is enough for a swap on {exchange} now.").format(
            exchange=exchange
        )
    head = t.gettext("<b>Enough for a swap to {target}</b>").format(target=symbol(target))
    lines = [
        f"{symbol(row.asset)} {fmt_amount(row.amount)} · {fmt_worth(row.worth, report.currency)}"
        for row in rows[:MOST]
    ]
    more = len(rows) - len(lines)
    if more:
        lines.append(t.gettext("and {count} more").format(count=more))
    return "\n".join((head, *lines))


def _too_small(rows: list[Row], limits: Mapping[str, Limits], t: Texts) -> str:
    """How many are below their minimum, and which of them comes nearest to it."""
    if not rows:
        return ""
    nearest = max(rows, key=lambda row: (_share(row, limits), row.asset))
    missing = limits[nearest.asset].least - nearest.amount
    text = t.ngettext(
        "{count} token is too small for a swap: it lacks {missing}.",
        "{count} tokens are too small for a swap; the nearest lacks {missing}.",
        len(rows),
    )
    return text.format(count=len(rows), missing=fmt_coin(missing, nearest.asset))


def _share(row: Row, limits: Mapping[str, Limits]) -> Decimal:
    return row.amount / limits[row.asset].least


def _keyboard(rows: list[Row], account: str, t: Texts) -> Keyboard:
    """The target is left to the exchange, as in a command that names none."""
    buttons = [
        Button(
            t.gettext("🔁 {token}").format(token=seen(row.asset[:_LABEL_NAME])),
            ReviewOne(account, "swap", "", token_tag(row.asset)),
        )
        for row in rows[:MOST]
    ]
    return tuple(
        tuple(buttons[start : start + _IN_A_ROW]) for start in range(0, len(buttons), _IN_A_ROW)
    )
