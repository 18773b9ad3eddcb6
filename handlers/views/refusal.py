"""A refusal of the exchange as a sentence and the next step."""

from collections.abc import Sequence

from dust.conversion import Conversion, Refusal, RefusalKind
from dust.cooldown import ConversionCooldown
from handlers.texts import Texts
from handlers.views.format import esc, fmt_until, symbol
from handlers.views.standing import cooldown_line


def refusal_text(
    conversion: Conversion, exchange: str, cooldown: ConversionCooldown | None, t: Texts
) -> str:
    """Why nothing was converted and what to do."""
    refusal = conversion.refusal
    if refusal is None:
        return t.gettext("It gave no reason. Send /dust to look again.")
    if refusal.kind is RefusalKind.COOLDOWN:
        reason = t.gettext("It allows a conversion only once in a while.")
        return f"{reason}\n{cooldown_line(cooldown, t)}" if cooldown else reason
    if refusal.kind is RefusalKind.RATE_LIMITED and refusal.until is not None:
        return t.gettext("It asks for a pause. Try again from {when}.").format(
            when=fmt_until(refusal.until, t)
        )
    if refusal.kind is RefusalKind.OTHER and not refusal.code:
        return t.gettext("The request could not even be sent. Try again in a moment.")
    if refusal.kind is RefusalKind.OTHER:
        return t.gettext("It said: “{message}” ({code}). Send /dust to look again.").format(
            message=esc(refusal.message), code=esc(refusal.code)
        )
    token = _token(refusal, conversion.quote.assets, t)
    return _sentence(refusal.kind, t).format(token=token, exchange=exchange)


def _token(refusal: Refusal, assets: Sequence[str], t: Texts) -> str:
    asset = refusal.asset or (assets[0] if len(assets) == 1 else None)
    if asset is not None:
        return f"<b>{symbol(asset)}</b>"
    return t.gettext("One of the tokens (it did not say which)")


def _sentence(kind: RefusalKind, t: Texts) -> str:
    _ = t.gettext
    return {
        RefusalKind.ABOVE_CEILING: _(
            "{token} is worth too much to count as dust. The rest is fine."
        ),
        RefusalKind.TOO_SMALL: _("{token} is worth too little to be converted. The rest is fine."),
        RefusalKind.NOT_SUPPORTED: _("{token} can't be converted on {exchange}. The rest is fine."),
        RefusalKind.INSUFFICIENT: _("{token} is no longer there in full. The rest is fine."),
        RefusalKind.KEY_REJECTED: _(
            "It did not accept the API key for this. Check on {exchange} that the key is active, that "
            "“Spot & Margin Trading” is enabled and that this server's IP address is on its list."
        ).replace("&", "&amp;"),
        RefusalKind.CLOCK: _(
            "This server's clock differs too much from {exchange}'s. I have adjusted to it: try again."
        ),
        RefusalKind.RATE_LIMITED: _("It asks for a pause. Try again in a minute."),
        RefusalKind.BELOW_MINIMUM: _(
            "{token} is worth less than the smallest order that {exchange} takes."
        ),
        RefusalKind.WRONG_STEP: _(
            "The amount of {token} does not fit the steps that {exchange} counts in. Ask for a new review."
        ),
        RefusalKind.MARKET_CLOSED: _("The market of {token} is closed now. Try again later."),
        RefusalKind.NOT_PERMITTED: _(
            "Your account may not trade {token} on {exchange}. It may be closed to your country."
        ),
        RefusalKind.SWITCHED_OFF: _("{exchange} has switched this off for now. Try again later."),
        RefusalKind.QUOTA: _("Too many quotes in this hour. Try again in the next one."),
        RefusalKind.FAILED: _(
            "It took the order and then did not carry it out. Your tokens are still there."
        ),
        RefusalKind.MAINTENANCE: _("It is under maintenance. Try again later."),
    }[kind]
