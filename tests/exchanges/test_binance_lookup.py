"""What the log and the balances prove about an attempt whose answer was lost."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from dust.conversion import Absent, Conversion, Found, Unknown
from dust.conversion import Undecided as NotDecided
from dust.remedy import Wish
from exchanges.binance import BinanceAccount
from sandbox.binance import BinanceEmulator, faults
from tests.exchanges.steps import BALANCES, DUST, LOG, StillClock, an_attempt


def without_last_token(log: dict[str, Any]) -> dict[str, Any]:
    """The log's only record lacks one of its tokens."""
    (group,) = log["userAssetDribblets"]
    shown = group["userAssetDribbletDetails"][:-1]
    return {**log, "userAssetDribblets": [{**group, "userAssetDribbletDetails": shown}]}


async def lost(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock, *, execute: bool
) -> Conversion:
    """An attempt at everything whose answer did not come."""
    attempt = an_attempt(await account.prepare(), clock.now())
    emulator.faults.script(DUST, faults.drop(execute=execute))
    assert isinstance(await account.execute(attempt), Unknown)
    return attempt


async def test_a_conversion_before_the_attempt_is_not_the_attempt(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    emulator.website_convert(["ADA"])
    emulator.wallet.deposit("ADA", Decimal(2))
    clock.pass_(timedelta(seconds=5))
    attempt = await lost(account, emulator, clock, execute=False)
    assert await account.lookup(attempt, ()) == Absent()


async def test_a_conversion_long_after_the_attempt_is_not_the_attempt(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    attempt = await lost(account, emulator, clock, execute=False)
    clock.pass_(timedelta(seconds=95))
    emulator.website_convert(["ADA"])
    assert isinstance(await account.lookup(attempt, ()), NotDecided)


async def test_a_conversion_of_other_tokens_is_not_the_attempt(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    attempt = an_attempt(await account.prepare(Wish(assets=("TRX",))), clock.now())
    emulator.website_convert(["ADA"])
    assert await account.lookup(attempt, ()) == Absent()


async def test_some_of_the_tokens_are_believed_only_when_no_more_can_come(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    attempt = await lost(account, emulator, clock, execute=False)
    emulator.website_convert(["ADA"])
    assert isinstance(await account.lookup(attempt, ()), NotDecided)
    clock.pass_(timedelta(seconds=91))
    found = await account.lookup(attempt, ())
    assert isinstance(found, Found)
    assert [fill.asset for fill in found.fills] == ["ADA"]


async def test_a_token_that_is_gone_but_not_in_the_log_keeps_the_doubt_open(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    attempt = await lost(account, emulator, clock, execute=True)
    emulator.faults.script(LOG, faults.transform(without_last_token))
    clock.pass_(timedelta(seconds=91))
    assert isinstance(await account.lookup(attempt, ()), NotDecided)
    found = await account.lookup(attempt, ())
    assert isinstance(found, Found)
    assert {fill.asset for fill in found.fills} == set(attempt.quote.assets)


async def test_of_two_conversions_the_one_with_the_very_amounts_is_it(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    emulator.rules.cooldown = timedelta(0)
    attempt = await lost(account, emulator, clock, execute=True)
    emulator.wallet.deposit("ADA", Decimal(2))
    emulator.website_convert(["ADA"])
    found = await account.lookup(attempt, ())
    assert isinstance(found, Found)
    assert {fill.asset for fill in found.fills} == set(attempt.quote.assets)


async def test_two_conversions_that_both_could_be_it_prove_nothing(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    emulator.rules.cooldown = timedelta(0)
    attempt = await lost(account, emulator, clock, execute=False)
    emulator.website_convert(["ADA"])
    emulator.website_convert(["TRX"])
    clock.pass_(timedelta(minutes=5))
    assert isinstance(await account.lookup(attempt, ()), NotDecided)


async def test_a_balance_that_is_gone_without_a_trace_proves_nothing(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    attempt = await lost(account, emulator, clock, execute=False)
    emulator.wallet.withdraw("ADA", Decimal(1))
    assert isinstance(await account.lookup(attempt, ()), NotDecided)


async def test_a_locked_balance_does_not_stand_in_for_a_free_one(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    attempt = await lost(account, emulator, clock, execute=False)
    emulator.wallet.lock("ADA", Decimal(6))
    assert isinstance(await account.lookup(attempt, ()), NotDecided)


async def test_a_balance_that_grew_is_still_there(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    attempt = await lost(account, emulator, clock, execute=False)
    emulator.wallet.deposit("ADA", Decimal(1))
    assert await account.lookup(attempt, ()) == Absent()


@pytest.mark.parametrize("path", [LOG, BALANCES])
@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(faults.drop(execute=False), id="dropped"),
        pytest.param(faults.answer_json({}), id="another shape"),
        pytest.param(faults.limited(5), id="limited"),
        pytest.param(faults.refuse(-2015, "Invalid API-key.", 401), id="key"),
        pytest.param(faults.refuse(-1000, "Unknown.", 500), id="error"),
    ],
)
async def test_what_cannot_be_read_proves_nothing(
    account: BinanceAccount,
    emulator: BinanceEmulator,
    clock: StillClock,
    path: str,
    fault: faults.Fault,
) -> None:
    attempt = await lost(account, emulator, clock, execute=False)
    emulator.faults.script(path, fault, times=2)  # a lost GET is asked for again by aiohttp
    assert isinstance(await account.lookup(attempt, ()), NotDecided)


async def test_a_busy_month_is_read_page_by_page(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    """More rows than one answer shows, and one conversion on the edge between two answers."""
    emulator.rules.cooldown = timedelta(0)
    emulator.rules.ceiling_btc = Decimal(1)
    for turn in range(90):
        for asset in ("ADA", "TRX", "XRP"):
            emulator.wallet.deposit(asset, Decimal(1))
        emulator.website_convert(["ADA", "TRX", "XRP"] if turn % 2 else ["ADA"])
        clock.pass_(timedelta(hours=6))
    records = await account.history(clock.now() - timedelta(days=29))
    assert [len(record.fills) for record in records] == [3 if n % 2 else 1 for n in range(90)]
    assert records == tuple(sorted(records, key=lambda record: record.at))
