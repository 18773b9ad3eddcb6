"""/fees: whether fees are paid in the exchange's own token, why that prevents dust, and how much is there."""

from dataclasses import dataclass
from decimal import Decimal

from dust.notices import FeeTokenLow
from handlers.callbacks import AskFees, ChooseTokens, ConvertAll, ShowFees, SwitchFees
from handlers.screens import Button, Keyboard, Screen
from handlers.texts import Texts
from handlers.views.format import fmt_coin, symbol


@dataclass(frozen=True, slots=True)
class FeeState:
    """How fees are paid, what is free of the token, and below which level the chat is told."""

    account: str
    token: str
    on: bool
    free: Decimal
    level: Decimal | None


def render_fees(state: FeeState, exchange: str, t: Texts) -> Screen:
    """On or off, the reason why on is better, the balance, the level."""
    token = symbol(state.token)
    head = (
        t.gettext("✅ <b>You pay {exchange}'s fees in {token}</b>")
        if state.on
        else t.gettext("⚪ <b>You don't pay {exchange}'s fees in {token}</b>")
    ).format(exchange=exchange, token=token)
    blocks = (head, _why(t).format(token=token), _balance(state, t))
    label = (
        t.gettext("Switch off…") if state.on else t.gettext("Pay in {token}…").format(token=token)
    )
    row = (
        Button(label, AskFees(state.account, int(not state.on))),
        Button(t.gettext("Refresh"), ShowFees(state.account)),
    )
    return Screen("\n\n".join(blocks), (row,))


def render_fees_question(account: str, token: str, exchange: str, t: Texts, *, on: bool) -> Screen:
    """The switch changes the exchange account: it is asked about."""
    text = (
        t.gettext(
            "<b>Pay {exchange}'s trading fees in {token} from now on?</b>\n"
            "It holds for all your spot trades there, not only for Dustpan's."
        )
        if on
        else t.gettext(
            "<b>Stop paying {exchange}'s trading fees in {token}?</b>\n"
            "Fees will be taken in the token that you buy, which leaves dust."
        )
    )
    yes = t.gettext("✅ Switch on") if on else t.gettext("✅ Switch off")
    row = (
        Button(yes, SwitchFees(account, int(on))),
        Button(t.gettext("Cancel"), ShowFees(account)),
    )
    return Screen(text.format(exchange=exchange, token=symbol(token)), (row,))


def render_fees_how_to(t: Texts) -> Screen:
    """What to type."""
    return Screen(
        t.gettext(
            "<code>/fees</code> – how it stands\n<code>/fees on</code>, <code>/fees off</code>\n"
            "<code>/fees level 0.01</code> – tell me when less is there\n"
            "<code>/fees level off</code>"
        )
    )


def render_no_fee_token(exchange: str, t: Texts) -> Screen:
    """Not every exchange has such a token."""
    return Screen(
        t.gettext("{exchange} has no token of its own to pay fees in.").format(exchange=exchange)
    )


def render_fee_token_low(notice: FeeTokenLow, exchange: str, t: Texts) -> Screen:
    """Said once for each fall below the level."""
    text = t.gettext(
        "🔋 <b>Little {token} left on {exchange}</b>\n{free} is free, you wanted to know below {level}. "
        "Without it, fees are taken in what you buy, which leaves dust."
    ).format(
        token=symbol(notice.token),
        exchange=exchange,
        free=fmt_coin(notice.free, notice.token),
        level=fmt_coin(notice.level, notice.token),
    )
    if not notice.count:
        return Screen(text)
    refill = t.ngettext(
        "{count} token of dust could bring {amount}.",
        "{count} tokens of dust could bring {amount}.",
        notice.count,
    ).format(count=notice.count, amount=fmt_coin(notice.refill, notice.token))
    return Screen(f"{text}\n{refill}", _refill_row(notice, t))


def _refill_row(notice: FeeTokenLow, t: Texts) -> Keyboard:
    return (
        (
            Button(t.gettext("Convert all"), ConvertAll(notice.account)),
            Button(t.gettext("Choose tokens"), ChooseTokens(notice.account)),
        ),
    )


def _why(t: Texts) -> str:
    return t.gettext(
        "With it, a fee is taken from your {token} and not from the token that you buy, so no odd rest of "
        "that is left. And the fee is lower."
    )


def _balance(state: FeeState, t: Texts) -> str:
    free = t.gettext("Free: {amount}").format(amount=fmt_coin(state.free, state.token))
    if state.level is None:
        hint = t.gettext("Word when it runs low: <code>/fees level 0.01</code>")
    else:
        hint = t.gettext("You hear when less than {level} is there (<code>/fees level off</code>).")
        hint = hint.format(level=fmt_coin(state.level, state.token))
    return f"{free}\n{hint}"
