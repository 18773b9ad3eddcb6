"""What a sale is for: tokens that no conversion of dust takes, and those whose markets will close."""

from collections.abc import Sequence

from dust.delisted import Delisting
from dust.model import DustReport
from dust.remedy import Remedy
from handlers.callbacks import ReviewOne
from handlers.screens import Button, Keyboard, Screen
from handlers.texts import Texts
from handlers.views.delisting import delisting_line
from handlers.views.format import seen, symbol
from handlers.views.held_back import held_line
from handlers.views.protected import token_tag
from handlers.views.trade import render_how_to

#: Tokens on the list; the rest can be typed.
MOST = 10
_LONGEST_LABEL = 30


def render_for_sale(
    report: DustReport, leaving: Sequence[Delisting], exchange: str, t: Texts
) -> Screen:
    """How to sell, and a button for each token that is held back, or that will no longer be traded."""
    rows = report.for_sale[:MOST]
    closing = [one for one in leaving if one.last][:MOST]
    lines = [held_line(row, report.currency, t) for row in rows]
    lines += [f"{symbol(one.asset)} – {delisting_line(one, t)}" for one in closing]
    if lines:
        head = t.gettext("<b>What you could sell on {exchange}</b>").format(exchange=exchange)
        text = "\n".join((head, *lines))
    else:
        text = t.gettext("On {exchange} nothing is held back that could be sold instead.").format(
            exchange=exchange
        )
    assets = dict.fromkeys((*(row.asset for row in rows), *(one.asset for one in closing)))
    how_to = render_how_to(Remedy.SALE, t).text
    return Screen(f"{how_to}\n\n{text}", _buttons(report.account, tuple(assets), t))


def _buttons(account: str, assets: Sequence[str], t: Texts) -> Keyboard:
    buttons = tuple(
        Button(
            t.gettext("Sell {asset}").format(asset=seen(asset)[:_LONGEST_LABEL]),
            ReviewOne(account, Remedy.SALE.value, "", token_tag(asset)),
        )
        for asset in assets
    )
    return tuple(buttons[place : place + 2] for place in range(0, len(buttons), 2))
