"""An update that can't be read, as an old Bot API server may send it, keeps no other from being heard."""

import logging
from typing import Any

import pytest

from tests.flows.house import House
from tests.intruders.scene import tracebacks

HEAD = {"message_id": 1, "date": 1, "chat": {"id": 1001, "type": "private"}}
WITHOUT_A_DATE = {"message": {"message_id": 1, "chat": {"id": 1001, "type": "private"}}}
OLD_POLL = {"message": {**HEAD, "poll": {"id": "1", "question": "?", "options": []}}}
OF_ANOTHER_SHAPE = {"message": "hello"}


@pytest.mark.parametrize("update", [WITHOUT_A_DATE, OLD_POLL, OF_ANOTHER_SHAPE, {"message": []}])
async def test_an_update_that_cannot_be_read_is_told_once_and_passed_over(
    house: House, update: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with house.running():
        await house.looked()
        house.telegram.push_raw(update)
        await house.ask("/dust", "3 tokens")
    assert tracebacks(caplog) == []
    unread = [r.getMessage() for r in caplog.records if "could not be read" in r.getMessage()]
    assert len(unread) == 1
    assert "main" not in unread[0], "nothing of its content is told"
