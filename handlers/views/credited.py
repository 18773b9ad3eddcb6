"""What the balance of the target says to what the exchange has reported."""

from dust.conversion import Conversion
from dust.money import ZERO
from handlers.texts import Texts
from handlers.views.format import fmt_coin, symbol


def render_credited(conversion: Conversion, t: Texts) -> str:
    """One sentence; empty where the balance was not read."""
    if conversion.credited is None or not conversion.fills:
        return ""
    target = conversion.quote.target
    if conversion.unexplained is None:
        return t.gettext("Checked: your balance grew by that.")
    if conversion.credited < ZERO:
        change = t.gettext("fell by {amount}").format(amount=fmt_coin(-conversion.credited, target))
    else:
        change = t.gettext("grew by {amount}").format(amount=fmt_coin(conversion.credited, target))
    return t.gettext(
        "⚠️ Your {target} balance {change}, not by what was reported. A trade or transfer at the same "
        "moment explains that; if there was none, look at your exchange's history."
    ).format(target=symbol(target), change=change)
