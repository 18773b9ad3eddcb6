"""What is wrong with the API key, and how to put it right."""

from collections.abc import Iterable

from dust.key_health import KeyWarning
from dust.notices import KeyWarned
from handlers.screens import Screen
from handlers.texts import Texts


def key_cure(t: Texts) -> str:
    """What to check where the exchange rejects the key; `{exchange}` is still to be put in."""
    return t.gettext(
        "{exchange} does not accept the API key. Check there that the key is active, that reading and "
        "“Spot &amp; Margin Trading” are enabled, and that this server's IP address is on its list."
    )


def render_key_warned(notice: KeyWarned, exchange: str, t: Texts) -> Screen:
    """Said once, when a warning is new."""
    head = t.gettext("🔑 <b>Please look at the API key of {exchange}</b>").format(exchange=exchange)
    foot = t.gettext("/status shows this for as long as it is so.")
    return Screen("\n".join((head, *warning_lines(notice.warnings, t), foot)))


def warning_lines(warnings: Iterable[KeyWarning], t: Texts) -> list[str]:
    """A line for each: what is so, and the cure."""
    _ = t.gettext
    sentences = {
        KeyWarning.CAN_WITHDRAW: _(
            "• It may <b>withdraw</b>. Dustpan never needs that: switch withdrawals off."
        ),
        KeyWarning.ANY_ADDRESS: _(
            "• It works from <b>any IP address</b>. Restrict it to the address of this server."
        ),
        KeyWarning.CANNOT_READ: _(
            "• It <b>may not read</b>: I can't see your wallet. Enable reading."
        ),
        KeyWarning.CANNOT_CONVERT: _(
            "• It <b>may not convert</b>: I can watch and tell, but a conversion would be refused. "
            "Enable “Spot &amp; Margin Trading”."
        ),
    }
    return [sentences[warning] for warning in warnings]
