"""Keys of which the exchange knows only the public half."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from urllib.parse import quote_plus

import aiohttp
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sandbox.binance import BinanceEmulator
from sandbox.binance.auth import sign
from tests.sandbox.binance.client import DUST_BTC, KEY, Client, Clock

Pair = Ed25519PrivateKey | RSAPrivateKey


@pytest.fixture(
    scope="module",
    params=[Ed25519PrivateKey.generate, lambda: generate_private_key(65537, 2048)],
    ids=["Ed25519", "RSA"],
)
def pair(request: pytest.FixtureRequest) -> Pair:
    made: Pair = request.param()
    return made


@pytest.fixture
async def client(pair: Pair, clock: Clock) -> AsyncIterator[Client]:
    async with (
        BinanceEmulator(KEY, public(pair), clock) as exchange,
        aiohttp.ClientSession() as session,
    ):
        yield Client(session, exchange, clock)


def public(pair: Pair) -> str:
    key = pair.public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def signed(pair: Pair, text: str) -> str:
    match pair:
        case Ed25519PrivateKey():
            raw = pair.sign(text.encode())
        case RSAPrivateKey():
            raw = pair.sign(text.encode(), PKCS1v15(), SHA256())
    return quote_plus(base64.b64encode(raw))


async def test_what_the_pair_signed_passes(client: Client, pair: Pair, clock: Clock) -> None:
    text = f"timestamp={clock.milliseconds()}"
    signature = signed(pair, text)
    reply = await client.raw("POST", DUST_BTC, "", f"{text}&signature={signature}")
    assert reply.status == 200, reply
    assert [request.signature for request in client.exchange.requests] == [signature]


async def test_everything_else_is_no_signature(client: Client, pair: Pair, clock: Clock) -> None:
    text = f"timestamp={clock.milliseconds()}"
    for signature in (
        signed(pair, text + "0"),
        signed(Ed25519PrivateKey.generate(), text),
        sign(public(pair), text),
        "no base64!",
        quote_plus(base64.b64encode(b"short")),
    ):
        reply = await client.raw("POST", DUST_BTC, "", f"{text}&signature={signature}")
        assert (reply.status, reply.code) == (400, -1022), signature
