"""The life of the process: it waits for Telegram, ends when it is told, and the demo is by itself."""

import re
import signal
from pathlib import Path

import httpx
import pytest

from tests.flows.house import House
from tests.flows.process import bot_process, environment, started

WRONG_TOKEN = "123456789:AAf4keTokenOfNobodyAtAll_0123456789"


async def test_a_token_that_telegram_refuses_ends_the_start_with_a_sentence(
    tmp_path: Path,
) -> None:
    async with (
        House.built(tmp_path) as house,
        bot_process(house, reachable=False, TELEGRAM_TOKEN=WRONG_TOKEN) as process,
    ):
        assert await process.ended() == 2
        assert process.log().splitlines()[-1] == (
            "TELEGRAM_TOKEN is not accepted by Telegram: copy it again from @BotFather."
        )
        assert "Traceback" not in process.log()
        assert WRONG_TOKEN not in process.log() + process.said()


async def test_it_waits_for_a_telegram_that_is_away_and_then_serves(tmp_path: Path) -> None:
    async with House.built(tmp_path) as house:
        port = int(house.telegram.url.rpartition(":")[2])
        await house.telegram.stop()
        async with bot_process(house, reachable=False) as process:
            await process.wrote("Telegram can't be reached, trying again")
            await house.telegram.start(port)
            await house.telegram.wait_poll(timeout=20)
            await house.ask("/dust", "Nothing to convert")
            assert await process.terminate() == 0
        assert "Traceback" not in process.log()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_with_code_0(tmp_path: Path, number: signal.Signals) -> None:
    async with House.built(tmp_path) as house, bot_process(house) as process:
        await house.ask("/help", "/dust")
        assert await process.terminate(number) == 0
        assert "serving as @dustpan_bot" in process.log()
        assert "bot.run: ending" in process.log()
        assert process.said() == ""


async def test_without_a_sub_command_it_serves_and_shows_the_code(tmp_path: Path) -> None:
    async with House.built(tmp_path) as house:
        (tmp_path / "cwd").mkdir()
        variables = environment(house) | {"ALLOWED_CHATS": ""}
        async with started(tmp_path / "cwd", **variables) as process:
            await process.wrote("/start ")
            code = re.search(r"\?start=(\S+)", process.said())
            assert code
            await house.ask(f"/start {code[1]}", "owner of the bot")
            assert await process.terminate() == 0
        assert code[1] not in process.log()


async def test_the_demo_uses_nothing_of_the_environment_and_leaves_nothing_behind(
    tmp_path: Path,
) -> None:
    folder, temporary = tmp_path / "cwd", tmp_path / "tmp"
    folder.mkdir()
    temporary.mkdir()
    async with House.built(tmp_path) as house:
        poison = environment(house) | {"LOG_LEVEL": "LOUD", "ACCOUNTS__EVIL__API_KEY": "key"}
        (folder / ".env").write_text("".join(f"{name}={value}\n" for name, value in poison.items()))
        async with started(folder, "demo", TMPDIR=str(temporary), **poison) as process:
            await process.wrote("Ctrl-C ends it.")
            url = re.search(r"http://127\.0\.0\.1:\d+", process.said())
            assert url
            async with httpx.AsyncClient(trust_env=False) as visitor:
                page = await visitor.get(url[0])
            assert page.status_code == 200
            assert "Dustpan" in page.text
            assert await process.terminate(signal.SIGINT) == 0
        assert process.log() == ""
        assert house.telegram.calls == []
        assert list(house.exchange.requests) == []
    assert list(temporary.iterdir()) == []
    assert [path.name for path in folder.iterdir()] == [".env"]
