"""Keys of all kinds sign, and no secret shows up anywhere else."""

import base64
import logging
import traceback
from urllib.parse import parse_qs

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from dust.conversion import Refused
from dust.errors import CredentialsRejected, DustError
from dust.refusal import RefusalKind
from exchanges.binance import BinanceAccount
from exchanges.pause import Pauses
from exchanges.registry import SUPPORTED, open_account
from sandbox.binance import BinanceEmulator, faults
from tests.exchanges.canned import Canned, CannedServer, sample
from tests.exchanges.steps import DUST, KEY, LIST, SECRET, StillClock, an_attempt, open_binance
from tests.factories import a_quote

BROKEN = "-----BEGIN PRIVATE KEY-----\nnot-a-key-but-still-secret\n-----END PRIVATE KEY-----"


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda pem: pem, id="as it is"),
        pytest.param(lambda pem: pem + "\n\n", id="line ends too many"),
        pytest.param(lambda pem: pem.replace("\n", "\r\n"), id="line ends of Windows"),
        pytest.param(lambda pem: pem.strip().replace("\n", "\\n"), id="line ends written out"),
    ],
)
async def test_an_ed25519_key_signs_however_its_lines_end(
    canned: CannedServer, clock: StillClock, spoil: object
) -> None:
    assert callable(spoil)
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    canned.answers[LIST] = Canned(sample("dust_btc.json"))
    account = open_binance(canned.url, clock, secret=spoil(pem))
    await account.candidates()
    await account.close()
    signed, _, signature = canned.forms[-1]["body"].partition("&signature=")
    raw = base64.b64decode(parse_qs(f"s={signature}")["s"][0])
    key.public_key().verify(raw, signed.encode())


async def test_a_secret_with_blanks_around_it_signs(
    emulator: BinanceEmulator, clock: StillClock
) -> None:
    account = open_binance(emulator.url, clock, secret=f" {SECRET}\n")
    assert len((await account.candidates()).items) == 3
    await account.close()


@pytest.mark.parametrize("secret", [BROKEN, ""])
async def test_a_key_that_is_none_is_rejected_before_anything_leaves(
    canned: CannedServer, clock: StillClock, secret: str
) -> None:
    account = open_binance(canned.url, clock, secret=secret)
    with pytest.raises(CredentialsRejected) as caught:
        await account.candidates()
    result = await account.execute(an_attempt(a_quote(), clock.now()))
    await account.close()
    assert isinstance(result, Refused)
    assert result.refusal.kind is RefusalKind.KEY_REJECTED
    assert canned.count(LIST) == canned.count(DUST) == 0
    shown = "".join(traceback.format_exception(caught.value))
    assert "still-secret" not in shown


async def test_no_key_and_no_signature_in_logs_and_tracebacks(
    account: BinanceAccount,
    emulator: BinanceEmulator,
    clock: StillClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in list(logging.root.manager.loggerDict):
        if name.startswith("ccxt"):
            logging.getLogger(name).setLevel(logging.DEBUG)
    attempt = an_attempt(await account.prepare(), clock.now())
    shown = [repr(await account.execute(attempt))]
    for fault in (faults.drop(execute=False), faults.refuse(-2015, "Invalid."), faults.cut()):
        emulator.faults.script(LIST, fault)
        with pytest.raises(DustError) as caught:
            await account.candidates()
        shown.append("".join(traceback.format_exception(caught.value)))
    everything = caplog.text + "".join(shown)
    assert KEY not in everything
    assert SECRET not in everything
    assert "signature=" not in everything


async def test_no_call_goes_to_the_exchange_s_own_hosts(
    account: BinanceAccount, emulator: BinanceEmulator
) -> None:
    assert all(url.startswith(emulator.url) for url in account._wire.client.urls["api"].values())


async def test_an_account_is_opened_by_its_exchange_s_id(
    emulator: BinanceEmulator, clock: StillClock
) -> None:
    account = open_account(
        "binance",
        name="main",
        api_key=KEY,
        api_secret=SECRET,
        api_url=emulator.url,
        clock=clock,
        pauses=Pauses(clock),
    )
    assert "binance" in SUPPORTED
    assert account.capabilities.exchange == "binance"
    assert (await account.check_key()).can_convert is True
    await account.close()


def test_an_exchange_that_is_not_supported_is_named(clock: StillClock) -> None:
    with pytest.raises(ValueError, match=r"'mtgox' is not supported\. Supported: binance\."):
        open_account(
            "mtgox", name="main", api_key="", api_secret="", clock=clock, pauses=Pauses(clock)
        )
