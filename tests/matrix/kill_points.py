"""Every step of a conversion, each with the way to bring a process there and no further."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sandbox.binance import faults
from sandbox.telegram import Message
from sandbox.telegram.faults import Delay
from tests.flows.house import House
from tests.flows.process import BotProcess, bot_process
from tests.matrix.journal_file import JournalFile
from tests.matrix.plays import Play

#: The chat says so of an order whose end is not known yet.
_TOOK = "took the order"


@dataclass(frozen=True, slots=True)
class Scene:
    """A bot that runs as a process, and a review that waits for its Confirm."""

    play: Play
    house: House
    process: BotProcess
    file: JournalFile
    review: Message

    async def confirm(self) -> None:
        """Anna taps Confirm; the bot has seen it."""
        await self.review.tap("✅ Confirm")

    async def abreast(self) -> None:
        """The bot has gone as far as it can: it answers something else that came later."""
        await self.house.ask("/help", "/history")

    async def arrived(self) -> None:
        """The conversion's request has reached the exchange."""
        await self.house.exchange.wait_request(lambda request: request.path == self.play.writes)

    async def answered(self, path: str, after: int) -> None:
        """The exchange has answered a request to `path` beyond the first `after` ones."""
        await self.house.exchange.wait_request(
            lambda _: any(request.status for request in self.house.sent(path)[after:])
        )


def journal_file(house: House) -> JournalFile:
    """The database of the house."""
    return JournalFile(Path(house.settings["database_path"]))


@asynccontextmanager
async def reviewed(house: House, play: Play) -> AsyncIterator[Scene]:
    """A process that shows a review."""
    async with bot_process(house) as process:
        yield Scene(play, house, process, journal_file(house), await play.review(house))


async def before_the_claim(scene: Scene) -> None:
    """What is read before the claim was read; the claim can't be committed."""
    await scene.file.until(scene.file.first_look_is_over)  # it reads the list, too
    read = len(scene.house.sent(scene.play.again))
    with scene.file.held():
        await scene.confirm()
        await scene.answered(scene.play.again, after=read)
        await scene.abreast()
        await scene.process.kill()


async def after_the_claim(scene: Scene) -> None:
    """The claim is committed; no request has come through."""
    scene.house.exchange.faults.script(scene.play.writes, faults.hang(execute=False))
    await scene.confirm()
    await scene.file.until(lambda: scene.file.states() == ["submitting"])
    await scene.process.kill()


async def on_the_way(scene: Scene) -> None:
    """The request has left, and is lost before the exchange does anything."""
    scene.house.exchange.faults.script(scene.play.writes, faults.hang(execute=False))
    await scene.confirm()
    await scene.arrived()
    await scene.process.kill()


async def executed(scene: Scene) -> None:
    """The exchange has converted; its answer is not on the way yet."""
    scene.house.exchange.faults.script(scene.play.writes, faults.hang(execute=True))
    await scene.confirm()
    await scene.arrived()
    await scene.file.until(lambda: len(scene.play.made(scene.house)) == 1)
    await scene.process.kill()


async def answered(scene: Scene) -> None:
    """The bot has read the answer; what it says can't be committed."""
    answers = await _held_at_the_exchange(scene)
    with scene.file.held():
        answers.set()
        await scene.answered(scene.play.writes, after=0)
        await scene.abreast()
        await scene.process.kill()


async def stored(scene: Scene) -> None:
    """What the answer says is committed; Telegram has not shown it."""
    await _outcome_on_its_way(scene)
    await scene.process.kill()


async def shown(scene: Scene) -> None:
    """Telegram shows what the answer says; that it does can't be committed."""
    edit = await _outcome_on_its_way(scene)
    with scene.file.held():
        edit.release.set()
        await scene.house.shown(_TOOK if scene.play.accepts else scene.play.done)
        await scene.abreast()
        await scene.process.kill()
    assert scene.file.undelivered() == 1


async def noted(scene: Scene) -> None:
    """Everything is over."""
    await scene.confirm()
    await scene.house.shown(scene.play.done, timeout=10)
    await scene.file.until(lambda: scene.file.undelivered() == 0)
    await scene.process.kill()


async def found_out(scene: Scene) -> None:
    """The answer was lost, looking has found it and stored that; Telegram has not shown it."""
    scene.house.exchange.faults.script(scene.play.writes, faults.drop(execute=True))
    word = Delay()
    await scene.confirm()
    scene.house.telegram.faults.script("sendMessage", word)
    await asyncio.wait_for(word.reached.wait(), 10)
    await scene.process.kill()


async def _held_at_the_exchange(scene: Scene) -> asyncio.Event:
    """The exchange has converted and the message shows progress; the answer leaves with the event."""
    answers = asyncio.Event()
    scene.house.exchange.faults.script(scene.play.writes, faults.hold(answers, after=True))
    await scene.confirm()
    await scene.house.shown(scene.play.working)
    await scene.arrived()
    return answers


async def _outcome_on_its_way(scene: Scene) -> Delay:
    """The edit that shows the answer has reached Telegram, which waits. What is looked up after it gets none,
    so that nothing else is on its way."""
    scene.house.exchange.faults.script(scene.play.looks, faults.hang(execute=True))
    answers = await _held_at_the_exchange(scene)
    edit = Delay()
    scene.house.telegram.faults.script("editMessageText", edit)
    answers.set()
    await asyncio.wait_for(edit.reached.wait(), 10)
    return edit


@dataclass(frozen=True, slots=True)
class KillPoint:
    """`reach` brings the process there and kills it.

    `left` is the state in the journal then; `sent` whether the exchange gets to carry it out, and `told`
    whether the chat was told of that without a doubt.
    """

    reach: Callable[[Scene], Awaitable[None]]
    left: str
    sent: bool = True
    told: bool = False

    def left_by(self, play: Play) -> str:
        """The state in the journal: an answer that tells no end leaves an accepted order."""
        followed = self.reach in (stored, shown)
        return "accepted" if play.accepts and followed else self.left

    @property
    def end(self) -> str:
        """The state after the restart."""
        if self.left == "quoted":
            return "expired"
        return "filled" if self.sent else "not_executed"

    def says(self, play: Play) -> str:
        """What the confirmed message says in the end."""
        return {"filled": play.done, "expired": play.expired, "not_executed": play.not_done}[
            self.end
        ]

    @property
    def word(self) -> str:
        """What a message of its own says that comes with it."""
        if self.told or self.left == "quoted":
            return ""
        return "went through" if self.sent else "was not carried out"


KILL_POINTS = {
    "before the claim is committed": KillPoint(before_the_claim, "quoted", sent=False),
    "after the claim": KillPoint(after_the_claim, "submitting", sent=False),
    "while the request is on its way": KillPoint(on_the_way, "submitting", sent=False),
    "after the execution": KillPoint(executed, "submitting"),
    "after the answer": KillPoint(answered, "submitting"),
    "after the outcome is stored": KillPoint(stored, "filled", told=True),
    "after the message is edited": KillPoint(shown, "filled", told=True),
    "after the edit is noted": KillPoint(noted, "filled", told=True),
    "between finding out and telling": KillPoint(found_out, "filled"),
}
