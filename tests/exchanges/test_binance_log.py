"""Reading Binance's log: whole conversions, each once, whatever the log leaves off."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from dust.conversion import Absent, Found, LogRecord
from dust.errors import ExchangeUnavailable
from dust.remedy import Wish
from exchanges.binance import BinanceAccount
from exchanges.binance.dust_log import read_log, records
from sandbox.binance import BinanceEmulator, faults
from tests.exchanges.canned import Canned, CannedServer
from tests.exchanges.steps import DUST, LOG, StillClock, an_attempt, open_binance

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
MOST_ROWS = 100


def milliseconds(at: datetime) -> int:
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def rows(trans_id: int, at: int, *assets: str, target: object = "BNB") -> list[object]:
    """The tokens of a conversion as the log shows them."""
    return [
        {
            "transId": trans_id,
            "fromAsset": asset,
            "amount": "1",
            "transferedAmount": "0.001",
            "serviceChargeAmount": "0.00002",
            "operateTime": at,
            "targetAsset": target,
        }
        for asset in assets
    ]


def group(trans_id: int, at: int, details: list[object]) -> dict[str, object]:
    """A conversion as the log shows it."""
    return {"transId": trans_id, "operateTime": at, "userAssetDribbletDetails": details}


def log(*groups: object) -> object:
    return {"total": len(groups), "userAssetDribblets": list(groups)}


class WholeSeconds:
    """A log that is searched by milliseconds and shows whole seconds; the newest 100 rows at most."""

    def __init__(self, *conversions: tuple[datetime, int]) -> None:
        self._conversions = conversions
        self.asked = 0

    async def ask(self, params: Mapping[str, int]) -> tuple[LogRecord, ...]:
        self.asked += 1
        left, shown = MOST_ROWS, []
        for number, (at, size) in reversed([*enumerate(self._conversions)]):
            if left and params["startTime"] <= milliseconds(at) <= params["endTime"]:
                assets = [f"T{row}" for row in range(size)][-left:]
                left -= len(assets)
                second = milliseconds(at.replace(microsecond=0))
                shown.append(group(number, second, rows(number, second, *assets)))
        return records(log(*shown))


@pytest.mark.parametrize("sizes", [[60, 60], [100], [100, 100], [99, 1, 1], [40, 30, 40, 100, 7]])
async def test_conversions_on_the_edge_of_a_page_are_whole(sizes: list[int]) -> None:
    at = NOON.replace(microsecond=345_000)
    source = WholeSeconds(*((at + number * DAY, size) for number, size in enumerate(sizes)))
    found = await read_log(source.ask, NOON - DAY, NOON + 20 * DAY)
    assert [len(record.fills) for record in found] == sizes


async def test_a_full_page_may_end_where_the_time_begins() -> None:
    source = WholeSeconds((NOON - DAY, 3), (NOON, 100))
    (record,) = await read_log(source.ask, NOON, NOON + DAY)
    assert len(record.fills) == MOST_ROWS


async def test_a_log_that_ignores_the_time_is_not_read_for_ever() -> None:
    source = WholeSeconds((NOON, 60), (NOON + timedelta(minutes=1), 60))

    async def ask_without_time(_params: Mapping[str, int]) -> tuple[LogRecord, ...]:
        return await source.ask({"startTime": 0, "endTime": 2**62})

    with pytest.raises(ExchangeUnavailable):
        await read_log(ask_without_time, NOON - DAY, NOON + DAY)
    assert source.asked < 10


async def test_what_the_log_shows_of_another_time_is_not_the_attempt(
    emulator: BinanceEmulator, account: BinanceAccount, clock: StillClock
) -> None:
    emulator.website_convert(["ADA"])
    emulator.wallet.deposit("ADA", Decimal(2))
    (made,) = emulator.conversions
    clock.pass_(timedelta(minutes=3))
    attempt = an_attempt(await account.prepare(Wish(assets=("ADA",))), clock.now())
    at = milliseconds(made.at)
    shown = log(group(made.trans_id, at, rows(made.tran_id, at, "ADA")))
    emulator.faults.script(LOG, faults.answer_json(shown))
    assert await account.lookup(attempt, ()) == Absent()


async def test_two_records_with_one_id_are_two(
    reader: BinanceAccount, canned: CannedServer, clock: StillClock
) -> None:
    now = milliseconds(clock.now())
    canned.tell_time(clock.now())
    groups = [group(5, at, rows(6, at, "ADA")) for at in (now, now - 9000)]
    canned.answers[LOG] = Canned(json.dumps(log(*groups)))
    older, newer = await reader.history(clock.now() - DAY)
    assert older.at < newer.at
    assert older.fills[0].trade_id != newer.fills[0].trade_id


async def test_an_empty_target_is_that_of_old_times(
    reader: BinanceAccount, canned: CannedServer, clock: StillClock
) -> None:
    now = milliseconds(clock.now())
    canned.tell_time(clock.now())
    canned.answers[LOG] = Canned(json.dumps(log(group(5, now, rows(6, now, "ADA", target=None)))))
    (record,) = await reader.history(clock.now() - DAY)
    assert record.target == "BNB"


async def test_rows_to_two_targets_are_two_records(
    reader: BinanceAccount, canned: CannedServer, clock: StillClock
) -> None:
    now = milliseconds(clock.now())
    mixed = group(5, now, [*rows(6, now, "ADA"), *rows(6, now, "TRX", target="USDC")])
    canned.tell_time(clock.now())
    canned.answers[LOG] = Canned(json.dumps(log(mixed)))
    found = await reader.history(clock.now() - DAY)
    assert {record.target: record.fills[0].asset for record in found} == {
        "BNB": "ADA",
        "USDC": "TRX",
    }


async def test_the_log_is_asked_month_by_month_with_both_times_and_not_before_it_began(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    clock.at = datetime(2021, 2, 14, tzinfo=UTC)
    await account.history(datetime(2019, 1, 1, tzinfo=UTC))
    asked = [request.params for request in emulator.requests if request.path == LOG]
    spans = [(int(params["startTime"]), int(params["endTime"])) for params in asked]
    assert spans[0][0] == milliseconds(datetime(2020, 12, 1, tzinfo=UTC))
    assert spans[-1][1] >= milliseconds(clock.now())
    assert all(end - start < 30 * 86_400_000 for start, end in spans)
    assert all(after[0] == before[1] + 1 for before, after in pairwise(spans))


@pytest.mark.parametrize("seconds", [-30, 30])
@pytest.mark.parametrize("execute", [True, False])
async def test_clocks_apart_neither_hide_our_record_nor_lend_us_another(
    emulator: BinanceEmulator, clock: StillClock, seconds: int, execute: bool
) -> None:
    """The owner converted the same token on the website three minutes before."""
    emulator.rules.cooldown = timedelta(0)
    emulator.website_convert(["ADA"])
    emulator.wallet.deposit("ADA", Decimal("6.21"))
    clock.pass_(timedelta(minutes=3))
    ours = StillClock(clock.now() + timedelta(seconds=seconds))
    account = open_binance(emulator.url, ours)
    attempt = an_attempt(await account.prepare(Wish(assets=("ADA",))), ours.now())
    emulator.faults.script(DUST, faults.drop(execute=execute))
    await account.execute(attempt)
    await account.close()
    restarted = open_binance(emulator.url, ours)
    result = await restarted.lookup(attempt, ())
    await restarted.close()
    if execute:
        assert isinstance(result, Found)
        assert milliseconds(result.fills[0].at) == milliseconds(emulator.conversions[-1].at)
    else:
        assert result == Absent()


async def test_a_conversion_to_another_target_is_not_the_attempt(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    attempt = an_attempt(await account.prepare(Wish(assets=("ADA",))), clock.now())
    at = milliseconds(clock.now())
    shown = log(group(5, at, rows(6, at, "ADA", target="USDC")))
    emulator.faults.script(LOG, faults.answer_json(shown))
    assert await account.lookup(attempt, ()) == Absent()


async def test_what_was_converted_this_very_moment_is_in_the_history(
    emulator: BinanceEmulator, clock: StillClock
) -> None:
    """Between two looks at the exchange's clock ours may have fallen behind."""
    ours = StillClock(clock.now())
    account = open_binance(emulator.url, ours)
    await account.candidates()
    clock.pass_(timedelta(seconds=5))
    emulator.website_convert(["ADA"])
    (record,) = await account.history(ours.now() - DAY)
    await account.close()
    assert record.fills[0].asset == "ADA"
