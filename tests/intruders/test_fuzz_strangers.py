"""Hundreds of odd updates from whoever is not allowed: nothing is said, done or even logged as a fault."""

import logging

import pytest

from sandbox.telegram import Chat, Person
from tests.flows.house import LIST
from tests.intruders.forger import ANONYMOUS, Forger, Json
from tests.intruders.oddities import forged
from tests.intruders.scene import STRANGER, Scene, data_of, looks, tracebacks

COUNT = 400


def of_a_stranger(forger: Forger, scene: Scene, real: list[str]) -> Json:
    """An update of Mallory's, or one from a place of his: at times with the owner's own buttons."""
    random = forger.random
    place: Chat = random.choice((scene.stranger, scene.elsewhere))
    writers: list[Person | None] = [scene.mallory]
    if place is scene.elsewhere:
        writers += [scene.house.anna, ANONYMOUS, None]
    data = random.choice((random.choice(real), forged(random, real)))
    return forger.any_of(
        lambda: {"message": forger.message(place, writers)},
        lambda: {"callback_query": forger.tap(scene.mallory, place.messages[0], data)},
        lambda: {"callback_query": forger.tap(scene.mallory, None, data)},
        lambda: {"callback_query": forger.tap(None, place.messages[0], data)},
        lambda: forger.unasked(place, scene.mallory),
    )


@pytest.mark.parametrize("seed", [1, 2])
async def test_nothing_that_a_stranger_sends_is_followed_or_learned_from(
    scene: Scene, seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    review, selection = await scene.reviews()
    real = data_of(review) + data_of(selection)
    for place in (scene.stranger, scene.elsewhere):
        await place.send("hello")
    before, readings = looks(scene.house.chat), len(scene.house.sent(LIST))
    forger = Forger(seed)
    for _ in range(COUNT):
        scene.house.telegram.push_raw(of_a_stranger(forger, scene, real))
    await scene.settled()
    assert tracebacks(caplog) == []
    assert scene.calls_to(scene.elsewhere) == []
    told = {message.text for message in scene.stranger.messages if message.sender.is_bot}
    assert told <= {STRANGER}
    answers = [c for c in scene.house.telegram.calls if c.method == "answerCallbackQuery"]
    assert answers == []
    assert looks(scene.house.chat)[: len(before)] == before
    assert (len(scene.house.sent(LIST)), scene.house.moving()) == (readings, [])
    await review.tap("✅ Confirm")
    await scene.house.shown("Converted 3 tokens")
