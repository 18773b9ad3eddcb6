"""Why a token is left out, with the figures that tell what is missing."""

from dust.model import LeftOut, Reason
from handlers.texts import Texts
from handlers.views.dust import reason_text
from handlers.views.format import fmt_coin


def why_not(row: LeftOut, t: Texts) -> str:
    """A clause: the reason, and the amounts where they help."""
    if row.amount is None or row.limit is None:
        return reason_text(row.reason, t)
    has, limit = fmt_coin(row.amount, row.asset), fmt_coin(row.limit, row.asset)
    match row.reason:
        case Reason.BELOW_MINIMUM:
            text = t.gettext("the minimum is {limit}: {missing} more are needed")
        case Reason.ABOVE_MAXIMUM:
            text = t.gettext("the maximum is {limit}")
        case Reason.NOT_ENOUGH:
            text = t.gettext("only {has} is free")
        case _:
            return reason_text(row.reason, t)
    missing = fmt_coin(row.limit - row.amount, row.asset)
    return text.format(has=has, limit=limit, missing=missing)
