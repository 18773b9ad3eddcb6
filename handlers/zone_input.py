"""A time zone as people write it: any IANA name in any case, spaces for underscores; else a near miss."""

import re
from functools import cache
from zoneinfo import available_timezones

from handlers.setting_changes import SetZone, Topic
from handlers.setting_faults import Fault, Nonsense, near

#: Names that name no place.
_NO_PLACES = frozenset({"Factory", "localtime"})
_OFFSET = re.compile(r"(utc|gmt)?[+-][0-9]{1,2}(:?[0-9]{2})?", re.IGNORECASE)


def parse_zone(word: str) -> SetZone | Nonsense:
    """The zone of that name; a city alone, or a slip, is answered with the name that is probably meant."""
    known = _zones()
    zone = known.get(word.casefold())
    if zone is not None:
        return SetZone(zone)
    if _OFFSET.fullmatch(word):
        return Nonsense(Fault.OFFSET, word, Topic.TIMEZONE)
    return Nonsense(Fault.ZONE, word, Topic.TIMEZONE, _meant(word))


@cache
def _zones() -> dict[str, str]:
    return {name.casefold(): name for name in sorted(available_timezones() - _NO_PLACES)}


def _meant(word: str) -> str:
    # "Etc/GMT+2" lies two hours west of Greenwich: never what a person means who writes something like it.
    places = [name for name in _zones().values() if "/" in name and not name.startswith("Etc/")]
    by_city = {name.rpartition("/")[2]: name for name in reversed(places)}
    return near(word, places) or by_city.get(near(word, by_city), "")
