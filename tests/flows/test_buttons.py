"""Every tap is answered: once, at once, and with a sentence where it leads nowhere."""

import asyncio
import logging
from datetime import timedelta

import pytest

from sandbox.binance import faults
from sandbox.telegram import Message
from tests.flows.house import BALANCES, DUST, LIST, House

OUTDATED = "This button is out of date, send /dust"


def answers(house: House) -> int:
    """How often the bot has tried to answer a tap."""
    return len([call for call in house.telegram.calls if call.method == "answerCallbackQuery"])


def data_of(message: Message, label: str) -> str:
    """What the button with this label carries."""
    buttons = [button for row in message.buttons for button in row]
    return next(button.data or "" for button in buttons if button.text.startswith(label))


@pytest.mark.parametrize(
    "data",
    [
        "refresh",
        "0",
        ":",
        "zz9:main",
        "rd0:main",
        "rd1",
        "rd1:",
        "rd1:old_account",
        "rd1:main:1",
        "td1:main:-1",
        "td1:main:one",
        "td1:main:1.0",
        "ca1:old_account",
        "sp1:old_account:0",
        "tp1:old_account:abc",
        "tt1:0123456789abcdef:0",
        "sr1:0123456789abcdef",
        "cy1:0123456789abcdef",
        "cn1:0123456789abcdef",
        "or1:0123456789abcdef",
        "ck1:0123456789abcdef",
        "wy1:0123456789abcdef",
        "ss1:colour",
        "cs1:colour:blue",
        "cs1:currency:XYZ",
        "cs1:currency:",
        "cs1:threshold:5 GBP",
        "cs1:protect:ADA",
        "sz1:999999999",
        "zc1:-1",
        "cy1:' OR 1=1 --",
        "é" * 32,
    ],
)
async def test_button_from_old_version_is_answered(house: House, data: str) -> None:
    message = await house.ask("/help", "/dust")
    before = message.version
    answer = await house.chat.tap_data(message, data)
    assert answer.text == OUTDATED
    assert message.version == before
    assert answers(house) == 1


async def test_a_review_of_another_chat_can_not_be_confirmed_here(empty_house: House) -> None:
    house = empty_house
    house.sprinkle()
    group = house.telegram.group(-100500, "Traders", [house.anna])
    async with house.running(allowed_chats=[1001, -100500]):
        review = await house.review_all()
        selection = await house.ask("/convert", "Which tokens")
        await group.send("/help")
        elsewhere = await group.wait(lambda message: "/dust" in message.text)
        for stolen in (
            data_of(review, "✅ Confirm"),
            data_of(review, "Cancel"),
            data_of(selection, "☐ ADA"),
        ):
            answer = await group.tap_data(elsewhere, stolen)
            assert answer.text == OUTDATED
        assert house.sent() == []
        await review.tap("✅ Confirm")
        await house.shown("Converted 3 tokens")


@pytest.mark.parametrize(
    ("label", "then"),
    [
        ("Refresh", "ADA 4"),
        ("Convert all", "It can't be undone"),
        ("Choose tokens", "Which tokens"),
        ("Protect…", "Protected tokens"),
    ],
)
async def test_a_tap_is_answered_before_the_exchange_is_asked(
    house: House, label: str, then: str
) -> None:
    report = await house.ask("/dust", "3 tokens")
    house.sprinkle(ADA="2")
    house.clock.jump(timedelta(minutes=3))
    answered = asyncio.Event()
    for path in (LIST, BALANCES):
        house.exchange.faults.script(path, faults.hold(answered), times=9)
    answer = await report.tap(label)
    assert answer.text == ""
    answered.set()
    await house.shown(then)
    assert answers(house) == 1


async def test_confirm_is_answered_before_the_exchange_is_asked(house: House) -> None:
    review = await house.review_all()
    before = len(house.exchange.requests)
    answered = asyncio.Event()
    house.exchange.faults.script(LIST, faults.hold(answered), times=9)
    assert (await review.tap("✅ Confirm")).text == ""
    await house.shown("Converting 3 tokens")
    assert not any(request.path == DUST for request in house.exchange.requests[before:])
    answered.set()
    await house.shown("Converted 3 tokens")
    assert answers(house) == 1


async def test_a_tap_that_waited_too_long_for_an_answer_is_followed(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    review = await house.review_all()
    report = await house.ask("/dust", "3 tokens")
    house.telegram.query_lifetime = timedelta(seconds=-1)
    report.tap_nowait("Protect…")
    await house.shown("Protected tokens")
    house.chat.tap(report, "old")
    review.tap_nowait("✅ Confirm")
    await house.shown("Converted 3 tokens")
    assert answers(house) == 3
    assert [r for r in caplog.records if r.levelno >= logging.WARNING] == []


async def test_a_message_that_telegram_no_longer_shows_has_no_working_buttons(
    house: House,
) -> None:
    review = await house.review_all()
    review.deleted = True
    assert (await review.tap("✅ Confirm")).text == OUTDATED
    assert house.sent() == []


async def test_what_opens_a_new_message_works_below_one_that_is_gone(house: House) -> None:
    report = await house.ask("/dust", "3 tokens")
    report.deleted = True
    await report.tap("Choose tokens")
    await house.shown("Which tokens", after=report.id)


async def test_a_message_deleted_while_it_is_redrawn_is_no_failure(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    report = await house.ask("/dust", "3 tokens")
    house.chat.messages.remove(report)
    await report.tap("Refresh")
    await house.telegram.wait_call(lambda call: call.method == "editMessageText" and not call.ok)
    await house.ask("/help", "/dust")
    assert [r for r in caplog.records if r.levelno >= logging.ERROR] == []
