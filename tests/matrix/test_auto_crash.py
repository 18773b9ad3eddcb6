"""The bot is killed at every step of a run that a rule has begun, and started again on the same database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from tests.flows.house import DUST, House
from tests.flows.process import bot_process
from tests.flows.watching import delivered, look_again
from tests.matrix.kill_points import KILL_POINTS, Scene, journal_file
from tests.matrix.plays import PLAYS
from tests.matrix.test_crash import lies

#: Those that a run goes through: there is no review, and no message that shows progress.
POINTS = (
    "after the claim",
    "while the request is on its way",
    "after the execution",
    "after the edit is noted",
    "between finding out and telling",
)


class RuleScene(Scene):
    """A question that waits for the consent to a rule, which acts as soon as it is on."""

    async def confirm(self) -> None:
        """Anna switches the rule on."""
        await self.review.tap("✅ Switch on")


@asynccontextmanager
async def asked(house: House) -> AsyncIterator[RuleScene]:
    """A process that shows the question."""
    async with bot_process(house) as process:
        file = journal_file(house)
        await file.until(file.first_look_is_over)
        for words in ("minimum 1", "hours 0", "announce off"):
            await house.ask(f"/auto {words}", "Automatic conversion on Binance: off")
        question = await house.ask("/auto on", "by this rule from now on?")
        yield RuleScene(PLAYS["dust"], house, process, file, question)


@pytest.mark.parametrize("name", POINTS)
async def test_a_run_is_killed_at_any_step_and_sent_once(house: House, name: str) -> None:
    point = KILL_POINTS[name]
    async with asked(house) as scene:
        await point.reach(scene)
    house.exchange.faults.clear()
    async with house.running():
        await house.later(point.word or "Converted 3 tokens")
        await delivered(house)
        assert lies(house, executed=point.sent) == []
        assert scene.file.states() == [point.end]
        await house.ask("/history", "1 conversion", "🤖")
        for _ in range(3):
            await look_again(house, after=timedelta(hours=7))
        assert len(house.sent(DUST)) <= 1
        assert len(house.exchange.conversions) == (1 if point.sent else 0)
        await next_window(house)
    assert len(house.exchange.conversions) == (2 if point.sent else 1)
    assert len(scene.file.states()) == 2


async def next_window(house: House) -> None:
    """A day after the first one the rule acts again."""
    last = await house.ask("/auto", "on Binance: on")
    house.sprinkle()
    await look_again(house, after=timedelta(hours=4))
    await house.shown("Converted 3 tokens", "🤖", after=last.id)
