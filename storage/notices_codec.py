"""A notice as the two columns that hold it: its kind and its values."""

from collections.abc import Mapping
from typing import get_args

from dust.notices import Notice
from storage.codec import from_json, to_json

#: The kinds by the names they are stored under: a class that is renamed must keep its old name here.
KINDS: Mapping[str, type[Notice]] = {kind.__name__: kind for kind in get_args(Notice)}


def encode(notice: Notice) -> tuple[str, str]:
    """The kind and the values, as text."""
    return type(notice).__name__, to_json(notice)


def decode(kind: str, body: str) -> Notice:
    """The notice that was stored. Raises ValueError for a kind or values that aren't known."""
    if kind not in KINDS:
        raise ValueError(f"no kind of notice: {kind}")
    return from_json(KINDS[kind], body)
