"""Buttons that nobody was shown, or that somebody else was: each is answered, none is followed."""

import logging

import pytest

from handlers.views.protected import token_tag
from sandbox.telegram import Chat, Message, Person
from tests.intruders.forger import Forger, Json
from tests.intruders.oddities import forged
from tests.intruders.scene import Scene, data_of, looks, tracebacks

COUNT = 200
#: Verbs that anybody in the chat may follow: they only show something.
_LOOKS = ("rd", "td", "sp", "sh", "ss", "ck")
#: Verbs after which the review can't be confirmed any more.
_TAKES_AWAY = ("cn", "ri")


def of_a_member(forger: Forger, scene: Scene, mine: list[str], theirs: list[str]) -> Json:
    """A tap in the group: Carl on anything, the others on what is not theirs; forged or real."""
    random = forger.random
    tapper: Person = random.choice((scene.carl, scene.carl, scene.ben, scene.house.anna))
    not_theirs = {scene.carl: mine + theirs, scene.ben: theirs, scene.house.anna: mine}[tapper]
    data = random.choice(not_theirs)
    if random.random() < 0.7:
        data = forged(random, [d for d in not_theirs if not d.startswith(_LOOKS)])
    if data.startswith(_LOOKS):
        data = "rd0:main"
    below = random.choice([m for m in scene.group.messages if m.sender.is_bot])
    return {"callback_query": forger.tap(tapper, below, data)}


async def test_buttons_of_others_and_forged_ones_move_nothing_in_a_group(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    theirs = data_of((await scene.reviews())[0])
    await scene.group.send("/convert all", sender=scene.ben)
    review = await scene.group.wait(lambda message: "It can't be undone" in message.text)
    before = looks(scene.group)
    forger = Forger(3)
    for _ in range(COUNT):
        scene.house.telegram.push_raw(of_a_member(forger, scene, data_of(review), theirs))
    await scene.settled()
    assert tracebacks(caplog) == []
    assert scene.house.moving() == []
    assert looks(scene.group) == before
    answers = [c for c in scene.house.telegram.calls if c.method == "answerCallbackQuery"]
    assert len(answers) == COUNT, "every tap of somebody allowed is answered, once"
    await review.tap("✅ Confirm", scene.ben)
    await scene.group.wait(lambda message: "Converted 3 tokens" in message.text)


async def test_forged_buttons_of_the_owner_convert_nothing_and_break_nothing(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    """As whoever holds the bot's token could put them below a message of their own."""
    caplog.set_level(logging.INFO)
    house = scene.house
    shown: list[Message] = [
        *await scene.reviews(),
        await house.ask("/dust", "3 tokens"),
        await house.ask("/settings", "Currency"),
        await house.ask("/history", "No conversions"),
        await house.ask("/snooze", "Alerts are on"),
    ]
    real = [data for message in shown for data in data_of(message)]
    selection = data_of(shown[1])[0].split(":")[1]
    real += [f"ts1:{selection}:1", "td1:main:1", "sp1:main:1", "sh2:1:ADA", "zc1:6", "sz1:6"]
    real += [f"ro1:main:sale::{token_tag('ADA')}", "os1:main"]
    forger = Forger(5)
    for _ in range(COUNT):
        data = forged(forger.random, real)
        house.telegram.push_raw(
            {"callback_query": forger.tap(house.anna, forger.random.choice(shown), data)}
        )
    await scene.settled()
    assert tracebacks(caplog) == []
    assert house.moving() == []
    answers = [c for c in house.telegram.calls if c.method == "answerCallbackQuery"]
    assert len(answers) == COUNT


async def test_every_tap_of_a_conversation_sent_again_converts_once(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    house = scene.house
    review, selection = await scene.reviews()
    await selection.tap("☐ ADA")
    buttons = [(message, data) for message in (selection, review) for data in data_of(message)]
    buttons.sort(key=lambda button: button[1].startswith(_TAKES_AWAY))
    taps = []
    for message, data in buttons:
        if data.startswith(_TAKES_AWAY):
            await house.shown("Converted 3 tokens")
        taps.append({"callback_query": house.chat.tap(message, data).as_json()})
    for tap in taps * 10:
        house.telegram.push_raw(tap)
    await scene.settled()
    assert tracebacks(caplog) == []
    assert len(house.moving()) == 1


@pytest.mark.parametrize("where", ["group", "elsewhere", "stranger"])
async def test_a_review_is_good_in_its_own_chat_only(scene: Scene, where: str) -> None:
    """Also for the person whose review it is, and with the very same button."""
    place: Chat = getattr(scene, where)
    review, selection = await scene.reviews()
    other = place.add(scene.house.telegram.world.bot, review.rich, review.html)
    for data in data_of(review) + data_of(selection):
        place.tap(other, data, scene.house.anna)
    await scene.settled()
    assert scene.house.moving() == []
    assert [m.version for m in (other, review, selection)] == [0, 1, 0]


@pytest.mark.parametrize("number", ["2147483648", "9223372036854775808", "9" * 40])
async def test_a_number_beyond_all_pages_is_no_fault(
    scene: Scene, number: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    house = scene.house
    selection = await house.ask("/convert", "Which tokens")
    its_id = data_of(selection)[0].split(":")[1]
    heads = (f"ts1:{its_id}", f"tt1:{its_id}", "td1:main", "sp1:main", "zc1", "sz1")
    for data in (*(f"{head}:{number}" for head in heads), f"sh2:{number}:"):
        await house.chat.tap_data(selection, data)
    await scene.settled()
    assert tracebacks(caplog) == []
