"""Why a token is left out, with the figures that tell what is missing."""

from dataclasses import dataclass

from dust.model import LeftOut, Reason
from dust.money import ZERO, Money, Rates
from handlers.texts import Texts
from handlers.views.format import fmt_coin, fmt_money


@dataclass(frozen=True, slots=True)
class Prices:
    """Tells what a part of a token is worth in a currency."""

    rates: Rates
    currency: str

    def of_missing(self, row: LeftOut) -> Money | None:
        """What there is too little of; None where it has no price."""
        if not row.worth or not row.amount or row.limit is None:
            return None
        missing = max(row.limit - row.amount, ZERO) * row.worth / row.amount
        currency = self.rates.shown_currency(self.currency)
        return Money(self.rates.worth(missing, currency), currency)


def reason_text(reason: Reason, t: Texts) -> str:
    """Why a token is left out, in a few words."""
    _ = t.gettext
    return {
        Reason.LOCKED: _("locked in an order"),
        Reason.FROZEN: _("frozen by the exchange"),
        Reason.WITHDRAWING: _("being withdrawn"),
        Reason.ABOVE_CEILING: _("above the exchange's ceiling"),
        Reason.ABOVE_OWN_CEILING: _("above your dust ceiling, see <code>/settings ceiling</code>"),
        Reason.TOO_SMALL: _("too small to bring anything"),
        Reason.NOT_SUPPORTED: _("not supported"),
        Reason.PROTECTED: _("protected by you"),
        Reason.OVER_LIMIT: _("more than fits into one conversion"),
        Reason.NOT_LISTED: _("not offered by the exchange now"),
        Reason.BELOW_MINIMUM: _("below the exchange's minimum"),
        Reason.ABOVE_MAXIMUM: _("above the exchange's maximum"),
        Reason.NOT_ENOUGH: _("there is not that much of it"),
        Reason.NO_MARKET: _("not traded that way"),
        Reason.SPARED: _("spared by the rule"),
        Reason.RECENT: _("came or grew lately"),
        Reason.RESERVE: _("kept for fees"),
        Reason.MARKET_CLOSED: _("its market is closed now"),
        Reason.NO_BUYER: _("nobody buys it now"),
    }[reason]


def why_not(row: LeftOut, t: Texts, prices: Prices | None = None) -> str:
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
    worth = prices.of_missing(row) if prices else None
    if worth is not None:
        missing = t.gettext("{missing} (about {worth})").format(
            missing=missing, worth=fmt_money(worth)
        )
    return text.format(has=has, limit=limit, missing=missing)
