"""What a sale is for: tokens that are worth something and that no conversion of dust takes."""

from dust.model import DustReport, HeldBack
from dust.remedy import Remedy
from handlers.callbacks import ReviewOne
from handlers.screens import Button, Keyboard, Screen
from handlers.texts import Texts
from handlers.views.dust import reason_text
from handlers.views.format import fmt_amount, fmt_worth, seen, symbol
from handlers.views.protected import token_tag
from handlers.views.trade import render_how_to

#: Buttons on the list; the rest can be typed.
MOST = 10


def render_for_sale(report: DustReport, exchange: str, t: Texts) -> Screen:
    """How to sell, and a button for each token that is held back and worth most."""
    rows = report.for_sale[:MOST]
    if not rows:
        text = t.gettext("On {exchange} nothing is held back that could be sold instead.")
        return Screen(
            "\n\n".join((render_how_to(Remedy.SALE, t).text, text)).format(exchange=exchange)
        )
    head = t.gettext("<b>Held back on {exchange}</b>").format(exchange=exchange)
    lines = "\n".join(_line(row, report.currency, t) for row in rows)
    return Screen(
        "\n\n".join((render_how_to(Remedy.SALE, t).text, f"{head}\n{lines}")), _buttons(report, t)
    )


def _line(row: HeldBack, currency: str, t: Texts) -> str:
    worth = fmt_worth(row.worth, currency)
    return f"{symbol(row.asset)} {fmt_amount(row.amount)} · {worth} – {reason_text(row.reason, t)}"


def _buttons(report: DustReport, t: Texts) -> Keyboard:
    taps = [
        (row.asset, ReviewOne(report.account, Remedy.SALE.value, "", token_tag(row.asset)))
        for row in report.for_sale[:MOST]
    ]
    buttons = [
        Button(t.gettext("Sell {asset}").format(asset=seen(asset)[:30]), tap) for asset, tap in taps
    ]
    return tuple(tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2))
