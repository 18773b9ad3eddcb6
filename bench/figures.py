"""How figures are printed: one line each, with the unit."""

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median

from sandbox.binance.traffic import Request


def heading(command: str, subject: str) -> None:
    """Begins a part, with the command that prints it alone."""
    print(f"\n{subject}\n$ {command}")


def figure(name: str, value: str, unit: str) -> None:
    """One figure."""
    print(f"  {name:<58} {value:>8} {unit}")


def middle_of(values: Sequence[float], digits: int = 2) -> str:
    """The median."""
    return f"{median(values):.{digits}f}"


def spread(values: Sequence[float], digits: int = 2) -> str:
    """For the unit's side: how many runs there were and how far apart."""
    return f"(median of {len(values)}, {min(values):.{digits}f} to {max(values):.{digits}f})"


def requests(name: str, sent: Iterable[Request]) -> None:
    """How many requests there were, and how many of them to each path."""
    counted = Counter(f"{request.method} {request.path}" for request in sent)
    figure(name, str(counted.total()), "requests")
    for path, count in sorted(counted.items()):
        print(f"  {'':<58} {count:>8} {path}")
