"""That the exchange will stop trading a token: said once, and flagged where the token is shown."""

from dust.delisted import Delisting
from dust.notices import LeavesSoon
from handlers.callbacks import ShowToken
from handlers.screens import Button, Screen
from handlers.texts import Texts
from handlers.views.format import fmt_until, symbol
from handlers.views.protected import token_tag


def render_leaves_soon(notice: LeavesSoon, exchange: str, t: Texts) -> Screen:
    """While there is time to do something about it."""
    text = t.gettext(
        "⚠️ <b>{exchange} will delist {asset}</b>\nIts last market closes {when}. After that it can "
        "neither be converted nor sold there, only withdrawn."
    ).format(exchange=exchange, asset=symbol(notice.asset), when=fmt_until(notice.at, t))
    button = Button(t.gettext("What can I do?"), ShowToken(notice.account, token_tag(notice.asset)))
    return Screen(text, ((button,),))


def delisting_line(delisting: Delisting, t: Texts) -> str:
    """One line below a token."""
    when = fmt_until(delisting.at, t)
    if delisting.last:
        return t.gettext("⚠️ being delisted, its last market closes {when}").format(when=when)
    pairs = ", ".join(symbol(pair) for pair in delisting.pairs[:3])
    return t.gettext("ℹ️ {pairs} closes {when}; other markets of it stay").format(
        pairs=pairs, when=when
    )
