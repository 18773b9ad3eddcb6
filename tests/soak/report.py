"""What a run has come to, in figures."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tests.soak.audit import accepted_alerts, audit, lost_alerts
from tests.soak.keeper import Size
from tests.soak.town import Town


@dataclass(frozen=True, slots=True)
class Report:
    """`problems` is empty if all held. `lines` are for the reader."""

    problems: tuple[str, ...]
    updates: int
    faults: int
    lines: tuple[str, ...]


def report(town: Town, sizes: dict[str, Size | None]) -> Report:
    """Looks at everything that is left; the bot has ended."""
    problems = tuple(audit(town))
    sent = town.tally["messages"] + town.tally["taps"]
    unread = len(town.house.telegram.world.updates)
    lines = (
        _line("updates handled", sent - unread, _parts(town.tally, ("messages", "taps"))),
        *_conversions(town),
        _line("faults survived", town.faults.total()),
        *(_line(f"  {name}", times) for name, times in sorted(town.faults.items())),
        *_alerts(town),
        *(_size(when, size) for when, size in sizes.items()),
        _line("audit", len(problems), "problems"),
        *(f"  {problem}" for problem in problems),
    )
    return Report(problems, sent - unread, town.faults.total(), lines)


def _conversions(town: Town) -> list[str]:
    claimed = town.witness.claimed()
    ends, ways = Counter(one.state for one in claimed), Counter(one.remedy for one in claimed)
    return [
        _line("conversions confirmed", len(claimed), _parts(ways, ways)),
        *(_line(f"  {state}", times) for state, times in sorted(ends.items())),
        _line("conversions on the website", len(town.website)),
    ]


def _alerts(town: Town) -> list[str]:
    accepted = sum(map(len, accepted_alerts(town).values()))
    queued = sum(1 for each in town.witness.notices() if each.kind == "Alert")
    return [
        _line("alerts sent", accepted, f"of {queued} that were due"),
        _line("alerts lost", len(lost_alerts(town))),
    ]


def _size(when: str, size: Size | None) -> str:
    if size is None:
        return _line(when, "?", "this system does not tell")
    files = f"{size.files} files open, {size.sockets} of them sockets"
    return _line(when, f"{size.memory:.0f}", f"MiB resident, {files}")


def _parts(counts: Counter[str], names: Iterable[str]) -> str:
    return ", ".join(f"{counts[name]} {name}" for name in sorted(names))


def _line(name: str, value: object, note: str = "") -> str:
    return f"  {name:<58} {value:>8} {note}".rstrip()
