"""Why the exchange refused, in a few words for a list; `handlers.views.refusal` has the full sentence."""

from dust.conversion import Refusal, RefusalKind
from handlers.texts import Texts
from handlers.views.format import esc, symbol

_LONGEST_MESSAGE = 80


def refusal_reason(refusal: Refusal | None, t: Texts) -> str:
    """A clause that goes after "refused,"."""
    if refusal is None:
        return t.gettext("no reason given")
    if refusal.kind is RefusalKind.OTHER and not refusal.code:
        return t.gettext("the request could not be sent")
    if refusal.kind is RefusalKind.OTHER:
        return t.gettext("it said “{message}” ({code})").format(
            message=_cut(refusal.message), code=_cut(refusal.code)
        )
    token = symbol(refusal.asset) if refusal.asset else t.gettext("a token")
    return _clause(refusal.kind, t).format(token=token)


def _cut(text: str) -> str:
    short = text if len(text) <= _LONGEST_MESSAGE else text[: _LONGEST_MESSAGE - 1] + "…"
    return esc(short)


def _clause(kind: RefusalKind, t: Texts) -> str:
    _ = t.gettext
    return {
        RefusalKind.COOLDOWN: _("too soon after the last conversion"),
        RefusalKind.ABOVE_CEILING: _("{token} was worth too much"),
        RefusalKind.TOO_SMALL: _("{token} was worth too little"),
        RefusalKind.NOT_SUPPORTED: _("{token} was not supported"),
        RefusalKind.INSUFFICIENT: _("{token} was no longer there in full"),
        RefusalKind.KEY_REJECTED: _("the API key was not accepted"),
        RefusalKind.CLOCK: _("this server's clock was off"),
        RefusalKind.RATE_LIMITED: _("it asked for a pause"),
        RefusalKind.BELOW_MINIMUM: _("{token} was below the smallest order"),
        RefusalKind.WRONG_STEP: _("the amount of {token} did not fit its steps"),
        RefusalKind.MARKET_CLOSED: _("the market was closed"),
        RefusalKind.NOT_PERMITTED: _("the account may not trade {token}"),
        RefusalKind.SWITCHED_OFF: _("it was switched off"),
        RefusalKind.QUOTA: _("too many quotes in an hour"),
        RefusalKind.FAILED: _("it did not carry out what it had accepted"),
        RefusalKind.MAINTENANCE: _("it was under maintenance"),
    }[kind]
