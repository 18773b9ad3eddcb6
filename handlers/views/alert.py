"""The alert: dust has added up."""

from dust.notices import Alert
from handlers.callbacks import ChooseTokens, ConvertAll, Snooze
from handlers.screens import Button, Screen
from handlers.texts import Texts
from handlers.views.dust import currency_note
from handlers.views.format import fmt_coin, fmt_worth


def render_alert(alert: Alert, exchange: str, t: Texts) -> Screen:
    """How much has come together and what to do with it."""
    text = t.ngettext(
        "🔔 <b>{worth} of dust</b> on {exchange}\n{count} token can become about {net}.",
        "🔔 <b>{worth} of dust</b> on {exchange}\n{count} tokens can become about {net}.",
        alert.count,
    ).format(
        worth=fmt_worth(alert.worth, alert.currency),
        exchange=exchange,
        count=alert.count,
        net=fmt_coin(alert.net, alert.target),
    )
    note = currency_note(alert.wanted_currency, alert.currency, t)
    return Screen(
        f"{text}\n{note}".rstrip(),
        (
            (
                Button(t.gettext("Convert all"), ConvertAll(alert.account)),
                Button(t.gettext("Choose tokens"), ChooseTokens(alert.account)),
            ),
            (Button(t.gettext("Snooze 24 h"), Snooze(24)),),
        ),
    )
