"""The bot's face in Telegram: menu, help and descriptions, from one table."""

import logging

import pytest

from handlers.routes import COMMANDS
from sandbox.telegram.faults import BadGateway, Refuse
from tests.flows.house import House

EVERYONE = ('{"type": "default"}', "")


def called(house: House, method: str) -> int:
    """How often the bot has called this."""
    return sum(call.method == method for call in house.telegram.calls)


async def dressed(house: House, times: int = 1) -> None:
    """Waits until the bot has asked the last thing about itself, so many times."""

    def seen() -> bool | None:
        return called(house, "getMyShortDescription") == times or None

    await house.telegram.world.changes.until(seen, 5)


async def test_help_and_menu_name_the_same_commands(house: House) -> None:
    await dressed(house)
    menu = house.telegram.commands[EVERYONE]
    assert [row["command"] for row in menu] == [route.name for route in COMMANDS]
    for text in ("/help", "/start"):
        answer = await house.ask(text, "What you can send" if text == "/help" else "👋")
        for row in menu:
            assert f"/{row['command']} – {row['description']}" in answer.text


async def test_a_menu_that_is_right_is_left_alone(empty_house: House) -> None:
    house = empty_house
    for start in (1, 2):
        async with house.running():
            await dressed(house, start)
    assert called(house, "setMyCommands") == 1
    assert called(house, "setMyDescription") == 1
    assert called(house, "setMyShortDescription") == 1


async def test_a_menu_of_another_version_is_replaced(empty_house: House) -> None:
    house = empty_house
    house.telegram.world.profile.commands[EVERYONE] = [{"command": "old", "description": "gone"}]
    async with house.running():
        await dressed(house)
    assert "old" not in [row["command"] for row in house.telegram.commands[EVERYONE]]


async def test_what_the_owner_wrote_about_the_bot_stays(empty_house: House) -> None:
    house = empty_house
    texts = house.telegram.world.profile.texts
    texts[("description", "")] = "My own bot"
    texts[("name", "")] = "Sweepy"
    async with house.running():
        await dressed(house)
    assert texts[("description", "")] == "My own bot"
    assert "dust" in texts[("short_description", "")].lower()
    assert texts[("name", "")] == "Sweepy"
    assert called(house, "setMyName") == 0


@pytest.mark.parametrize("fault", [BadGateway(), Refuse.flood(3000), Refuse(400, "Bad Request")])
async def test_a_menu_that_can_not_be_set_is_one_line_in_the_log(
    empty_house: House, caplog: pytest.LogCaptureFixture, fault: BadGateway | Refuse
) -> None:
    house = empty_house
    house.telegram.faults.script("setMyCommands", fault)
    async with house.running():
        await house.telegram.wait_call(lambda call: call.method == "setMyCommands")
        await house.ask("/dust", "Nothing to convert")
    lines = [r for r in caplog.records if r.name.startswith("bot") and r.levelno > logging.INFO]
    assert len(lines) == 1
    assert "the command menu could not be set" in lines[0].getMessage()
    assert lines[0].exc_info is None


async def test_a_start_with_words_after_it_is_a_start(house: House) -> None:
    await house.ask("/start from-a-link", "👋 Dustpan", "/dust –")
