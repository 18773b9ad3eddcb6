"""A refusal of the exchange: a sentence, the next step, a clause for a list, the button that leads on."""

from dataclasses import replace

from dust.conversion import Conversion
from dust.cooldown import ConversionCooldown
from dust.errors import ExchangeRefused
from dust.refusal import Refusal, RefusalKind
from handlers.callbacks import ChooseTokens, OfferRest, RefreshDust
from handlers.screens import Button, Keyboard
from handlers.texts import Texts
from handlers.views.explanations import Explanation, Way, explanations
from handlers.views.format import esc, fmt_until, symbol
from handlers.views.standing import cooldown_line

_LONGEST_IN_A_LIST = 80
_LONGEST = 300


def refusal_text(
    conversion: Conversion, exchange: str, cooldown: ConversionCooldown | None, t: Texts
) -> str:
    """Why nothing was converted and what to do."""
    refusal = _refusal(conversion)
    if refusal is None:
        return t.gettext("It gave no reason. Send /dust to look again.")
    told = explanations(t)[refusal.kind]
    sentence = _fill(told.sentence, refusal, exchange, t)
    if refusal.kind is RefusalKind.COOLDOWN and cooldown is not None:
        return f"{sentence}\n{cooldown_line(cooldown, t)}"
    return f"{sentence} {_step(told, refusal, exchange, t)}"


def reading_refused_text(error: ExchangeRefused, exchange: str, t: Texts) -> str:
    """Why the exchange did not answer a question, and what to do."""
    if error.kind is RefusalKind.OTHER:
        return t.gettext("{exchange} said no: “{message}” ({code}).").format(
            exchange=exchange, message=_cut(error.message), code=_cut(error.code)
        )
    refusal = Refusal(error.kind, error.code, error.message)
    told = explanations(t)[error.kind]
    sentence = _fill(f"{told.sentence} {told.step}", refusal, exchange, t)
    return t.gettext("{exchange} said no. {why}").format(exchange=exchange, why=sentence)


def said_text(refusal: Refusal | None, t: Texts) -> str:
    """The exchange's own words, where they prove neither that it was carried out nor that it was not."""
    if refusal is None:
        return ""
    return t.gettext("It said “{message}” ({code}), which proves neither.").format(
        message=_cut(refusal.message), code=_cut(refusal.code)
    )


def refusal_reason(conversion: Conversion, t: Texts) -> str:
    """A clause that goes after "refused,"."""
    refusal = _refusal(conversion)
    if refusal is None:
        return t.gettext("no reason given")
    token = symbol(refusal.asset) if refusal.asset else t.gettext("a token")
    return explanations(t)[refusal.kind].clause.format(
        token=token,
        message=_cut(refusal.message, _LONGEST_IN_A_LIST),
        code=_cut(refusal.code, _LONGEST_IN_A_LIST),
    )


def after_refusal(conversion: Conversion, t: Texts) -> Keyboard:
    """The button below a refusal."""
    refusal = _refusal(conversion)
    look = Button(t.gettext("Show my dust"), RefreshDust(conversion.account))
    if refusal is None:
        return ((look,),)
    match explanations(t)[refusal.kind].way:
        case Way.REST if refusal.asset is None:
            button = Button(t.gettext("Choose tokens"), ChooseTokens(conversion.account))
        case Way.REST:
            button = _rest(conversion, refusal, t) or look
        case Way.AGAIN:
            button = Button(t.gettext("Review again"), OfferRest(conversion.id))
        case Way.LOOK:
            button = look
    return ((button,),)


def _refusal(conversion: Conversion) -> Refusal | None:
    """It is about the only token, whether the exchange named it or not."""
    refusal, assets = conversion.refusal, conversion.quote.assets
    if refusal is None or refusal.asset is not None or len(assets) != 1:
        return refusal
    return replace(refusal, asset=assets[0])


def _rest(conversion: Conversion, refusal: Refusal, t: Texts) -> Button | None:
    rest = len([asset for asset in conversion.quote.assets if asset != refusal.asset])
    if not rest or refusal.asset is None:
        return None
    label = t.ngettext("Review the other token", "Review the other {count}", rest)
    return Button(label.format(count=rest), OfferRest(conversion.id))


def _step(told: Explanation, refusal: Refusal, exchange: str, t: Texts) -> str:
    if refusal.until is not None:
        return t.gettext("Try again from {when}.").format(when=fmt_until(refusal.until, t))
    return _fill(told.step, refusal, exchange, t)


def _fill(text: str, refusal: Refusal, exchange: str, t: Texts) -> str:
    return text.format(
        token=_token(refusal, t),
        exchange=exchange,
        message=_cut(refusal.message),
        code=_cut(refusal.code),
    )


def _token(refusal: Refusal, t: Texts) -> str:
    if refusal.asset is not None:
        return f"<b>{symbol(refusal.asset)}</b>"
    return t.gettext("One of the tokens (it did not say which)")


def _cut(text: str, longest: int = _LONGEST) -> str:
    return esc(text if len(text) <= longest else text[: longest - 1] + "…")
