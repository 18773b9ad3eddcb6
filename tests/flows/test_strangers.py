"""Whoever is not allowed gets nothing, on every route there is."""

from collections.abc import Callable
from dataclasses import fields

import pytest

from handlers.callbacks import Tap, encode
from handlers.routes import COMMANDS, TAPS, CommandRoute
from sandbox.telegram import Chat, Message, Person, TelegramSandbox
from sandbox.telegram.faults import Refuse
from sandbox.telegram.html import RichText
from sandbox.telegram.model import ApiCall
from tests.flows.damage import spoil_settings
from tests.flows.house import LIST, House

MALLORY = 6666
FOREIGN_GROUP = -100666

Place = Callable[[House], Chat]


def in_private(house: House) -> Chat:
    """The stranger's own chat with the bot."""
    return house.telegram.private(stranger(house.telegram))


def in_a_group(house: House) -> Chat:
    """A group that is not allowed; even the owner is a member."""
    return house.telegram.group(FOREIGN_GROUP, "Elsewhere", [stranger(house.telegram), house.anna])


def stranger(telegram: TelegramSandbox) -> Person:
    return telegram.person(MALLORY, "Mallory")


def to_strangers(house: House) -> list[ApiCall]:
    """What the bot did outside the one chat that is allowed; its own menu is nobody's."""
    return [
        call
        for call in house.telegram.calls
        if call.chat_id not in (None, house.chat.id) or call.method == "answerCallbackQuery"
    ]


def says(chat: Chat) -> Message:
    """A message of the bot from better times."""
    return chat.add(chat.world.bot, RichText("Dust on Binance"), "Dust on Binance")


def button(kind: type[Tap], review: str, selection: str) -> str:
    """A button of this kind that would work for its owner."""
    values = {
        "account": "main",
        "conversion": review,
        "selection": selection,
        "target": "USDC",
        "remedy": "swap",
        "topic": "currency",
        "value": "EUR",
        "token": "0123456789",
        "hours": 1,
        "page": 0,
        "on": 1,
        "mark": "01234567",
        "which": "converted",
        "index": 0,
    }
    return encode(kind(*(values[field.name] for field in fields(kind))))


@pytest.mark.parametrize("place", [in_private, in_a_group])
@pytest.mark.parametrize("route", COMMANDS, ids=lambda route: route.name)
async def test_stranger_gets_nothing(empty_house: House, route: CommandRoute, place: Place) -> None:
    house, name = empty_house, route.name
    chat = place(house)
    async with house.running():
        await house.looked()
        before = len(house.sent(LIST))
        for text in (f"/{name}", f"/{name} all", f"/{name}@dustpan_bot"):
            await chat.send(text)
        await house.ask("/help", "/dust")
    assert len(house.sent(LIST)) == before
    answers = [message.text for message in chat.messages if message.sender.is_bot]
    if name == "start" and chat.type == "private":
        assert set(answers) == {
            f"This bot is private. The owner must allow this chat first.\nYour chat id: {MALLORY}"
        }
    else:
        assert to_strangers(house) == []


@pytest.mark.parametrize("kind", TAPS, ids=lambda kind: kind.__name__)
async def test_a_strangers_tap_is_not_even_answered(empty_house: House, kind: type[Tap]) -> None:
    house = empty_house
    house.sprinkle()
    async with house.running():
        await house.looked()
        selection = await house.ask("/convert", "Which tokens")
        review = await house.review_all()
        ids = [m.buttons[0][0].data or "" for m in (review, selection)]
        data = button(kind, *(text.split(":")[1] for text in ids))
        shown = [(message.id, message.version) for message in house.chat.messages]
        taps = [place(house).tap(says(place(house)), data) for place in (in_private, in_a_group)]
        await house.ask("/help", "/dust")
        assert [(message.id, message.version) for message in house.chat.messages][: len(shown)] == (
            shown
        )
        assert "USD" in (await house.ask("/settings", "Currency")).text
    assert [tap.answered for tap in taps] == [None, None]
    assert to_strangers(house) == []
    assert house.moving() == []


@pytest.mark.parametrize("text", ["hello", "/nonsense", "/nonsense@dustpan_bot", "ADA", "/ dust"])
async def test_a_strangers_words_are_not_answered(empty_house: House, text: str) -> None:
    house = empty_house
    async with house.running():
        for place in (in_private, in_a_group):
            await place(house).send(text)
        await house.ask("/help", "/dust")
    assert to_strangers(house) == []


async def test_the_owner_in_a_group_that_is_not_allowed_is_a_stranger(empty_house: House) -> None:
    house = empty_house
    async with house.running():
        await in_a_group(house).send("/dust", sender=house.anna)
        await house.ask("/help", "/dust")
    assert to_strangers(house) == []


@pytest.mark.parametrize("kind", ["edited_message", "channel_post", "edited_channel_post"])
async def test_only_new_messages_of_people_count(empty_house: House, kind: str) -> None:
    house = empty_house
    async with house.running():
        house.telegram.push_raw({kind: a_command(house)})
        await house.ask("/help", "/dust")
    assert len([m for m in house.chat.messages if m.sender.is_bot]) == 1


async def test_a_message_of_another_bot_is_not_followed(empty_house: House) -> None:
    house = empty_house
    robot = Person(5555, "Robot", "robot_bot", is_bot=True)
    async with house.running():
        house.telegram.push_raw({"message": a_command(house) | {"from": robot.as_json()}})
        await house.ask("/help", "/dust")
    assert len([m for m in house.chat.messages if m.sender.is_bot]) == 1


def a_command(house: House) -> dict[str, object]:
    """`/settings`, written in the allowed chat."""
    return {
        "message_id": 900,
        "date": 1,
        "chat": house.chat.as_json(),
        "from": house.anna.as_json(),
        "text": "/settings",
        "entities": [{"type": "bot_command", "offset": 0, "length": 9}],
    }


async def test_gate_crash_denies(empty_house: House) -> None:
    """Neither a gate that fails at the answer nor one that fails before lets the next stage speak."""
    house = empty_house
    chat = in_private(house)
    async with house.running():
        house.telegram.faults.script("sendMessage", Refuse(403, "Forbidden"), chat_id=MALLORY)
        await chat.send("/start")
        await house.telegram.wait_call(lambda call: call.chat_id == MALLORY)
        await spoil_settings(house, MALLORY)
        await chat.send("/start")
        await house.ask("/help", "/dust")
    assert [message for message in chat.messages if message.sender.is_bot] == []
    assert len(to_strangers(house)) == 1
