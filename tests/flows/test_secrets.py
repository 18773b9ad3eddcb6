"""No secret leaves the process but for the two servers it belongs to, at any log level."""

import re
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest

from sandbox.binance import faults
from sandbox.telegram.faults import BadGateway, Refuse
from tests.flows.house import DUST, KEY, LIST, SECRET, TOKEN, House
from tests.flows.process import bot_process

SIGNATURE = re.compile(r"signature\W{1,4}[0-9a-f]{16}", re.IGNORECASE)
HEX = re.compile(r"\b[0-9a-f]{64}\b")


async def talk(house: House) -> None:
    """Everything that can go right, and much that can go wrong."""
    await house.ask("/start", "Dustpan")
    await house.ask("/settings currency EUR", "Currency: EUR")
    await house.ask("/settings nonsense", "There is no setting")
    await house.ask("/dust", "3 tokens")
    for fault in (
        faults.refuse(-2015, "Invalid API-key, IP, or permissions for action.", status=401),
        faults.refuse(-1022, "Signature for this request is not valid.", status=400),
        faults.refuse(-9999, f"Strange: {KEY}", status=400),
        faults.answer_text(f"<html>/sapi/v1?signature={'0f' * 32}&{KEY}", 500),
        faults.drop(execute=False),
        faults.cut(),
    ):
        house.exchange.faults.script(LIST, fault)
        await house.ask("/dust", "⚠️")
    house.telegram.faults.script("sendMessage", Refuse(400, "Bad Request: chat is asleep"))
    await house.say("/help")
    house.telegram.faults.script("editMessageText", BadGateway())
    await house.say("/dust")
    review = await house.review_all()
    quoted = f"<html>/sapi/v1/asset/dust?signature={'0f' * 32} {KEY}"
    house.exchange.faults.script(DUST, faults.answer_text(quoted, 500, execute=True))
    await review.tap("✅ Confirm")
    await house.shown("No clear answer from Binance")
    await house.ask("/history", "no clear answer")
    await house.chat.tap_data(review, "garbage")


def assert_clean(text: str, where: str, secrets: Iterable[str] = (TOKEN, KEY, SECRET)) -> None:
    for secret in (*secrets, TOKEN.partition(":")[2]):
        assert secret not in text, f"a secret is in {where}"
    assert not SIGNATURE.search(text), f"a signature is in {where}"


@pytest.mark.parametrize("log_format", ["text", "json"])
async def test_no_secret_in_logs_or_screens_or_database(
    empty_house: House, log_format: str
) -> None:
    house = empty_house
    house.sprinkle()
    async with bot_process(house, LOG_LEVEL="DEBUG", LOG_FORMAT=log_format) as process:
        await talk(house)
        assert await process.terminate() == 0
    assert "getUpdates" in process.log(), "the log is that of DEBUG"
    assert_clean(process.log(), "the log")
    assert_clean(process.said(), "stdout")
    assert not HEX.search(process.log()), "no signature goes by another name"
    for path in files_of(house):
        assert_clean(path.read_bytes().decode("latin-1"), path.name)
    for call in house.telegram.calls:
        assert_clean(str(call.params), call.method)


def files_of(house: House) -> list[Path]:
    """The database with all that lies beside it."""
    files = [path for path in house.settings["database_path"].parent.iterdir() if path.is_file()]
    assert house.settings["database_path"] in files
    return files


async def test_the_word_of_the_exchange_can_carry_no_secret_into_the_chat(house: House) -> None:
    review = await house.review_all()
    house.exchange.faults.script(DUST, faults.refuse(-1102, f"Unknown key {KEY}", status=400))
    await review.tap("✅ Confirm")
    await house.shown("refused")
    house.clock.jump(timedelta(minutes=1))
    await house.ask("/history", "refused")
    for message in house.chat.messages:
        assert_clean(message.text, "a message")
