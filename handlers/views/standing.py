"""When the next conversion is possible, in one sentence."""

from dust.cooldown import ConversionCooldown
from handlers.texts import Texts
from handlers.views.format import fmt_until


def cooldown_line(cooldown: ConversionCooldown, t: Texts) -> str:
    """A learned end is a fact, an estimated one is called so."""
    when = fmt_until(cooldown.until, t)
    if cooldown.certain:
        return t.gettext("⏱ Next conversion from {when}.").format(when=when)
    return t.gettext("⏱ Next conversion probably from {when}.").format(when=when)
