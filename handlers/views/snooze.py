"""/snooze: whether alerts wait, and for how long."""

from dust.preferences import ChatSettings
from handlers.callbacks import ChangeSnooze
from handlers.screens import Button, Screen
from handlers.texts import Texts
from handlers.views.format import fmt_until

_OFFERED = {"1 h": 1, "6 h": 6, "24 h": 24, "3 d": 72, "7 d": 168}


def render_snooze(settings: ChatSettings, t: Texts) -> Screen:
    """How alerts stand, with buttons to change that."""
    offered = tuple(Button(label, ChangeSnooze(hours)) for label, hours in _OFFERED.items())
    until = settings.snoozed_until
    if until is None or not settings.is_snoozed(t.now):
        text = t.gettext(
            "🔔 <b>Alerts are on</b>\nFor how long shall they wait? Or type: <code>/snooze 6h</code>"
        )
        return Screen(text, (offered,))
    text = t.gettext(
        "💤 <b>No alerts until {when}</b>\n"
        "If enough dust lies there then, I tell you then. Reports still come."
    ).format(when=fmt_until(until, t))
    return Screen(text, (offered, (Button(t.gettext("Wake up"), ChangeSnooze(0)),)))
