"""No secret leaves the process but for the two servers it belongs to, at any log level."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from bot import demo
from sandbox.binance import faults
from sandbox.telegram.faults import BadGateway, Refuse
from tests.flows.house import DUST, KEY, LIST, SECRET, TOKEN, House
from tests.flows.leaks import Leaks
from tests.flows.process import bot_process, environment, started


@dataclass(frozen=True, slots=True)
class Credentials:
    """What signs, and what the exchange knows of it."""

    secret: str
    known: str


def shared() -> Credentials:
    """An HMAC secret."""
    return Credentials(SECRET, SECRET)


def pair() -> Credentials:
    """An Ed25519 key; the exchange has its public half."""
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return Credentials(private.decode(), public.decode())


def page(secret: str) -> faults.Fault:
    """The page of a proxy that quotes the request."""
    quoted = f"<html>/sapi/v1/asset/dust?signature={'0f' * 32} {KEY} {secret}"
    return faults.answer_text(quoted, 500, execute=True)


def success(secret: str) -> faults.Fault:
    """A success without sense that does so."""
    return faults.answer_json({"asked": {"key": KEY, "signature": secret}}, execute=True)


async def talk(house: House, secret: str, odd: faults.Fault) -> None:
    """Everything that can go right, and much that can go wrong; it ends in doubt."""
    await house.ask("/start", "Dustpan")
    await house.ask("/settings currency EUR", "Currency: EUR")
    await house.ask("/settings nonsense", "There is no setting")
    await house.ask("/dust", "3 tokens")
    for fault in (
        faults.refuse(-2015, "Invalid API-key, IP, or permissions for action.", status=401),
        faults.refuse(-1022, "Signature for this request is not valid.", status=400),
        faults.refuse(-9999, f"Strange: {KEY}", status=400),
        faults.answer_text(f"<html>/sapi/v1?signature={'0f' * 32}&{KEY} {secret}", 500),
        faults.answer_text(f"{KEY} {secret}"),
        faults.answer_json([{KEY: secret}]),
        faults.drop(execute=False),
        faults.cut(),
    ):
        house.exchange.faults.script(LIST, fault)
        await house.ask("/dust", "⚠️")
    house.telegram.faults.script("sendMessage", Refuse(400, "Bad Request: chat is asleep"))
    await house.say("/help")
    house.telegram.faults.script("editMessageText", BadGateway())
    await house.say("/dust")
    refused = await house.review_all()
    house.exchange.faults.script(DUST, faults.refuse(-1102, f"Bad {KEY} {secret}", status=400))
    await refused.tap("✅ Confirm")
    await house.shown("refused")
    await doubt(house, odd)
    await house.chat.tap_data(refused, "garbage")


async def doubt(house: House, odd: faults.Fault) -> None:
    """A conversion that went through, with an answer that says nothing and quotes everything."""
    review = await house.review_all()
    house.exchange.faults.script(DUST, odd)
    await review.tap("✅ Confirm")
    await house.shown("No clear answer from Binance")
    await house.ask("/history", "no clear answer")


@pytest.mark.parametrize(
    ("credentials", "odd", "log_format"), [(shared, page, "text"), (pair, success, "json")]
)
async def test_no_secret_in_logs_or_screens_or_files(
    empty_house: House,
    credentials: Callable[[], Credentials],
    odd: Callable[[str], faults.Fault],
    log_format: str,
) -> None:
    """A conversation with faults, a crash amid a doubt, a second life, and a backup."""
    house, held = empty_house, credentials()
    house.sprinkle()
    house.exchange.key.api_secret = held.known
    loud: dict[str, Any] = {
        "EXCHANGE_API_SECRET": held.secret,
        "LOG_LEVEL": "DEBUG",
        "LOG_FORMAT": log_format,
        "PYTHONASYNCIODEBUG": "1",
    }
    async with bot_process(house, **loud) as process:
        await talk(house, held.secret, odd(held.secret))
        await process.kill()
    async with bot_process(house, **loud) as process:
        await house.shown("Checked: the conversion of", timeout=20)
        copy = str(house.folder / "copy.sqlite3")
        variables = environment(house) | loud
        async with started(house.folder / "empty", "backup", copy, **variables) as backup:
            assert await backup.ended() == 0
        assert await process.terminate() == 0
    log = process.log()
    assert all(name in log for name in ("getUpdates", "httpx", "httpcore", "asyncio"))
    check_everything(house, Leaks.of((TOKEN, KEY, held.secret, *signatures(house))))


def signatures(house: House) -> list[str]:
    """Those that went over the wire."""
    made = [request.signature for request in house.exchange.requests if request.signed]
    assert len(made) > 10
    return made


def check_everything(house: House, leaks: Leaks) -> None:
    """Files: both logs, the database with all that lies beside it, the copy. And what Telegram was told."""
    names = check_files(house.folder, leaks)
    assert {"stdout", "stderr", "dustpan.sqlite3", "copy.sqlite3"} <= names
    for call in house.telegram.calls:
        leaks.check(str(call.params), call.method)


def check_files(folder: Path, leaks: Leaks) -> set[str]:
    """Every file below the folder; their names."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    for path in files:
        leaks.check(path.read_bytes().decode("latin-1"), path.name)
    return {path.name for path in files}


async def test_the_word_of_the_exchange_can_carry_no_secret_into_the_chat(house: House) -> None:
    review = await house.review_all()
    house.exchange.faults.script(DUST, faults.refuse(-1102, f"Unknown key {KEY}", status=400))
    await review.tap("✅ Confirm")
    await house.shown("refused")
    house.clock.jump(timedelta(minutes=1))
    await house.ask("/history", "refused")
    leaks = Leaks.of((TOKEN, KEY, SECRET))
    for message in house.chat.messages:
        leaks.check(message.text, "a message")


async def test_the_demo_page_shows_not_even_made_up_secrets(tmp_path: Path) -> None:
    leaks = Leaks.of((demo._TOKEN, demo._KEY, demo._SECRET))
    async with demo.playing(tmp_path) as url, aiohttp.ClientSession(url) as visitor:
        for path in ("/", "/api/state", "/static/main.js"):
            async with visitor.get(path) as page:
                leaks.check(await page.text(), path)
        async with visitor.ws_connect("/api/live") as live:
            await visitor.post("/api/send", json={"text": "/dust"})
            said = ""
            while "You get about" not in said:
                said = await live.receive_str(timeout=20)
                leaks.check(said, "what the page hears")
    check_files(tmp_path, leaks)


def test_what_looks_for_leaks_finds_them() -> None:
    leaks = Leaks.of(
        (TOKEN, "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw\n-----END PRIVATE KEY-----")
    )
    half = TOKEN.partition(":")[2]
    for text in (
        TOKEN,
        half,
        "a MC4CAQAwBQYDK2Vw b",
        f"signature={'0f' * 32}",
        half.encode().hex(),
    ):
        with pytest.raises(AssertionError):
            leaks.check(text, "here")
    leaks.check("signature=[redacted] and the bot 110201543", "here")
