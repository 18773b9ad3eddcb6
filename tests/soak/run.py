"""From the first start to the last audit. It ends in time: every wait has a limit, and so has the whole."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from random import Random
from typing import Any

from sandbox.telegram import Message
from tests.flows.house import House
from tests.soak import market, people, troubles
from tests.soak.keeper import Keeper, Size
from tests.soak.report import Report, report
from tests.soak.town import Seat, Town

#: What starts, ends and the actors' last steps may take in all, in seconds; it is never used up.
MARGIN = 300
_LEAVING = 90


async def soak(folder: Path, *, seconds: float, patience: float, seed: int) -> Report:
    """Lets everybody at the bot for `seconds`, then gives it up to `patience` to settle, twice.

    Raises TimeoutError should it not end within these times and `MARGIN`; the bot is gone in any case.
    """
    async with asyncio.timeout(longest(seconds, patience)), House.built(folder) as house:
        town = await Town.built(house, Random(seed), seconds)
        keeper = Keeper(town)
        try:
            return report(town, await _through(town, keeper, patience))
        finally:
            await keeper.kill()


def longest(seconds: float, patience: float) -> float:
    """When a run has ended at the latest, in seconds."""
    return seconds + 2 * patience + MARGIN


async def _through(town: Town, keeper: Keeper, patience: float) -> dict[str, Size | None]:
    await keeper.start()
    sizes = {"at the start": keeper.size()}
    town.begin()
    await _act(
        town,
        people.live(town),
        market.trade(town),
        troubles.trouble(town),
        keeper.strike(),
        keeper.guard(),
    )
    troubles.calm(town)
    await _settled(town, patience)
    sizes[f"at the end, {keeper.age:.0f} s after the last start"] = keeper.size()
    await keeper.end()
    await _last_life(town, keeper, patience)
    return sizes


async def _last_life(town: Town, keeper: Keeper, patience: float) -> None:
    """A start reads the exchange's log, so that what the website has done is known; and all still answers."""
    if town.problems:
        return
    await keeper.start()
    await _settled(town, patience)
    for seat in town.seats:
        if seat.chat.id > 0:
            await _still_answers(town, seat, patience)
    await keeper.end()


async def _still_answers(town: Town, seat: Seat, patience: float) -> None:
    sent = await seat.chat.send("/dust", sender=seat.person)
    town.tally["messages"] += 1
    try:
        await seat.chat.wait(_is_answer, timeout=patience, after=sent)
    except AssertionError:
        town.problems.append(f"/dust is no longer answered in {seat.chat.id}")


def _is_answer(message: Message) -> bool:
    return "Dust on" in message.text or "Nothing to convert" in message.text


async def _act(town: Town, *actors: Coroutine[Any, Any, None]) -> None:
    """All of them until the town closes. One that fails closes it, and one that does not leave is made to."""
    tasks = [asyncio.ensure_future(actor) for actor in actors]
    try:
        await asyncio.wait(
            tasks, timeout=town.seconds + _LEAVING, return_when=asyncio.FIRST_EXCEPTION
        )
        town.close()
        late = (await asyncio.wait(tasks, timeout=_LEAVING))[1]
        town.problems += [f"did not leave: {task.get_coro()}" for task in late]
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    failed = [one for one in ended if isinstance(one, Exception)]
    if failed:
        raise ExceptionGroup("somebody in the town failed", failed)


async def _settled(town: Town, patience: float) -> None:
    """A doubt may be left, and is marked so; what may not be left, the audit finds."""
    loop = asyncio.get_running_loop()
    end = loop.time() + patience

    def is_over() -> bool:
        return bool(town.problems) or town.witness.is_settled() or loop.time() >= end

    while not is_over():  # noqa: ASYNC110 - rows, no event
        await asyncio.sleep(0.1)
