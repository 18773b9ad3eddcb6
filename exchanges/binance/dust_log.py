"""Binance's log of dust conversions (wallet documentation, asset/dribblet), and finding one attempt in it."""

from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from dust.conversion import Conversion, Fill, Found, LogRecord, Undecided
from dust.errors import ExchangeUnavailable
from dust.recognition import recognise
from exchanges.answers import (
    amount,
    as_object,
    as_rows,
    identifier,
    moment,
    positive,
    text,
    to_milliseconds,
)

#: Asks asset/dribblet with these parameters; raises `dust.errors`.
Ask = Callable[[Mapping[str, int]], Awaitable[tuple[LogRecord, ...]]]

REACHES_BACK_TO = datetime(2020, 12, 1, tzinfo=UTC)
#: No longest window is documented; others use 30 and 90 days.
_WINDOW = timedelta(days=30)
_MILLISECOND = timedelta(milliseconds=1)
#: The log may leave off the milliseconds of a time that it is asked for with them.
_SECOND = timedelta(seconds=1)
#: An answer shows at most this many rows, the newest.
_MOST_ROWS = 100
#: The first and the last moment, counted from the attempt, that Binance may have stamped it with: the log
#: may leave off the milliseconds, and our idea of Binance's time is good to about a second.
EARLIEST = timedelta(seconds=-2)
LATEST = timedelta(seconds=90)


async def read_log(ask: Ask, since: datetime, until: datetime) -> tuple[LogRecord, ...]:
    """All records of that time (both ends included, Binance's clock), oldest first."""
    records: dict[tuple[str, datetime], LogRecord] = {}
    for start, end in _windows(max(since, REACHES_BACK_TO), until):
        for record in await _read_window(ask, start, end):
            if start - _SECOND <= record.at <= end:
                records[record.record_id, record.at] = record
    return tuple(sorted(records.values(), key=lambda record: record.at))


def _windows(since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    while since <= until:
        end = min(since + _WINDOW - _MILLISECOND, until)
        yield since, end
        since = end + _MILLISECOND


async def _read_window(ask: Ask, start: datetime, end: datetime) -> list[LogRecord]:
    """Pages backwards; the oldest record of a full page may be cut off and is asked for again.

    Raises ExchangeUnavailable where the log does not keep to the time that it is asked for.
    """
    records: list[LogRecord] = []
    while start <= end:
        page = await ask({"startTime": to_milliseconds(start), "endTime": to_milliseconds(end)})
        if sum(len(record.fills) for record in page) < _MOST_ROWS:
            return [*records, *page]
        oldest = min(record.at for record in page)
        if oldest > end:
            raise ExchangeUnavailable("the log shows another time than was asked for")
        if oldest + _SECOND < end:
            records += [record for record in page if record.at > oldest]
            end = oldest + _SECOND
        else:
            records += page
            end = oldest - _MILLISECOND
    return records


def records(answer: object) -> tuple[LogRecord, ...]:
    """The answer's groups. `total` counts all conversions ever made and is of no use."""
    groups = as_rows(as_object(answer, "the log").get("userAssetDribblets"), "userAssetDribblets")
    return tuple(record for group in groups for record in _records(group))


def _records(group: Mapping[str, object]) -> Iterator[LogRecord]:
    by_target: dict[str, list[Fill]] = {}
    for row in as_rows(group.get("userAssetDribbletDetails"), "userAssetDribbletDetails"):
        by_target.setdefault(_target(row), []).append(_fill(row))
    for target, fills in by_target.items():
        record_id = f"{identifier(group, 'transId')}:{target}"
        yield LogRecord(record_id, moment(group, "operateTime"), target, tuple(fills))


def _target(row: Mapping[str, object]) -> str:
    """`targetAsset` is newer than the log; all older conversions were to BNB."""
    return "BNB" if row.get("targetAsset") is None else text(row, "targetAsset")


def _fill(row: Mapping[str, object]) -> Fill:
    asset = text(row, "fromAsset")
    executed = to_milliseconds(moment(row, "operateTime"))
    return Fill(
        # The log's `transId` need not be the `tranId` of the conversion's own answer, and nothing says that
        # it is unique: the asset and the time make it so, and keep it the same at every reading.
        trade_id=f"log:{identifier(row, 'transId')}:{asset}:{executed}",
        asset=asset,
        amount=positive(row, "amount"),
        gross=amount(row, "transferedAmount"),
        fee=amount(row, "serviceChargeAmount"),
        at=moment(row, "operateTime"),
    )


def find(
    log: Sequence[LogRecord], conversion: Conversion, others: Collection[Conversion], *, late: bool
) -> Found | Undecided | None:
    """The record that is this conversion, None where no record can be.

    `late`: nothing can be added to the log any more. Until then a record that holds only some of the
    tokens may be one that is still being written.
    """
    free = [record for record, other in recognise(log, others) if other is None]
    possible = [record for record in free if _may_be(record, conversion)]
    exact = [record for record in possible if _legs(record) == _quoted(conversion)]
    if len(exact) == 1:
        possible = exact
    if len(possible) > 1:
        return Undecided("the log shows several conversions that it could be")
    if not possible:
        return None
    complete = len(possible[0].fills) == len(conversion.quote.lines)
    if complete or late:
        return Found(possible[0].fills)
    return Undecided("the log shows only some of the tokens so far")


def _may_be(record: LogRecord, conversion: Conversion) -> bool:
    """By what was converted to what; the time was chosen by who read the log."""
    return record.target == conversion.quote.target and {
        fill.asset for fill in record.fills
    } <= set(conversion.quote.assets)


def _legs(record: LogRecord) -> set[tuple[str, object]]:
    return {(fill.asset, fill.amount) for fill in record.fills}


def _quoted(conversion: Conversion) -> set[tuple[str, object]]:
    return {(line.asset, line.amount) for line in conversion.quote.lines}
