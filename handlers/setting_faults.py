"""Why something that was typed is no setting: a value, which a view turns into a sentence."""

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from handlers.setting_changes import Topic


class Fault(StrEnum):
    """What is wrong with it."""

    TOPIC = "topic"
    CURRENCY = "currency"
    AMOUNT = "amount"
    AMBIGUOUS = "ambiguous"
    NOT_POSITIVE = "not_positive"
    TOO_LARGE = "too_large"
    TOO_FINE = "too_fine"
    OTHER_CURRENCY = "other_currency"
    DURATION = "duration"
    DURATION_RANGE = "duration_range"
    PERIOD = "period"
    TIME = "time"
    WEEKDAY = "weekday"
    MONTH_DAY = "month_day"
    TOO_MUCH = "too_much"
    ZONE = "zone"
    OFFSET = "offset"
    SWITCH = "switch"
    ASSET = "asset"
    NOT_PROTECTED = "not_protected"
    SNOOZE = "snooze"
    SNOOZE_TOO_LONG = "snooze_too_long"


@dataclass(frozen=True, slots=True)
class Nonsense:
    """Something typed that can't be followed. `word` is what was typed, `suggestion` what may be meant.

    `topic` is None where the fault lies in the topic itself, or in `/snooze`.
    """

    fault: Fault
    word: str = ""
    topic: Topic | None = None
    suggestion: str = ""


def near(word: str, known: Collection[str]) -> str:
    """The known word that is probably meant, or nothing; letters' case is no difference."""
    by_fold = {name.casefold(): str(name) for name in known}
    matches = get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[matches[0]] if matches else ""
