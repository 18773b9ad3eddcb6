"""Which conversions are meant: `all`, `converted`, `failed`, `open`, `website`, or a token."""

from collections.abc import Sequence

from dust.which import ANY, Kind, Which

#: As much of a token's name as a button carries beside the rest.
_MOST_BYTES = 40


def parse_which(words: Sequence[str]) -> Which:
    """What was typed, in any order and case; a word that names no kind is a token."""
    which = ANY
    for word in words:
        try:
            which = Which(Kind(word.lower()), which.asset)
        except ValueError:
            which = Which(which.kind, word.upper())
    return which


def spell_which(which: Which) -> str | None:
    """The words that `parse_which` reads; None where they are too long for a button."""
    words = [] if which.kind is Kind.ALL else [which.kind.value]
    if which.asset is not None:
        words.append(which.asset)
    text = " ".join(words)
    return text if len(text.encode()) <= _MOST_BYTES else None
