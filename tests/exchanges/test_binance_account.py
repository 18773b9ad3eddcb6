"""Small promises of the account that no other file is about."""

import asyncio
import logging
import traceback
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from dust.conversion import Refused, Undecided
from dust.errors import (
    CredentialsRejected,
    DustError,
    ExchangeRefused,
    ExchangeUnavailable,
    RateLimited,
)
from exchanges.binance import BinanceAccount
from exchanges.pause import Pauses
from sandbox.binance import BinanceEmulator, faults
from tests.exchanges.steps import (
    BALANCES,
    DUST,
    KEY,
    LIST,
    LOG,
    RESTRICTIONS,
    SECRET,
    TIME,
    StillClock,
    an_attempt,
)
from tests.factories import a_quote


@pytest.mark.parametrize("api_url", [None, ""])
async def test_without_an_address_calls_go_to_binance_over_tls(
    clock: StillClock, api_url: str | None
) -> None:
    account = BinanceAccount(
        name="main",
        api_key=KEY,
        api_secret=SECRET,
        api_url=api_url,
        clock=clock,
        pauses=Pauses(clock),
    )
    addresses = account._wire.client.urls["api"]
    await account.close()
    used = [addresses[part] for part in ("public", "sapi", "sapiV3")]
    assert used == [
        "https://api.binance.com/api/v3",
        "https://api.binance.com/sapi/v1",
        "https://api.binance.com/sapi/v3",
    ]


async def test_an_attempt_that_was_never_made_can_not_be_found(account: BinanceAccount) -> None:
    attempt = replace(an_attempt(a_quote(), StillClock().now()), attempt_at=None)
    assert isinstance(await account.lookup(attempt, ()), Undecided)


async def test_equal_worths_are_quoted_in_the_order_of_their_names(
    account: BinanceAccount, emulator: BinanceEmulator
) -> None:
    for asset in ("SOL", "DOT", "ETC"):
        emulator.market.set_price(asset, Decimal("0.0001"))
        emulator.wallet.deposit(asset, Decimal(1))
    assert (await account.prepare()).assets == ("DOT", "ETC", "SOL", "ADA", "XRP", "TRX")


async def test_each_of_several_failures_at_once_reaches_its_own_caller(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    await account.candidates()
    emulator.faults.script(BALANCES, faults.refuse(-1100, "Illegal characters."))
    emulator.faults.script(RESTRICTIONS, faults.refuse(-2015, "Invalid API-key.", 401))
    emulator.faults.script(LOG, faults.answer_text("<html>", 502))
    emulator.faults.script(LIST, faults.limited(17))
    results = await asyncio.gather(
        account.balances(),
        account.check_key(),
        account.history(clock.now() - timedelta(days=1)),
        account.candidates(),
        return_exceptions=True,
    )
    kinds = [type(result) for result in results]
    assert kinds == [ExchangeRefused, CredentialsRejected, ExchangeUnavailable, RateLimited]


@pytest.mark.parametrize("code", [-1021, "-1021"])
async def test_readings_at_once_with_a_wrong_clock_are_each_repeated_once(
    account: BinanceAccount, emulator: BinanceEmulator, code: int
) -> None:
    """The clock is moved while three readings are on their way."""
    await account.candidates()
    wrong = faults.answer_json({"code": code, "msg": "Timestamp for this request."}, 400)
    for path in (LIST, BALANCES, RESTRICTIONS):
        emulator.faults.script(path, wrong)
    so_far = len(emulator.requests)
    await asyncio.gather(account.candidates(), account.balances(), account.check_key())
    asked = [request.path for request in emulator.requests[so_far:] if request.path != TIME]
    assert sorted(asked) == sorted([LIST, BALANCES, RESTRICTIONS] * 2)


async def test_a_conversion_refused_for_the_clock_is_not_repeated_when_others_set_it_right(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    attempt = an_attempt(await account.prepare(), clock.now())
    for path in (DUST, LIST):
        emulator.faults.script(path, faults.refuse(-1021, "Timestamp for this request."))
    result, _ = await asyncio.gather(account.execute(attempt), account.candidates())
    assert isinstance(result, Refused)
    assert [request.path for request in emulator.requests].count(DUST) == 1
    assert emulator.conversions == []


async def test_closing_twice_does_no_harm(account: BinanceAccount) -> None:
    await account.candidates()
    await account.close()
    await account.close()


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(faults.drop(execute=False), id="dropped"),
        pytest.param(faults.hang(execute=False), id="no answer"),
        pytest.param(faults.cut(), id="cut"),
        pytest.param(faults.answer_text("", 302), id="redirect"),
        pytest.param(faults.answer_text("<html>", 502), id="page"),
        pytest.param(faults.refuse(-1022, "Signature is not valid."), id="signature"),
        pytest.param(faults.answer_json({"userAssetDribblets": 1}), id="another shape"),
    ],
)
async def test_a_signed_address_is_in_no_log_and_no_traceback(
    account: BinanceAccount,
    emulator: BinanceEmulator,
    clock: StillClock,
    caplog: pytest.LogCaptureFixture,
    fault: faults.Fault,
) -> None:
    """GET carries its signature in the address, which ccxt puts into the texts of its errors."""
    caplog.set_level(logging.DEBUG)
    emulator.faults.script(LOG, fault, times=2)  # a lost GET is asked for again by aiohttp
    with pytest.raises(DustError) as caught:
        await account.history(clock.now() - timedelta(days=1))
    shown = "".join(traceback.format_exception(caught.value)) + caplog.text
    for secret in (KEY, SECRET, "signature=", "timestamp="):
        assert secret not in shown
