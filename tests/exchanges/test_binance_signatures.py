"""What goes over the wire is signed exactly as it is sent, with every kind of key that Binance takes."""

import base64
from datetime import UTC, datetime
from urllib.parse import unquote

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as new_ec_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as new_rsa_key
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)

from dust.conversion import Refused
from dust.errors import CredentialsRejected
from dust.refusal import RefusalKind
from exchanges.binance import BinanceAccount
from exchanges.pause import Pauses
from tests.exchanges.canned import Canned, CannedServer, sample
from tests.exchanges.steps import DUST, LIST, StillClock, an_attempt, open_binance
from tests.factories import a_quote

#: 1700000000000 in milliseconds, as on the server with prepared answers.
FROZEN = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


def pem(
    key: PrivateKeyTypes,
    form: PrivateFormat = PrivateFormat.PKCS8,
    encryption: KeySerializationEncryption | None = None,
) -> str:
    return key.private_bytes(Encoding.PEM, form, encryption or NoEncryption()).decode()


@pytest.fixture(scope="module")
def rsa_key() -> RSAPrivateKey:
    """Slow to make."""
    return new_rsa_key(65537, 2048)


async def signed_and_signature(canned: CannedServer, secret: str) -> tuple[bytes, bytes]:
    """Of a reading with this key: the text as it was sent, and its signature."""
    canned.answers[LIST] = Canned(sample("dust_btc.json"))
    account = open_binance(canned.url, StillClock(), secret=secret)
    try:
        await account.candidates()
    finally:
        await account.close()
    text, _, signature = canned.forms[-1]["body"].partition("&signature=")
    return text.encode(), base64.b64decode(unquote(signature), validate=True)


@pytest.mark.parametrize(
    ("assets", "body"),
    [
        (
            ["BTC", "USDT"],
            "timestamp=1700000000000&asset=BTC%2CUSDT&recvWindow=10000&signature="
            "632c51734693ca03c5222e809058d1878e4039525db5530634479e93c558b083",
        ),
        (
            ["BTC"],
            "timestamp=1700000000000&asset=BTC&recvWindow=10000&signature="
            "59b5967dedc27425a6e3288824932761254e2c9ffaf6bf7e731afd58a4b26992",
        ),
    ],
)
async def test_the_bytes_of_a_conversion(
    canned: CannedServer, assets: list[str], body: str
) -> None:
    canned.answers[DUST] = Canned("{}")
    clock = StillClock(FROZEN)
    account = BinanceAccount(
        name="main",
        api_key="K",
        api_secret="S",
        api_url=canned.url,
        clock=clock,
        pauses=Pauses(clock),
    )
    await account.execute(an_attempt(a_quote(*assets), clock.now()))
    await account.close()
    assert canned.forms[-1] == {"body": body, "query": ""}


@pytest.mark.parametrize("form", [PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL])
async def test_an_rsa_key_signs(
    canned: CannedServer, rsa_key: RSAPrivateKey, form: PrivateFormat
) -> None:
    text, signature = await signed_and_signature(canned, pem(rsa_key, form))
    rsa_key.public_key().verify(signature, text, PKCS1v15(), SHA256())


async def test_an_rsa_key_on_one_line_signs(canned: CannedServer, rsa_key: RSAPrivateKey) -> None:
    text, signature = await signed_and_signature(canned, pem(rsa_key).replace("\n", "\\n"))
    rsa_key.public_key().verify(signature, text, PKCS1v15(), SHA256())


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(lambda text: text.replace("\n", "\n    "), id="indented"),
        pytest.param(lambda text: text.replace("\n", "  \n"), id="blanks at the ends of lines"),
        pytest.param(lambda text: text.replace("\n", "\n\n"), id="empty lines"),
        pytest.param(lambda text: text.strip().replace("\n", " "), id="blanks for line ends"),
        pytest.param(lambda text: text.strip().replace("\n", "\\r\\n"), id="written out"),
        pytest.param(lambda text: f'"{text.strip()}"', id="in quotes"),
    ],
)
async def test_an_ed25519_key_signs_however_it_was_pasted(
    canned: CannedServer, written: object
) -> None:
    assert callable(written)
    key = Ed25519PrivateKey.generate()
    text, signature = await signed_and_signature(canned, written(pem(key)))
    key.public_key().verify(signature, text)


@pytest.mark.parametrize(
    "secret",
    [
        pytest.param(pem(new_ec_key(SECP256R1())), id="another algorithm"),
        pytest.param(
            pem(Ed25519PrivateKey.generate(), encryption=BestAvailableEncryption(b"p")),
            id="encrypted",
        ),
        pytest.param(pem(Ed25519PrivateKey.generate())[:70], id="cut"),
    ],
)
async def test_a_key_that_cannot_sign_is_told_as_a_rejected_one(
    canned: CannedServer, clock: StillClock, secret: str
) -> None:
    account = open_binance(canned.url, clock, secret=secret)
    with pytest.raises(CredentialsRejected):
        await account.candidates()
    result = await account.execute(an_attempt(a_quote(), clock.now()))
    await account.close()
    assert isinstance(result, Refused)
    assert result.refusal.kind is RefusalKind.KEY_REJECTED
    assert canned.count(LIST) == canned.count(DUST) == 0
