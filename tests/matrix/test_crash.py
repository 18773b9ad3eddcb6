"""The bot is killed at every step of a conversion and started again on the same database."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from sandbox.binance import faults
from sandbox.telegram import Message
from tests.flows.house import DUST, LOG, House
from tests.flows.process import bot_process
from tests.flows.watching import delivered, look_again
from tests.matrix.journal_file import Leg
from tests.matrix.kill_points import KILL_POINTS, KillPoint, journal_file, reviewed

_SAYS_DONE = ("Converted 3 tokens", "went through")
_SAYS_NOT_DONE = ("Not converted", "not carried out", "Nothing was converted", "No conversions yet")


def lies(house: House, *, executed: bool) -> list[str]:
    """What was said although it was not so, also where it was edited since."""
    wrong = _SAYS_NOT_DONE if executed else _SAYS_DONE
    told = [call.params.get("text", "") for call in house.telegram.calls if call.ok]
    return [text for text in told if any(words in text for words in wrong)]


def legs(house: House) -> list[Leg]:
    """What the exchange has converted, by asset."""
    rows = [row for conversion in house.exchange.conversions for row in conversion.rows]
    return sorted((row.asset, row.amount, row.gross, row.fee) for row in rows)


async def ended(house: House, point: KillPoint, review: Message) -> None:
    """The restarted bot has told the end, and nothing is left to tell."""
    last = await house.later(point.says)
    assert last is review
    assert review.labels == []
    if point.word:
        assert (await house.later(point.word)).reply_to is review
    await delivered(house)


async def is_free(house: House, already: Sequence[Leg]) -> None:
    """A day later the account converts again, and the history still holds everything once."""
    await look_again(house, after=timedelta(hours=25))
    file = journal_file(house)
    assert file.legs() == list(already)
    house.exchange.faults.clear()
    house.sprinkle()
    review = await house.review_all()
    await review.tap("✅ Confirm")
    await house.shown("Converted 3 tokens", after=review.id - 1)
    assert len(file.legs()) == len(already) + 3


@pytest.mark.parametrize("point", [pytest.param(p, id=name) for name, p in KILL_POINTS.items()])
async def test_killed_at_any_step_it_converts_once_and_tells_the_truth(
    house: House, point: KillPoint
) -> None:
    async with reviewed(house) as scene:
        await point.reach(scene)
        assert scene.file.states() == [point.left]
    async with house.running():
        await ended(house, point, scene.review)
        assert lies(house, executed=point.executes) == []
        assert len(house.exchange.conversions) == (1 if point.executes else 0)
        assert scene.file.states() == [point.end]
        once = "No conversions yet" if point.end == "expired" else "1 conversion"
        await house.ask("/history", once, "0.00245 BNB" if point.executes else "")
        assert len(house.sent()) <= 1
        await is_free(house, legs(house))


async def test_a_request_that_arrives_after_the_restart_is_found(house: House) -> None:
    arrives = asyncio.Event()
    async with reviewed(house) as scene:
        house.exchange.faults.script(DUST, faults.hold(arrives))
        await scene.confirm()
        await scene.arrived()
        await scene.process.kill()
    async with house.running():
        await scene.file.until(lambda: scene.file.looks() == 1)
        house.clock.jump(timedelta(seconds=5))
        await scene.file.until(lambda: scene.file.looks() == 2)
        assert not house.exchange.conversions
        arrives.set()
        await scene.file.until(lambda: len(house.exchange.conversions) == 1)
        await ended(house, KILL_POINTS["after the execution"], scene.review)
        assert lies(house, executed=True) == []
        assert len(house.sent()) == 1
        await is_free(house, legs(house))


async def test_killed_again_while_looking_it_still_finds_out(house: House) -> None:
    async with reviewed(house) as scene:
        await KILL_POINTS["after the execution"].reach(scene)
    asked = len(house.sent(LOG))
    house.exchange.faults.script(LOG, faults.hang(execute=True))
    async with bot_process(house) as process:
        await house.exchange.wait_request(lambda _: len(house.sent(LOG)) > asked, timeout=20)
        await process.kill()
    assert scene.file.is_live()
    house.exchange.faults.clear()
    async with house.running():
        await ended(house, KILL_POINTS["after the execution"], scene.review)
        await house.ask("/history", "1 conversion", "0.00245 BNB")
    assert lies(house, executed=True) == []
    assert scene.file.legs() == legs(house)
    assert len(house.sent()) == 1
