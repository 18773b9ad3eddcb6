"""Which record of an exchange's log is which conversion of the journal.

The trade ids of a conversion's own answer need not be those of the log: where they differ, the tokens, the
amounts and the time tell.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from dust.conversion import Conversion, LogRecord, State

#: A record and a conversion of ours may differ by this much in time and be the same: the exchange stamps
#: the execution, the journal the attempt.
SAME_TIME = timedelta(seconds=90)


def recognise(
    log: Sequence[LogRecord], conversions: Collection[Conversion]
) -> tuple[tuple[LogRecord, Conversion | None], ...]:
    """Each record with the conversion that it is, if any; no conversion is two records.

    The surer sign goes first, and of several that show it the one nearest in time.
    """
    left = list(conversions)
    known: dict[int, Conversion] = {}
    for is_same in _SIGNS:
        for number, record in enumerate(log):
            alike = [] if number in known else [one for one in left if is_same(one, record)]
            if alike:
                known[number] = _nearest(alike, record)
                left.remove(known[number])
    return tuple((record, known.get(number)) for number, record in enumerate(log))


def _nearest(conversions: Collection[Conversion], record: LogRecord) -> Conversion:
    return min(conversions, key=lambda one: _distance(one, record.at))


def _same_trade(conversion: Conversion, record: LogRecord) -> bool:
    ours = {fill.trade_id for fill in conversion.fills}
    return any(fill.trade_id in ours for fill in record.fills)


def _same_money(conversion: Conversion, record: LogRecord) -> bool:
    ours = {(fill.asset, fill.amount, fill.gross, fill.fee) for fill in conversion.fills}
    theirs = {(fill.asset, fill.amount, fill.gross, fill.fee) for fill in record.fills}
    return ours == theirs and _is_near(conversion, record)


def _same_amounts(conversion: Conversion, record: LogRecord) -> bool:
    ours = {(fill.asset, fill.amount) for fill in conversion.fills}
    return ours == _amounts(record) and _is_near(conversion, record)


def _same_quote(conversion: Conversion, record: LogRecord) -> bool:
    """For a conversion that was closed without evidence: a token went with the amount that was sent."""
    if conversion.fills or conversion.state is State.REFUSED:
        return False
    quoted = {(line.asset, line.amount) for line in conversion.quote.lines}
    return bool(quoted & _amounts(record)) and _is_near(conversion, record)


_SIGNS: tuple[Callable[[Conversion, LogRecord], bool], ...] = (
    _same_trade,
    _same_money,
    _same_amounts,
    _same_quote,
)


def _amounts(record: LogRecord) -> set[tuple[str, object]]:
    return {(fill.asset, fill.amount) for fill in record.fills}


def _is_near(conversion: Conversion, record: LogRecord) -> bool:
    same_target = record.target == conversion.quote.target
    return same_target and _distance(conversion, record.at) <= SAME_TIME


def _distance(conversion: Conversion, at: datetime) -> timedelta:
    """By the exchange's own stamp where there is one: our clock may differ from its."""
    ours = min((fill.at for fill in conversion.fills), default=conversion.attempt_at)
    return timedelta.max if ours is None else abs(at - ours)
