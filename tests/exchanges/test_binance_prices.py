"""Prices that can't be had are told, and never taken for markets that do not exist."""

import asyncio

import pytest

from dust.errors import ExchangeRefused, ExchangeUnavailable
from exchanges.binance import BinanceAccount
from sandbox.binance import BinanceEmulator, faults
from tests.exchanges.steps import PRICES


def asked(emulator: BinanceEmulator) -> list[str]:
    """The symbols of each request."""
    return [request.params["symbols"] for request in emulator.requests if request.path == PRICES]


async def test_an_unlucky_look_for_unknown_markets_forgets_nothing(
    account: BinanceAccount, emulator: BinanceEmulator
) -> None:
    """A fault while each market is asked for by itself is no proof that a market is missing."""
    emulator.faults.script(PRICES, faults.refuse(-1121, "Invalid symbol."))
    emulator.faults.script(PRICES, faults.refuse(-1121, "Invalid symbol."))
    emulator.faults.script(PRICES, faults.refuse(-1100, "Illegal characters."))
    with pytest.raises(ExchangeRefused):
        await account.rates()
    rates = await account.rates()
    assert all(rates.knows(currency) for currency in ("USD", "USDT", "EUR", "GBP", "BTC", "BNB"))


async def test_a_refusal_of_prices_for_another_reason_is_told(
    account: BinanceAccount, emulator: BinanceEmulator
) -> None:
    emulator.faults.script(PRICES, faults.refuse(-1100, "Illegal characters."))
    with pytest.raises(ExchangeRefused) as caught:
        await account.rates()
    assert (caught.value.code, caught.value.message) == ("-1100", "Illegal characters.")
    assert len(asked(emulator)) == 1


async def test_all_markets_are_asked_for_in_one_request_as_documented(
    account: BinanceAccount, emulator: BinanceEmulator
) -> None:
    await account.rates()
    assert asked(emulator) == ['["BTCEUR","BTCGBP","BTCUSDC","BTCUSDT","BNBBTC"]']


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"symbol": "BTCUSDT", "price": "1"},
        [],
        [{"symbol": "BTCUSDT", "price": "0"}],
        [{"symbol": "BTCUSDT", "price": "-1"}],
        [{"symbol": "BTCUSDT", "price": None}],
        [{"symbol": "BTCUSDT"}],
        [{"symbol": "", "price": "1"}],
        ["BTCUSDT"],
    ],
)
async def test_what_is_no_price_is_not_shown_as_one(
    account: BinanceAccount, emulator: BinanceEmulator, answer: object
) -> None:
    emulator.faults.script(PRICES, faults.answer_json(answer))
    with pytest.raises(ExchangeUnavailable):
        await account.rates()
    assert (await account.rates()).knows("USD")


async def test_without_a_price_of_bnb_the_others_stand(
    account: BinanceAccount, emulator: BinanceEmulator
) -> None:
    emulator.faults.script(PRICES, faults.answer_json([{"symbol": "BTCUSDT", "price": "9e4"}]))
    rates = await account.rates()
    assert not rates.knows("BNB")
    assert rates.per_base["USD"] == 90_000


async def test_those_who_ask_while_one_gives_up_get_an_answer(
    account: BinanceAccount, emulator: BinanceEmulator
) -> None:
    """The one whose request is on its way is cancelled; the others must not be left waiting."""
    emulator.faults.script(PRICES, faults.hang(execute=True))
    first = asyncio.create_task(account.rates())
    await emulator.wait_request(lambda request: request.path == PRICES)
    second = asyncio.create_task(account.rates())
    first.cancel()
    assert (await second).knows("USD")
