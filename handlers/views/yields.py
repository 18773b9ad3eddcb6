"""What the same tokens would bring in other targets, and which of them brings most."""

from decimal import Decimal

from dust.money import Money
from dust.review import Review, Yield
from handlers.texts import Texts
from handlers.views.format import fmt_coin, fmt_money


def render_yields(review: Review, currency: str, t: Texts) -> str:
    """One line for each target, the one that brings most marked; empty where there is nothing to compare."""
    yields = review.yields
    if len(yields) < 2:
        return ""
    worths = {one.target: _worth(review, one, currency) for one in yields}
    best = _best(worths) if len({one.count for one in yields}) == 1 else None
    lines = [t.gettext("<b>The same into</b>")]
    for one in yields:
        lines.append(_line(one, worths[one.target], yields[0].count, t))
        if one.target == best:
            lines[-1] += t.gettext(" 🏆")
    return "\n".join(lines)


def _line(one: Yield, worth: Money | None, count: int, t: Texts) -> str:
    text = fmt_coin(one.net, one.target)
    if worth is not None:
        text += f" · {fmt_money(worth)}"
    if one.count != count:
        text += " " + t.gettext("({count} of {all} tokens)").format(count=one.count, all=count)
    return text


def _worth(review: Review, one: Yield, currency: str) -> Money | None:
    if review.rates is None:
        return None
    return review.rates.exchange(Money(one.net, one.target), review.rates.shown_currency(currency))


def _best(worths: dict[str, Money | None]) -> str | None:
    """The target that is worth most, if all are known and one is ahead."""
    known: dict[str, Decimal] = {
        target: worth.amount for target, worth in worths.items() if worth is not None
    }
    if len(known) < len(worths):
        return None
    most = max(known.values())
    ahead = [target for target, amount in known.items() if amount == most]
    return ahead[0] if len(ahead) == 1 else None
