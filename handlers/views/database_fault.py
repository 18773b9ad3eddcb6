"""The database can't be used at the moment."""

from handlers.screens import Screen
from handlers.texts import Texts
from handlers.views.format import esc


def render_database_fault(cause: str, t: Texts) -> Screen:
    """`cause`: one sentence that says what is wrong and what helps."""
    text = t.gettext(
        "⚠️ I can't use my database now. {cause} I go on by myself as soon as I can: then send it again. "
        "Nothing is sent twice because of it; /history shows what was converted."
    )
    return Screen(text.format(cause=esc(cause)))
