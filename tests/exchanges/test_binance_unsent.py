"""A conversion that can't be sent is not sent; a key that lost its rights is told as such."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from dust.conversion import Filled, Refused, Unknown
from dust.errors import CredentialsRejected, RateLimited
from dust.refusal import RefusalKind
from exchanges.binance import BinanceAccount
from sandbox.binance import BinanceEmulator, faults
from tests.exchanges.canned import Canned, CannedServer, sample
from tests.exchanges.steps import (
    BALANCES,
    DUST,
    LIST,
    LOG,
    PRICES,
    RESTRICTIONS,
    TIME,
    StillClock,
    an_attempt,
    open_binance,
)
from tests.factories import a_quote

READINGS: dict[str, Callable[[BinanceAccount, StillClock], Awaitable[object]]] = {
    LIST: lambda account, _: account.candidates(),
    BALANCES: lambda account, _: account.balances(),
    PRICES: lambda account, _: account.rates(),
    RESTRICTIONS: lambda account, _: account.check_key(),
    LOG: lambda account, clock: account.history(clock.now() - timedelta(days=1)),
    TIME: lambda account, _: account.candidates(),
}


def sent(emulator: BinanceEmulator, path: str) -> int:
    return sum(request.path == path for request in emulator.requests)


@pytest.mark.parametrize("path", READINGS)
@pytest.mark.parametrize("status", [429, 418])
async def test_a_pause_asked_for_anywhere_holds_the_conversion_back(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock, path: str, status: int
) -> None:
    attempt = an_attempt(a_quote("ADA", "TRX"), clock.now())
    emulator.faults.script(path, faults.limited(17, status))
    with pytest.raises(RateLimited):
        await READINGS[path](account, clock)
    result = await account.execute(attempt)
    assert isinstance(result, Refused)
    assert result.refusal.kind is RefusalKind.RATE_LIMITED
    assert result.refusal.until == clock.now() + timedelta(seconds=17)
    assert sent(emulator, DUST) == 0
    clock.pass_(timedelta(seconds=17))
    assert isinstance(await account.execute(attempt), Filled)


async def test_a_call_that_waits_its_turn_does_not_leave_into_a_pause(
    emulator: BinanceEmulator, clock: StillClock
) -> None:
    """ccxt spaces calls out: many are still waiting when the first is answered with 429."""
    account = open_binance(emulator.url, clock)
    await account.candidates()
    emulator.faults.script(BALANCES, faults.limited(17), times=100)
    calls = [account.balances() for _ in range(30)]
    results = await asyncio.gather(*calls, return_exceptions=True)
    await account.close()
    assert all(isinstance(result, RateLimited) for result in results)
    assert 0 < sent(emulator, BALANCES) < len(calls)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (faults.limited(17), RefusalKind.RATE_LIMITED),
        (faults.refuse(1, "System is under maintenance.", 503), RefusalKind.MAINTENANCE),
        (faults.refuse(-2015, "Invalid API-key, IP.", 401), RefusalKind.KEY_REJECTED),
        (faults.refuse(-1100, "Illegal characters."), RefusalKind.BAD_REQUEST),
    ],
)
async def test_without_the_exchange_s_time_nothing_is_sent(
    account: BinanceAccount,
    emulator: BinanceEmulator,
    clock: StillClock,
    fault: faults.Fault,
    kind: RefusalKind,
) -> None:
    emulator.faults.script(TIME, fault)
    attempt = an_attempt(a_quote("ADA", "TRX"), clock.now())
    result = await account.execute(attempt)
    assert isinstance(result, Refused)
    assert result.refusal.kind is kind
    assert sent(emulator, DUST) == 0
    clock.pass_(timedelta(minutes=1))
    assert isinstance(await account.execute(attempt), Filled)


@pytest.mark.parametrize("fault", [faults.drop(execute=False), faults.answer_text("<html>")])
async def test_with_the_time_out_of_reach_nothing_is_sent(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock, fault: faults.Fault
) -> None:
    emulator.faults.script(TIME, fault, times=2)  # a lost GET is asked for again by aiohttp
    result = await account.execute(an_attempt(a_quote("ADA", "TRX"), clock.now()))
    assert isinstance(result, Refused | Unknown)
    assert sent(emulator, DUST) == 0


async def test_a_key_that_loses_its_rights_is_told_after_any_number_of_successes(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    """After a success on /api/v3 ccxt by itself takes -2015 for a rate limit, which heals by waiting."""
    attempt = an_attempt(await account.prepare(), clock.now())
    await account._wire.client.private_get_account()
    emulator.key.trading = False
    result = await account.execute(attempt)
    assert isinstance(result, Refused)
    assert (result.refusal.kind, result.refusal.code) == (RefusalKind.KEY_REJECTED, "-2015")
    emulator.key.ip_allowed = False
    for reading in (account.candidates(), account.balances(), account.check_key()):
        with pytest.raises(CredentialsRejected):
            await reading


async def test_a_root_with_a_path_of_its_own_leads_every_call(
    canned: CannedServer, clock: StillClock
) -> None:
    root = f"{canned.url}/through/a/proxy/"
    canned.answers[f"/through/a/proxy{LIST}"] = Canned(sample("dust_btc.json"))
    canned.answers[f"/through/a/proxy{TIME}"] = canned.answers[TIME]
    account = open_binance(root, clock)
    await account.candidates()
    await account.close()
    assert canned.paths == [f"/through/a/proxy{TIME}", f"/through/a/proxy{LIST}"]
