"""The bot is killed at every step of a conversion and started again on the same database."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from sandbox.binance import faults
from tests.flows.house import House
from tests.flows.process import bot_process
from tests.flows.watching import delivered, look_again
from tests.matrix.journal_file import Leg
from tests.matrix.kill_points import KILL_POINTS, KillPoint, Scene, journal_file, reviewed
from tests.matrix.plays import PLAYS, Play

_SAYS_DONE = ("Converted 3 tokens", "Swapped", "Sold", "went through")
_SAYS_NOT_DONE = (
    *(play.not_done for play in PLAYS.values()),
    "not carried out",
    "Nothing was",
    "No conversions yet",
)

EVERY_WAY = pytest.mark.parametrize("play", [pytest.param(p, id=name) for name, p in PLAYS.items()])


def lies(house: House, *, executed: bool) -> list[str]:
    """What was said although it was not so, also where it was edited since."""
    wrong = _SAYS_NOT_DONE if executed else _SAYS_DONE
    told = [call.params.get("text", "") for call in house.telegram.calls if call.ok]
    return [text for text in told if any(words in text for words in wrong)]


async def ended(house: House, point: KillPoint, scene: Scene) -> None:
    """The restarted bot has told the end, and nothing is left to tell."""
    last = await house.later(point.says(scene.play))
    assert last is scene.review
    assert scene.review.labels == (list(scene.play.after) if point.end == "expired" else [])
    if point.word:
        assert (await house.later(point.word)).reply_to is scene.review
    await delivered(house)


async def is_free(house: House, play: Play, already: Sequence[Leg]) -> None:
    """A day later the account converts again, and the history still holds everything once."""
    await look_again(house, after=timedelta(hours=25))
    file = journal_file(house)
    assert file.legs() == list(already)
    house.exchange.faults.clear()
    house.sprinkle()
    review = await play.review(house)
    await review.tap("✅ Confirm")
    await house.shown(play.done, after=review.id - 1)
    new = play.made(house)[-1]
    assert file.legs() == sorted([*already, *new])


@EVERY_WAY
@pytest.mark.parametrize("point", [pytest.param(p, id=name) for name, p in KILL_POINTS.items()])
async def test_killed_at_any_step_it_converts_once_and_tells_the_truth(
    house: House, point: KillPoint, play: Play
) -> None:
    async with reviewed(house, play) as scene:
        await point.reach(scene)
        assert scene.file.states() == [point.left_by(play)]
    house.exchange.faults.clear()
    async with house.running():
        await ended(house, point, scene)
        assert lies(house, executed=point.sent) == []
        assert len(play.made(house)) == (1 if point.sent else 0)
        assert scene.file.states() == [point.end]
        once = "No conversions yet" if point.end == "expired" else "1 conversion"
        await house.ask("/history", once, play.brought if point.sent else "")
        assert len(play.sent(house)) <= 1
        await is_free(house, play, play.legs(house))


@EVERY_WAY
async def test_a_request_that_arrives_after_the_restart_is_found(house: House, play: Play) -> None:
    arrives = asyncio.Event()
    async with reviewed(house, play) as scene:
        house.exchange.faults.script(play.writes, faults.hold(arrives))
        await scene.confirm()
        await scene.arrived()
        await scene.process.kill()
    async with house.running():
        await scene.file.until(lambda: scene.file.looks() == 1)
        house.clock.jump(timedelta(seconds=5))
        await scene.file.until(lambda: scene.file.looks() == 2)
        assert not play.made(house)
        arrives.set()
        await scene.file.until(lambda: len(play.made(house)) == 1)
        await ended(house, KILL_POINTS["after the execution"], scene)
        assert lies(house, executed=True) == []
        assert len(play.sent(house)) == 1
        await is_free(house, play, play.legs(house))


@EVERY_WAY
async def test_killed_again_while_looking_it_still_finds_out(house: House, play: Play) -> None:
    async with reviewed(house, play) as scene:
        await KILL_POINTS["after the execution"].reach(scene)
    asked = len(house.sent(play.looks))
    house.exchange.faults.script(play.looks, faults.hang(execute=True))
    async with bot_process(house) as process:
        await house.exchange.wait_request(lambda _: len(house.sent(play.looks)) > asked, timeout=20)
        await process.kill()
    assert scene.file.is_live()
    house.exchange.faults.clear()
    async with house.running():
        await ended(house, KILL_POINTS["after the execution"], scene)
        await house.ask("/history", "1 conversion", play.brought)
    assert lies(house, executed=True) == []
    assert scene.file.legs() == play.legs(house)
    assert len(play.sent(house)) == 1
