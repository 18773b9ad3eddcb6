"""Frozen dataclasses as JSON text and back, strictly: what does not fit its type is refused.

Amounts are strings, times and lengths of time milliseconds. JSON's own fractions are never used.
"""

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from storage.rows import amount_in, amount_out, span_in, span_out, time_in, time_out

T = TypeVar("T")


def to_json(value: object) -> str:
    """The value as text. Raises TypeError for a kind of value that has no place in the database."""
    return json.dumps(_plain(value), separators=(",", ":"), ensure_ascii=False)


def from_json(kind: type[T], text: str) -> T:
    """The value of this kind that `to_json` made `text` from. Raises ValueError if it is none."""
    value: T = _value(kind, json.loads(text))
    return value


def _plain(value: object) -> object:
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return amount_out(value)
        case datetime():
            return time_out(value)
        case timedelta():
            return span_out(value)
        case tuple():
            return [_plain(item) for item in value]
        case frozenset():
            return sorted(_plain(item) for item in value)  # type: ignore[type-var]
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} can't be stored")


def _value(kind: Any, plain: Any) -> Any:
    if get_args(kind):
        return _compound(kind, plain)
    if is_dataclass(kind):
        return _record(kind, plain)
    if kind is Decimal:
        return amount_in(plain)
    if kind in _MILLISECONDS:
        return _MILLISECONDS[kind](_exactly(int, plain))
    if issubclass(kind, StrEnum):
        return kind(plain)
    return _exactly(kind, plain)


_MILLISECONDS: Mapping[type, Any] = {datetime: time_in, timedelta: span_in}


def _compound(kind: Any, plain: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        return tuple(_value(inner[0], item) for item in _exactly(list, plain))
    if origin is frozenset:
        return frozenset(_value(inner[0], item) for item in _exactly(list, plain))
    if origin is Mapping:
        return {key: _value(inner[1], item) for key, item in _exactly(dict, plain).items()}
    (wanted,) = (one for one in inner if one is not type(None))
    return None if plain is None else _value(wanted, plain)


def _record(kind: Any, plain: Any) -> Any:
    hints, needed = _shape(kind)
    given = _exactly(dict, plain)
    if not needed <= given.keys() <= hints.keys():
        raise ValueError(f"not the fields of {kind.__name__}: {sorted(given)}")
    return kind(**{name: _value(hints[name], item) for name, item in given.items()})


@cache
def _shape(kind: Any) -> tuple[dict[str, Any], frozenset[str]]:
    """The types of the fields, and which of them have no default."""
    hints = get_type_hints(kind)
    named = fields(kind)
    bare = (f for f in named if f.default is MISSING and f.default_factory is MISSING)
    return {field.name: hints[field.name] for field in named}, frozenset(f.name for f in bare)


def _exactly(kind: Any, plain: Any) -> Any:
    if type(plain) is not kind:
        raise ValueError(f"{kind.__name__} was expected, not {type(plain).__name__}")
    return plain
