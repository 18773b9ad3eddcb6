"""Every refusal in words: what it means, the next step, a clause for lists, and the button that leads on.

To explain a new kind, add a row. `{token}`, `{exchange}`, `{message}` and `{code}` are put in by
`handlers.views.refusal`; what is put in is escaped there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from dust.refusal import RefusalKind as Kind
from handlers.texts import Texts


class Way(Enum):
    """Where the button below a refusal leads."""

    LOOK = auto()  # see what is there now
    REST = auto()  # the same without the token that spoiled it
    AGAIN = auto()  # a new review of the same


@dataclass(frozen=True, slots=True)
class Explanation:
    """One kind of refusal. `clause` goes after "refused,"."""

    sentence: str
    step: str
    clause: str
    way: Way = Way.LOOK


def explanations(t: Texts) -> Mapping[Kind, Explanation]:
    """The table; what is not in it is told in the exchange's own words."""
    return _of_tokens(t) | _of_the_market(t) | _of_the_account(t) | _of_the_exchange(t)


def _of_tokens(t: Texts) -> dict[Kind, Explanation]:
    _ = t.gettext
    return {
        Kind.ABOVE_CEILING: Explanation(
            _("{token} is worth too much to count as dust."),
            _("Send /swap or /sell for it instead."),
            _("{token} was worth too much"),
            Way.REST,
        ),
        Kind.TOO_SMALL: Explanation(
            _("{token} is worth too little to be converted."),
            _("Wait until there is more of it."),
            _("{token} was worth too little"),
            Way.REST,
        ),
        Kind.NOT_SUPPORTED: Explanation(
            _("{token} can't be converted on {exchange} in this way."),
            _("Try /swap or /sell."),
            _("{token} was not supported"),
            Way.REST,
        ),
        Kind.INSUFFICIENT: Explanation(
            _("{token} is no longer there in full."),
            _("Look at what is there now."),
            _("{token} was no longer there in full"),
            Way.REST,
        ),
        Kind.SWITCHED_OFF: Explanation(
            _(
                "It takes no small balances now: either it has switched that off, or it does not support "
                "one of these tokens."
            ),
            _("Try fewer tokens, or try later."),
            _("it took no small balances"),
            Way.REST,
        ),
        Kind.COOLDOWN: Explanation(
            _("It allows a conversion only once in a while."),
            _("Try again later."),
            _("too soon after the last conversion"),
        ),
    }


def _of_the_market(t: Texts) -> dict[Kind, Explanation]:
    _ = t.gettext
    return {
        Kind.BELOW_MINIMUM: Explanation(
            _("{token} is worth less than the smallest order that {exchange} takes."),
            _("Convert it with the rest of your dust, or wait until there is more of it."),
            _("{token} was below the smallest order"),
        ),
        Kind.WRONG_STEP: Explanation(
            _("The amount of {token} does not fit the steps and limits of its market."),
            _("They may have changed: ask for a new review."),
            _("the amount of {token} did not fit its market's steps"),
            Way.AGAIN,
        ),
        Kind.PRICE_MOVED: Explanation(
            _("The price of {token} was too far from that of its market."),
            _("Ask for a new review."),
            _("the price was too far off"),
            Way.AGAIN,
        ),
        Kind.NO_BUYER: Explanation(
            _("There are too few buyers for {token} at the moment."),
            _("Try again later, or choose another target."),
            _("there were too few buyers"),
            Way.AGAIN,
        ),
        Kind.MARKET_CLOSED: Explanation(
            _("The market of {token} is closed now."),
            _("Try again later."),
            _("the market was closed"),
            Way.AGAIN,
        ),
        Kind.NO_MARKET: Explanation(
            _("{exchange} has no such market, or has it no longer."),
            _("Choose another target."),
            _("there was no such market"),
        ),
        Kind.QUOTE_EXPIRED: Explanation(
            _("The quote was no longer valid."),
            _("Ask for a new one."),
            _("the quote had expired"),
            Way.AGAIN,
        ),
        Kind.QUOTA: Explanation(
            _("It gives you no more quotes within this hour."),
            _("Try again in the next hour, or convert the token as dust."),
            _("too many quotes within an hour"),
        ),
    }


def _of_the_account(t: Texts) -> dict[Kind, Explanation]:
    _ = t.gettext
    return {
        Kind.KEY_REJECTED: Explanation(
            _("It did not accept the API key for this."),
            _(
                "Check on {exchange} that the key is active, that “Spot &amp; Margin Trading” is enabled "
                "and that this server's IP address is on its list."
            ),
            _("the API key was not accepted"),
        ),
        Kind.NOT_PERMITTED: Explanation(
            _("Your account may not trade {token} in this market."),
            _("Choose another target, or ask {exchange}'s support."),
            _("the account may not trade {token}"),
        ),
        Kind.NOT_OPEN: Explanation(
            _("It has not opened this service for your account or key."),
            _(
                "Ask {exchange}'s support to open it. Other ways are not concerned: /compare shows them."
            ),
            _("the service was not opened for the account"),
        ),
        Kind.ACCOUNT_BLOCKED: Explanation(
            _("Trading is switched off for your account, or for programs."),
            _("Ask {exchange}'s support."),
            _("trading was switched off for the account"),
        ),
        Kind.PLACE_NOT_SERVED: Explanation(
            _("It does not serve the place or address of this server."),
            _(
                "Check where this server's connection leaves, and {exchange}'s terms for that place."
            ),
            _("this server's place was not served"),
        ),
        Kind.TOO_MANY_ORDERS: Explanation(
            _("You have as many open orders as it allows."),
            _("Close one on {exchange}, then try again."),
            _("there were too many open orders"),
            Way.AGAIN,
        ),
        Kind.DUPLICATE: Explanation(
            _("It has an order of this name already."),
            _("Look at your orders on {exchange} before you try again."),
            _("it had that order already"),
        ),
        Kind.NO_SUCH_ORDER: Explanation(
            _("It knows no such order."),
            _("Look at your orders on {exchange}."),
            _("it knew no such order"),
        ),
    }


def _of_the_exchange(t: Texts) -> dict[Kind, Explanation]:
    _ = t.gettext
    return {
        Kind.CLOCK: Explanation(
            _("This server's clock differs too much from {exchange}'s."),
            _("I have adjusted to it: try again."),
            _("this server's clock was off"),
            Way.AGAIN,
        ),
        Kind.RATE_LIMITED: Explanation(
            _("It asks for a pause."),
            _("Try again in a minute."),
            _("it asked for a pause"),
            Way.AGAIN,
        ),
        Kind.MAINTENANCE: Explanation(
            _("It is under maintenance."),
            _("Try again later."),
            _("it was under maintenance"),
            Way.AGAIN,
        ),
        Kind.BUSY: Explanation(
            _("It was too busy or had a fault of its own."),
            _("Try again in a few minutes."),
            _("it was too busy"),
            Way.AGAIN,
        ),
        Kind.TRANSFER: Explanation(
            _("Its own transfer of the tokens failed or got stuck."),
            _("Try again in a few minutes."),
            _("its transfer failed"),
            Way.AGAIN,
        ),
        Kind.FAILED: Explanation(
            _("It took the order and then did not carry it out. Your tokens are still there."),
            _("Try again."),
            _("it did not carry out what it had accepted"),
            Way.AGAIN,
        ),
        Kind.BAD_REQUEST: Explanation(
            _("It did not understand the request: “{message}” ({code})."),
            _("You did nothing wrong: please report this as a fault of Dustpan."),
            _("it did not understand “{message}” ({code})"),
        ),
        Kind.GONE: Explanation(
            _("It no longer offers this."),
            _("See whether there is a newer Dustpan."),
            _("it no longer offered this"),
        ),
        Kind.NOT_SENT: Explanation(
            _("The request could not even be sent."),
            _("Try again in a moment."),
            _("the request could not be sent"),
            Way.AGAIN,
        ),
        Kind.OTHER: Explanation(
            _("It said: “{message}” ({code})."),
            _("Send /dust to look again."),
            _("it said “{message}” ({code})"),
        ),
    }
