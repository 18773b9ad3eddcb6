"""Typed buttons: each is a frozen dataclass, a versioned verb and a few short values on the wire."""

from dataclasses import astuple, dataclass, fields
from typing import ClassVar

#: Telegram's limit for callback data, in bytes.
MOST_BYTES = 64
_SEPARATOR = ":"
#: Pages, places and hours of any button stay far below; SQLite could not keep what is far above.
_LARGEST_NUMBER = 999_999


@dataclass(frozen=True)
class Tap:
    """A button. Subclasses set `verb`, whose digit is the version of its meaning, and hold str or int."""

    verb: ClassVar[str] = ""


@dataclass(frozen=True)
class RefreshDust(Tap):
    """Read the account again and show its dust."""

    verb = "rd1"
    account: str


@dataclass(frozen=True)
class TurnDust(Tap):
    """Show another page of the dust."""

    verb = "td1"
    account: str
    page: int


@dataclass(frozen=True)
class ShowHeldBack(Tap):
    """Show a page of all that can't be converted now."""

    verb = "hb1"
    account: str
    page: int


@dataclass(frozen=True)
class ConvertAll(Tap):
    """Review a conversion of everything."""

    verb = "ca1"
    account: str


@dataclass(frozen=True)
class ChooseTokens(Tap):
    """Open the selection."""

    verb = "ct1"
    account: str


@dataclass(frozen=True)
class TryNow(Tap):
    """Open the selection although a cooldown is thought to run."""

    verb = "tn1"
    account: str


@dataclass(frozen=True)
class ToggleToken(Tap):
    """Tick or untick one choice of a selection."""

    verb = "tt1"
    selection: str
    index: int


@dataclass(frozen=True)
class TurnSelection(Tap):
    """Show another page of a selection."""

    verb = "ts1"
    selection: str
    page: int


@dataclass(frozen=True)
class SelectAll(Tap):
    """Tick everything."""

    verb = "sa1"
    selection: str


@dataclass(frozen=True)
class ClearSelection(Tap):
    """Untick everything."""

    verb = "sc1"
    selection: str


@dataclass(frozen=True)
class TurnInto(Tap):
    """Choose what the tokens of a selection shall become."""

    verb = "ti1"
    selection: str
    target: str


@dataclass(frozen=True)
class CancelSelection(Tap):
    """Drop the selection."""

    verb = "sx1"
    selection: str


@dataclass(frozen=True)
class ReviewSelection(Tap):
    """Review what is ticked."""

    verb = "sr1"
    selection: str


@dataclass(frozen=True)
class ConfirmConversion(Tap):
    """Convert what the review shows."""

    verb = "cy1"
    conversion: str


@dataclass(frozen=True)
class CancelConversion(Tap):
    """Drop the review."""

    verb = "cn1"
    conversion: str


@dataclass(frozen=True)
class ReviewInto(Tap):
    """Review the same tokens again, at new prices, into this target."""

    verb = "ri1"
    conversion: str
    target: str


@dataclass(frozen=True)
class ReviewOne(Tap):
    """Review all that is free of one token by this remedy; `token` as in `ToggleProtected`."""

    verb = "ro1"
    account: str
    remedy: str
    target: str
    token: str


@dataclass(frozen=True)
class OpenSales(Tap):
    """List what could be sold."""

    verb = "os1"
    account: str


@dataclass(frozen=True)
class CompareRemedies(Tap):
    """Compare the remedies for one token; an empty target is the exchange's own, in a new message."""

    verb = "cr1"
    account: str
    target: str
    token: str


@dataclass(frozen=True)
class OfferRest(Tap):
    """Review a refused batch again without the token that spoiled it."""

    verb = "or1"
    conversion: str


@dataclass(frozen=True)
class CheckNow(Tap):
    """Look at once for what became of a conversion."""

    verb = "ck1"
    conversion: str


@dataclass(frozen=True)
class ItWentThrough(Tap):
    """The owner says that a doubtful conversion was executed."""

    verb = "wy1"
    conversion: str


@dataclass(frozen=True)
class ItDidNot(Tap):
    """The owner says that a doubtful conversion was not executed."""

    verb = "wn1"
    conversion: str


@dataclass(frozen=True)
class Snooze(Tap):
    """Below an alert: no alerts for some hours."""

    verb = "sz1"
    hours: int


@dataclass(frozen=True)
class ChangeSnooze(Tap):
    """On the screen of /snooze: no alerts for some hours; 0 ends a snooze."""

    verb = "zc1"
    hours: int


@dataclass(frozen=True)
class ShowProtected(Tap):
    """List the account's tokens to protect them or not."""

    verb = "sp1"
    account: str
    page: int


@dataclass(frozen=True)
class ToggleProtected(Tap):
    """Protect a token, or no longer. `token` is `token_tag` of its name, which may itself be too long."""

    verb = "tp1"
    account: str
    token: str


@dataclass(frozen=True)
class ShowHistory(Tap):
    """Show a page of the history; `which` as it could be typed, empty for all of it."""

    verb = "sh2"
    page: int
    which: str


@dataclass(frozen=True)
class ShowConversion(Tap):
    """Show one conversion in full, and the way back to where it was listed."""

    verb = "sc2"
    conversion: str


@dataclass(frozen=True)
class ShowStats(Tap):
    """Show what an account's conversions add up to."""

    verb = "sy1"
    account: str


@dataclass(frozen=True)
class ShowToken(Tap):
    """Why a token is dust and what would clear it; `token` as in `ToggleProtected`."""

    verb = "to1"
    account: str
    token: str


@dataclass(frozen=True)
class ShowFees(Tap):
    """Show how fees are paid."""

    verb = "fs1"
    account: str


@dataclass(frozen=True)
class AskFees(Tap):
    """Ask whether fees shall be paid in the exchange's token (1) or no longer (0)."""

    verb = "fa1"
    account: str
    on: int


@dataclass(frozen=True)
class SwitchFees(Tap):
    """After the question: do it."""

    verb = "fw1"
    account: str
    on: int


@dataclass(frozen=True)
class AutoShow(Tap):
    """Show the rule for automatic conversion."""

    verb = "as1"
    account: str


@dataclass(frozen=True)
class AutoTopic(Tap):
    """Show what a topic of the rule can be set to."""

    verb = "at1"
    account: str
    topic: str


@dataclass(frozen=True)
class AutoChange(Tap):
    """Set a topic of the rule, in the words that could be typed."""

    verb = "ac1"
    account: str
    topic: str
    value: str


@dataclass(frozen=True)
class AutoStep(Tap):
    """The same, as a step on the way to the question that switches the rule on."""

    verb = "aw1"
    account: str
    topic: str


@dataclass(frozen=True)
class AutoPick(Tap):
    """The same as `AutoChange`, as a step on that way."""

    verb = "ap1"
    account: str
    topic: str
    value: str


@dataclass(frozen=True)
class AutoAsk(Tap):
    """Ask whether the rule shall be switched on."""

    verb = "aa1"
    account: str


@dataclass(frozen=True)
class AutoSwitchOn(Tap):
    """The consent to the terms that have this mark."""

    verb = "ay1"
    account: str
    mark: str


@dataclass(frozen=True)
class AutoSwitchOff(Tap):
    """Switch the rule off."""

    verb = "an1"
    account: str


@dataclass(frozen=True)
class AutoStopRun(Tap):
    """Take an announced run back."""

    verb = "ax1"
    conversion: str


@dataclass(frozen=True)
class RefreshStatus(Tap):
    """Show again how the account is watched."""

    verb = "st1"
    account: str


@dataclass(frozen=True)
class CheckAccount(Tap):
    """Look at the account and its key at once."""

    verb = "sk1"
    account: str


@dataclass(frozen=True)
class ShowSettings(Tap):
    """Open a topic of the settings; an empty one is the overview."""

    verb = "ss1"
    topic: str


@dataclass(frozen=True)
class ChangeSetting(Tap):
    """Set a topic of the settings to an offered value, in the words that could be typed."""

    verb = "cs1"
    topic: str
    value: str


TAPS: dict[str, type[Tap]] = {kind.verb: kind for kind in Tap.__subclasses__()}


def encode(tap: Tap) -> str:
    """The callback data of a button. Raises ValueError if Telegram would not take it."""
    parts = [tap.verb, *(str(value) for value in astuple(tap))]
    data = _SEPARATOR.join(parts)
    if any(_SEPARATOR in part for part in parts[:-1]) or len(data.encode()) > MOST_BYTES:
        raise ValueError(f"this button does not fit Telegram's callback data: {tap.verb}")
    return data


def decode(data: object) -> Tap | None:
    """The button that was tapped; None for data that this version did not make."""
    if not isinstance(data, str):
        return None
    verb, *values = data.split(_SEPARATOR)
    kind = TAPS.get(verb)
    if kind is None:
        return None
    named = fields(kind)
    if len(values) < len(named):
        return None
    # The last value may hold the separator (a time of day), the others never do.
    last = len(named) - 1
    values = [*values[:last], _SEPARATOR.join(values[last:])]
    try:
        return kind(*(_typed(f.type, v) for f, v in zip(named, values, strict=True)))
    except ValueError:
        return None


def _typed(kind: object, value: str) -> str | int:
    if kind is not int:
        return value
    number = int(value)
    if not 0 <= number <= _LARGEST_NUMBER or str(number) != value:
        raise ValueError("not a number that this version wrote")
    return number
