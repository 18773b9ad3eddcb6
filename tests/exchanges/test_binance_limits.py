"""Pauses that Binance asks for, its clock, and how little it is asked."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from ccxt.async_support.base import throttler

from dust.conversion import Filled, Refused
from dust.errors import ExchangeRefused, ExchangeUnavailable, RateLimited
from dust.refusal import RefusalKind
from exchanges.binance import BinanceAccount
from exchanges.pause import Pauses
from sandbox.binance import BinanceEmulator, faults
from tests.exchanges.canned import Canned, CannedServer, sample
from tests.exchanges.steps import (
    BALANCES,
    DUST,
    LIST,
    PRICES,
    TIME,
    StillClock,
    an_attempt,
    open_binance,
)
from tests.factories import a_quote

SECOND = timedelta(seconds=1)


def paths(emulator: BinanceEmulator) -> list[str]:
    return [request.path for request in emulator.requests]


async def test_a_heavy_request_does_not_hold_up_the_next_one(
    account: BinanceAccount, emulator: BinanceEmulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Time stands still for ccxt: what it holds back would never leave."""
    monkeypatch.setattr(throttler, "time", lambda: 0.0)
    await account.delistings(["ADA"])
    async with asyncio.timeout(5):
        await account.candidates()
    assert paths(emulator).count(LIST) == 1


@pytest.mark.parametrize("status", [429, 418])
async def test_no_call_leaves_before_the_pause_is_over(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock, status: int
) -> None:
    attempt = an_attempt(await account.prepare(), clock.now())
    emulator.faults.script(LIST, faults.limited(17, status))
    with pytest.raises(RateLimited) as caught:
        await account.candidates()
    assert caught.value.until == clock.now() + 17 * SECOND
    so_far = len(emulator.requests)
    clock.pass_(16 * SECOND)
    for reading in (account.balances(), account.rates(), account.check_key()):
        with pytest.raises(RateLimited):
            await reading
    result = await account.execute(attempt)
    assert isinstance(result, Refused)
    assert result.refusal.kind is RefusalKind.RATE_LIMITED
    assert result.refusal.until == caught.value.until
    assert len(emulator.requests) == so_far
    clock.pass_(SECOND)
    assert isinstance(await account.execute(attempt), Filled)


async def test_a_pause_is_shared_by_all_accounts_on_the_host_and_by_no_others(
    account: BinanceAccount, emulator: BinanceEmulator, canned: CannedServer, clock: StillClock
) -> None:
    pauses = Pauses(clock)
    first, second = (open_binance(emulator.url, clock, pauses=pauses) for _ in range(2))
    elsewhere = open_binance(canned.url, clock, pauses=pauses)
    canned.answers[LIST] = Canned(sample("dust_btc.json"))
    emulator.faults.script(LIST, faults.limited(17))
    with pytest.raises(RateLimited) as caught:
        await first.candidates()
    so_far = len(emulator.requests)
    with pytest.raises(RateLimited) as shared:
        await second.balances()
    assert shared.value.until == caught.value.until
    assert len(emulator.requests) == so_far
    assert (await elsewhere.candidates()).items
    clock.pass_(17 * SECOND)
    assert await second.balances()
    for opened in (first, second, elsewhere):
        await opened.close()


async def test_a_pause_of_an_earlier_process_is_kept(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    account.rest_until(clock.now() + 17 * SECOND)
    attempt = an_attempt(a_quote(taken_at=clock.now()), clock.now())
    assert isinstance(await account.execute(attempt), Refused)
    with pytest.raises(RateLimited):
        await account.candidates()
    assert emulator.requests == []
    clock.pass_(17 * SECOND)
    assert (await account.candidates()).items


@pytest.mark.parametrize("told", [None, "", "soon"])
async def test_a_pause_without_a_length_takes_a_minute(
    reader: BinanceAccount, canned: CannedServer, clock: StillClock, told: str | None
) -> None:
    canned.answers[LIST] = Canned("{}", 429, {} if told is None else {"Retry-After": told})
    with pytest.raises(RateLimited) as caught:
        await reader.candidates()
    assert caught.value.until == clock.now() + timedelta(minutes=1)


async def test_a_limit_told_by_its_code_is_a_pause_too(
    account: BinanceAccount, emulator: BinanceEmulator
) -> None:
    emulator.faults.script(LIST, faults.refuse(-1003, "Too many requests."))
    with pytest.raises(RateLimited):
        await account.candidates()
    with pytest.raises(RateLimited):
        await account.balances()
    assert BALANCES not in paths(emulator)


async def test_a_shorter_pause_does_not_end_a_longer_one(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    await account.candidates()
    emulator.faults.script(LIST, faults.limited(120))
    release = asyncio.Event()
    emulator.faults.script(BALANCES, replace(faults.limited(5), before=release.wait))
    late = asyncio.create_task(account.balances())
    await emulator.wait_request(lambda request: request.path == BALANCES)
    for reading in (account.candidates(), late):
        with pytest.raises(RateLimited):
            await reading
        release.set()
    clock.pass_(60 * SECOND)
    with pytest.raises(RateLimited):
        await account.check_key()


async def test_answers_that_cross_keep_their_own_pause(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    """Answers without a pause that arrive meanwhile do not change the length of the one with."""
    await account.candidates()
    emulator.faults.script(LIST, faults.limited(33))
    limited, *_ = await asyncio.gather(
        account.candidates(), *(account.balances() for _ in range(5)), return_exceptions=True
    )
    assert isinstance(limited, RateLimited)
    assert limited.until == clock.now() + 33 * SECOND


async def test_a_warm_look_at_the_dust_is_two_signed_requests(
    account: BinanceAccount, emulator: BinanceEmulator
) -> None:
    await asyncio.gather(account.candidates(), account.balances(), account.rates())
    so_far = len(emulator.requests)
    await asyncio.gather(account.candidates(), account.balances(), account.rates())
    assert sorted(paths(emulator)[so_far:]) == sorted([LIST, BALANCES])


async def test_the_exchange_is_asked_for_its_time_once(
    account: BinanceAccount, emulator: BinanceEmulator
) -> None:
    await asyncio.gather(account.candidates(), account.balances(), account.check_key())
    assert paths(emulator).count(TIME) == 1


@pytest.mark.parametrize("minutes", [-30, 30])
async def test_a_clock_that_is_wrong_from_the_start_does_no_harm(
    emulator: BinanceEmulator, clock: StillClock, minutes: int
) -> None:
    ours = StillClock(clock.now() + timedelta(minutes=minutes))
    account = open_binance(emulator.url, ours)
    attempt = an_attempt(await account.prepare(), ours.now())
    assert isinstance(await account.execute(attempt), Filled)
    found = await account.lookup(attempt, ())
    (record,) = await account.history(ours.now() - timedelta(days=1))
    assert set(getattr(found, "fills", ())) == set(record.fills)
    await account.close()


async def test_a_clock_that_was_moved_is_set_right_by_the_next_reading(
    emulator: BinanceEmulator, clock: StillClock
) -> None:
    ours = StillClock(clock.now())
    account = open_binance(emulator.url, ours)
    await account.candidates()
    ours.pass_(timedelta(minutes=10))
    assert len((await account.candidates()).items) == 3
    assert paths(emulator).count(LIST) == 3
    assert paths(emulator).count(TIME) == 2
    await account.close()


async def test_a_clock_that_stays_wrong_is_asked_about_only_once_more(
    account: BinanceAccount, emulator: BinanceEmulator
) -> None:
    emulator.faults.script(LIST, faults.refuse(-1021, "Timestamp for this request."), times=9)
    with pytest.raises(ExchangeRefused) as caught:
        await account.candidates()
    assert caught.value.code == "-1021"
    assert paths(emulator).count(LIST) == 2


async def test_a_conversion_with_a_wrong_clock_is_refused_and_the_next_one_is_right(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    attempt = an_attempt(await account.prepare(), clock.now())
    emulator.faults.script(DUST, faults.refuse(-1021, "Timestamp for this request."))
    result = await account.execute(attempt)
    assert isinstance(result, Refused)
    assert result.refusal.kind is RefusalKind.CLOCK
    assert paths(emulator).count(DUST) == 1
    assert isinstance(await account.execute(attempt), Filled)
    assert paths(emulator).count(TIME) == 2


async def test_a_time_that_is_none_is_no_time(reader: BinanceAccount, canned: CannedServer) -> None:
    canned.answers[TIME] = Canned('{"serverTime":"noon"}')
    canned.answers[LIST] = Canned(sample("dust_btc.json"))
    with pytest.raises(ExchangeUnavailable):
        await reader.candidates()
    assert canned.count(LIST) == 0


async def test_a_reading_gives_up_in_time(
    account: BinanceAccount, emulator: BinanceEmulator
) -> None:
    emulator.faults.script(LIST, faults.hang(execute=True))
    with pytest.raises(ExchangeUnavailable):
        await account.candidates()
    assert len((await account.candidates()).items) == 3


async def test_prices_are_asked_for_once_a_minute_in_one_request(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    first, second = await asyncio.gather(account.rates(), account.rates())
    clock.pass_(59 * SECOND)
    assert first == second == await account.rates()
    assert paths(emulator).count(PRICES) == 1
    clock.pass_(SECOND)
    assert (await account.rates()).taken_at == clock.now()
    assert paths(emulator).count(PRICES) == 2


async def test_a_currency_without_a_market_is_left_out_and_forgotten_for_an_hour(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    emulator.market.remove_pair("BTCGBP")
    rates = await account.rates()
    assert not rates.knows("GBP")
    assert rates.knows("EUR")
    so_far = paths(emulator).count(PRICES)
    clock.pass_(timedelta(minutes=59))
    assert not (await account.rates()).knows("GBP")
    assert paths(emulator).count(PRICES) == so_far + 1
    emulator.market.restore_pair("BTCGBP")
    clock.pass_(timedelta(minutes=1))
    assert (await account.rates()).knows("GBP")


async def test_without_a_dollar_price_there_are_no_rates(
    account: BinanceAccount, emulator: BinanceEmulator
) -> None:
    emulator.market.remove_pair("BTCUSDT")
    with pytest.raises(ExchangeUnavailable):
        await account.rates()
