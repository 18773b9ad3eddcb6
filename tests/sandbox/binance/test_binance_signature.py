"""Who gets in: keys, signatures, times and permissions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from sandbox.binance import BinanceEmulator
from sandbox.binance.auth import sign
from tests.sandbox.binance.client import DUST, DUST_BTC, KEY, SECRET, Client, Clock

DOCUMENTED_SECRET = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j"
WHOLE = (
    "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1"
    "&recvWindow=5000&timestamp=1499827319559"
)
FIRST_HALF = "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC"
SECOND_HALF = "quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559"
WHOLE_SIGNATURE = "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71"
HALVES_SIGNATURE = "0fd168b8ddb4876a0358a8d14d0c9f3da0e9b20c5d52b2a00fcf7d1c602f9a77"

AT_2017 = datetime.fromtimestamp(1499827319.559, UTC)
AT_2023 = datetime.fromtimestamp(1700000000, UTC)


@pytest.fixture
async def documented(clock: Clock) -> AsyncIterator[Client]:
    """An account with the secret and at the moment of the documentation's examples."""
    clock.at = AT_2017
    async with (
        BinanceEmulator(KEY, DOCUMENTED_SECRET, clock) as exchange,
        aiohttp.ClientSession() as session,
    ):
        yield Client(session, exchange, clock)


@pytest.fixture
async def ccxt_account(clock: Clock) -> AsyncIterator[Client]:
    """An account with the key "K" and the secret "S" that owns nothing."""
    clock.at = AT_2023
    async with BinanceEmulator("K", "S", clock) as exchange, aiohttp.ClientSession() as session:
        yield Client(session, exchange, clock)


@pytest.mark.parametrize(
    ("query", "body"),
    [
        (f"{WHOLE}&signature={WHOLE_SIGNATURE}", ""),
        ("", f"{WHOLE}&signature={WHOLE_SIGNATURE}"),
        (FIRST_HALF, f"{SECOND_HALF}&signature={HALVES_SIGNATURE}"),
        (f"signature={HALVES_SIGNATURE}&{FIRST_HALF}", SECOND_HALF),
        ("", f"{WHOLE}&signature={WHOLE_SIGNATURE.upper()}"),
    ],
)
async def test_documented_signatures_pass(documented: Client, query: str, body: str) -> None:
    reply = await documented.raw("POST", DUST_BTC, query, body)
    assert reply.status == 200, reply


async def test_halves_are_glued_without_a_separator(documented: Client) -> None:
    glued_with_ampersand = sign(DOCUMENTED_SECRET, f"{FIRST_HALF}&{SECOND_HALF}")
    body = f"{SECOND_HALF}&signature={glued_with_ampersand}"
    reply = await documented.raw("POST", DUST_BTC, FIRST_HALF, body)
    assert (reply.status, reply.code) == (400, -1022)


@pytest.mark.parametrize(
    ("assets", "signature"),
    [
        (
            "asset=BTC&asset=USDT",
            "a9a6140acc045a33d716ada52c19e8f79715e3d9f8a56a67d026391faf74f0e0",
        ),
        (
            "asset=BTC%2CUSDT",
            "632c51734693ca03c5222e809058d1878e4039525db5530634479e93c558b083",
        ),
        ("asset=BTC", "59b5967dedc27425a6e3288824932761254e2c9ffaf6bf7e731afd58a4b26992"),
    ],
)
async def test_requests_as_ccxt_sends_them_reach_the_dust_desk(
    ccxt_account: Client, assets: str, signature: str
) -> None:
    body = f"timestamp=1700000000000&{assets}&recvWindow=10000&signature={signature}"
    reply = await ccxt_account.raw("POST", DUST, body=body, key="K")
    assert (reply.status, reply.code) == (400, -5003)


async def test_preview_as_ccxt_sends_it_is_answered(ccxt_account: Client) -> None:
    signature = "3a4718294f402df3c7dfee42b6890843abf85d2a6da087145c02a247fae02fc7"
    body = f"timestamp=1700000000000&recvWindow=10000&signature={signature}"
    reply = await ccxt_account.raw("POST", DUST_BTC, body=body, key="K")
    assert reply.json["details"] == []


async def test_the_query_string_wins_over_the_body(client: Client) -> None:
    stamp = client.clock.milliseconds()
    query, body = f"asset=ADA&timestamp={stamp}", "timestamp=1"
    signature = sign(SECRET, query + body)
    reply = await client.raw("POST", DUST, query, f"{body}&signature={signature}")
    assert reply.status == 200


@pytest.mark.parametrize(
    ("behind", "window", "code"),
    [
        (timedelta(milliseconds=5000), "", 0),
        (timedelta(milliseconds=5001), "", -1021),
        (timedelta(milliseconds=-999), "", 0),
        (timedelta(milliseconds=-1000), "", -1021),
        (timedelta(milliseconds=59999), "&recvWindow=60000", 0),
        (timedelta(milliseconds=101), "&recvWindow=100.5", -1021),
        (timedelta(0), "&recvWindow=60001", -1131),
    ],
)
async def test_the_receive_window(
    client: Client, behind: timedelta, window: str, code: int
) -> None:
    stamp = client.clock.milliseconds() - behind // timedelta(milliseconds=1)
    text = f"timestamp={stamp}{window}"
    reply = await client.raw("POST", DUST_BTC, f"{text}&signature={sign(SECRET, text)}")
    assert reply.json.get("code", 0) == code


async def test_microseconds_are_a_timestamp_too(client: Client) -> None:
    text = f"timestamp={client.clock.milliseconds()}000"
    reply = await client.raw("POST", DUST_BTC, f"{text}&signature={sign(SECRET, text)}")
    assert reply.status == 200


async def test_name_that_was_signed_before_encoding_is_refused(client: Client) -> None:
    text = f"asset=币安人生&timestamp={client.clock.milliseconds()}"
    reply = await client.raw("POST", DUST, body=f"{text}&signature={sign(SECRET, text)}")
    assert reply.code == -1022


async def test_key_of_somebody_else_is_refused(client: Client) -> None:
    reply = await client.signed("POST", DUST_BTC, key="another-key")
    assert (reply.status, reply.code) == (401, -2015)


async def test_key_without_reading_sees_nothing(client: Client) -> None:
    client.exchange.key.reading = False
    assert (await client.signed("POST", DUST_BTC)).code == -2015


async def test_key_without_trading_sees_dust_but_converts_none(client: Client) -> None:
    client.exchange.key.trading = False
    assert (await client.signed("POST", DUST_BTC)).status == 200
    assert (await client.convert("ADA")).code == -2015
    assert not client.exchange.conversions


async def test_revoked_key_and_foreign_address_are_refused(client: Client) -> None:
    client.exchange.key.ip_allowed = False
    assert (await client.signed("POST", DUST_BTC)).code == -2015
    client.exchange.key.ip_restricted = False
    assert (await client.signed("POST", DUST_BTC)).status == 200
    client.exchange.key.revoked = True
    assert (await client.signed("POST", DUST_BTC)).code == -2015
