"""What a view needs to speak: translations, the chat's time zone and the present moment."""

import gettext as gettext_module
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from dust.preferences import ChatSettings

_PLAIN = gettext_module.NullTranslations()


@dataclass(frozen=True, slots=True)
class Texts:
    """English sentences stand in the views; `gettext` and `ngettext` may turn them into others."""

    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]
    zone: ZoneInfo
    now: datetime


def texts_for(settings: ChatSettings, now: datetime) -> Texts:
    """The chat's language, time zone and present (aware UTC)."""
    return Texts(_PLAIN.gettext, _PLAIN.ngettext, settings.timezone, now)
