"""Whatever people who are allowed write: an answer for new messages, silence for all else, never a fault."""

import logging

import pytest

from sandbox.telegram import Chat, Person
from tests.flows.house import LIST
from tests.intruders.forger import ANONYMOUS, NAMES, Forger, Json
from tests.intruders.oddities import ARGUMENTS, TEXTS
from tests.intruders.scene import Scene, tracebacks

COUNT = 300
FAILURE = "went wrong"


def unasked(forger: Forger, scene: Scene) -> Json:
    """What the bot does not listen to, in a chat that is allowed."""
    place: Chat = forger.random.choice((scene.house.chat, scene.group))
    robot = Person(5555, "Robot", "robot_bot", is_bot=True)
    return forger.any_of(
        lambda: forger.unasked(place, scene.house.anna),
        lambda: {"message": forger.message(place, [None, robot, ANONYMOUS], "/convert all")},
        lambda: {"callback_query": forger.tap(scene.house.anna, None, "ca1:main")},
        lambda: {"callback_query": forger.tap(None, place.messages[0], "ca1:main")},
    )


@pytest.mark.parametrize("seed", [7, 8])
async def test_what_is_no_new_message_of_a_person_is_not_even_looked_at(
    scene: Scene, seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await scene.group.send("hello", sender=scene.carl)
    await scene.house.ask("/help", "/dust")
    calls, readings = len(scene.house.telegram.calls), len(scene.house.sent(LIST))
    forger = Forger(seed)
    for _ in range(COUNT):
        scene.house.telegram.push_raw(unasked(forger, scene))
    await scene.settled()
    assert tracebacks(caplog) == []
    done = [call.method for call in scene.house.telegram.calls[calls:] if call.chat_id]
    assert done == ["sendMessage"], "the answer to /help, by which the test knows that all is read"
    assert len(scene.house.sent(LIST)) == readings


async def test_odd_words_of_the_owner_are_answered_with_a_sentence(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    house = scene.house
    forger = Forger(9)
    for words in TEXTS:
        house.telegram.push_raw({"message": forger.message(house.chat, [house.anna], words)})
    await scene.settled()
    assert tracebacks(caplog) == []
    assert [m.text for m in house.chat.messages if FAILURE in m.text] == []
    assert house.moving() == []


@pytest.mark.parametrize("name", NAMES)
async def test_odd_arguments_are_answered_with_a_sentence(
    scene: Scene, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    house = scene.house
    for argument in ARGUMENTS:
        await house.say(f"/{name} {argument}"[:4096])
    await scene.settled()
    assert tracebacks(caplog) == []
    assert [m.text for m in house.chat.messages if FAILURE in m.text] == []
    answers = [m for m in house.chat.messages if m.sender.is_bot]
    assert len(answers) >= len(ARGUMENTS), "each was answered"
    assert house.moving() == []


async def test_odd_words_in_a_group_are_not_answered(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    odd = [words for words in TEXTS if not words.startswith("/dust")]
    for words in (*odd, "/convert@other_bot all", "/start@other_bot", "Look: /convert all"):
        await scene.group.send(words, sender=scene.house.anna)
    await scene.settled()
    assert tracebacks(caplog) == []
    assert scene.calls_to(scene.group) == []
