"""What nobody expected ends in a sentence, and never in silence or for a stranger."""

import logging

import pytest

from sandbox.telegram.faults import Refuse
from tests.flows.damage import spoil_settings
from tests.flows.house import House


async def test_settings_that_can_not_be_read_are_told_with_the_reference_of_the_log(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    await spoil_settings(house, house.chat.id)
    failure = await house.ask(
        "/settings", "Something went wrong on my side", "Nothing is sent twice"
    )
    logged = next(record for record in caplog.records if record.levelno == logging.ERROR)
    assert f"({logged.getMessage().replace('failure', 'reference')})" in failure.text


async def test_what_telegram_reports_of_the_chat_itself_is_not_talked_to(house: House) -> None:
    pinned = await house.ask("/help", "/dust")
    house.telegram.push_raw(
        {
            "message": {
                "message_id": 900,
                "date": 1,
                "chat": house.chat.as_json(),
                "from": house.anna.as_json(),
                "pinned_message": pinned.as_json(),
            }
        }
    )
    asked = await house.say("hello")
    await house.shown("I don't know that one", after=asked)
    assert len([m for m in house.chat.messages if "I don't know" in m.text]) == 1


async def test_an_answer_that_telegram_refuses_leaves_the_next_one_alone(house: House) -> None:
    house.telegram.faults.script("sendMessage", Refuse(400, "Bad Request: chat is sleeping"))
    await house.say("/help")
    await house.ask("/dust", "3 tokens")
