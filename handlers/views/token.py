"""One token: why it is dust, and what would clear it."""

from dust.cure import Diagnosis
from dust.model import Balance, LeftOut, Reason
from dust.money import ZERO
from dust.remedy import Remedy
from handlers.callbacks import CompareRemedies, RefreshDust, ReviewOne
from handlers.screens import Button, Keyboard, Screen
from handlers.texts import Texts
from handlers.views.compare import remedy_name
from handlers.views.delisting import delisting_line
from handlers.views.dust import awaited_line
from handlers.views.format import fmt_coin, fmt_worth, symbol
from handlers.views.protected import token_tag
from handlers.views.standing import cooldown_line


def render_token(
    diagnosis: Diagnosis, account: str, exchange: str, currency: str, t: Texts
) -> Screen:
    """What there is of it, why it is dust, what helps; a button for everything that is possible now."""
    if diagnosis.balance is None:
        text = t.gettext("You have no {asset} on {exchange}.").format(
            asset=symbol(diagnosis.asset), exchange=exchange
        )
        return Screen(text, ((Button(t.gettext("Show my dust"), RefreshDust(account)),),))
    shown = diagnosis.rates.shown_currency(currency)
    blocks = [
        _head(diagnosis.balance, diagnosis, shown, t),
        delisting_line(diagnosis.delisting, t) if diagnosis.delisting else "",
        _why(diagnosis, diagnosis.balance, t),
        _cures(diagnosis, diagnosis.balance, shown, t),
    ]
    text = "\n\n".join(block for block in blocks if block)
    return Screen(text, _keyboard(diagnosis, account, t))


def _head(balance: Balance, diagnosis: Diagnosis, currency: str, t: Texts) -> str:
    worth = fmt_worth(diagnosis.rates.worth(balance.worth, currency), currency)
    lines = [f"🔬 <b>{fmt_coin(balance.total, balance.asset)}</b> · {worth}"]
    for amount, words in (
        (balance.locked, t.gettext("in open orders: {amount}")),
        (balance.frozen, t.gettext("frozen: {amount}")),
        (balance.withdrawing, t.gettext("being withdrawn: {amount}")),
    ):
        if amount > ZERO:
            lines.append(words.format(amount=fmt_coin(amount, balance.asset)))
    return "\n".join(lines)


def _why(diagnosis: Diagnosis, balance: Balance, t: Texts) -> str:
    """The reasons that the exchange's rules show."""
    sale = diagnosis.option(Remedy.SALE)
    lines = []
    if sale is not None and sale.quote is not None:
        rest = sale.quote.lines[0].remainder
        lines.append(t.gettext("It is large enough to be sold on the market."))
        if rest > ZERO:
            lines.append(
                t.gettext("{rest} of it is less than the step that orders count in.").format(
                    rest=fmt_coin(rest, diagnosis.asset)
                )
            )
    elif sale is not None and sale.left_out is not None:
        lines.append(_no_sale(sale.left_out, diagnosis, t))
    if diagnosis.fees_in_token is False and balance.free > ZERO:
        lines.append(
            t.gettext("Fees taken in the token that you buy leave such rests: /fees prevents that.")
        )
    lines = [line for line in lines if line]
    return "\n".join((t.gettext("<b>Why it is dust</b>"), *lines)) if lines else ""


def _no_sale(row: LeftOut, diagnosis: Diagnosis, t: Texts) -> str:
    if row.reason is Reason.BELOW_MINIMUM and row.limit is not None:
        return t.gettext("The smallest order is {limit}: this is less.").format(
            limit=fmt_coin(row.limit, diagnosis.asset)
        )
    return {
        Reason.NO_MARKET: t.gettext("It is not traded against anything that I know."),
        Reason.MARKET_CLOSED: t.gettext("Its market is closed now."),
    }.get(row.reason, "")


def _cures(diagnosis: Diagnosis, balance: Balance, currency: str, t: Texts) -> str:
    lines = [
        *_convert(diagnosis, t),
        *_brings(diagnosis, Remedy.SWAP, t.gettext("Swap it: {amount}")),
        *_brings(diagnosis, Remedy.SALE, t.gettext("Sell it: about {amount}")),
        *_unlock(balance, t),
        *_buy(diagnosis, currency, t),
    ]
    if not lines:
        lines = [t.gettext("Nothing helps now. I keep watching.")]
    return "\n".join((t.gettext("<b>What would clear it</b>"), *(f"• {line}" for line in lines)))


def _convert(diagnosis: Diagnosis, t: Texts) -> list[str]:
    standing = diagnosis.standing
    now = _brings(diagnosis, Remedy.DUST, t.gettext("Convert it now: about {amount}"))
    if now and standing.live is not None:
        return [awaited_line(standing.live, t)]
    if now and standing.cooldown is not None:
        return [t.gettext("Convert it. {when}").format(when=cooldown_line(standing.cooldown, t))]
    return now


def _brings(diagnosis: Diagnosis, remedy: Remedy, words: str) -> list[str]:
    option = diagnosis.option(remedy)
    if option is None or option.quote is None:
        return []
    return [words.format(amount=fmt_coin(option.quote.net, option.quote.target))]


def _unlock(balance: Balance, t: Texts) -> list[str]:
    if balance.locked == ZERO:
        return []
    amount = fmt_coin(balance.locked, balance.asset)
    return [
        t.gettext("Cancel the open order on the exchange: it frees {amount}").format(amount=amount)
    ]


def _buy(diagnosis: Diagnosis, currency: str, t: Texts) -> list[str]:
    missing = diagnosis.missing
    if missing is None or diagnosis.each == ZERO:
        return []
    cost = fmt_worth(diagnosis.rates.worth(missing * diagnosis.each, currency), currency)
    return [
        t.gettext("Buy {amount} more, about {cost}: then an order takes all of it").format(
            amount=fmt_coin(missing, diagnosis.asset), cost=cost
        )
    ]


def _keyboard(diagnosis: Diagnosis, account: str, t: Texts) -> Keyboard:
    tag = token_tag(diagnosis.asset)
    possible = tuple(
        Button(
            remedy_name(one.remedy, t),
            ReviewOne(account, one.remedy.value, one.quote.target, tag),
        )
        for one in diagnosis.options
        if one.quote is not None
    )
    compare = (Button(t.gettext("⚖️ Compare"), CompareRemedies(account, "", tag)),)
    return tuple(row for row in (possible, compare) if row)
