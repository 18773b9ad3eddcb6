"""Plays every bad answer at every request that matters, checks what must hold, and notes what happened."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sandbox.binance import faults
from sandbox.telegram import Message
from tests.flows.house import DUST, LIST
from tests.flows.watching import delivered
from tests.matrix.bad_answers import (
    BAD_ANSWERS,
    ONLY_SOME,
    BadAnswer,
    first_token_only,
    last_token_missing,
    last_trade_missing,
)
from tests.matrix.journal_file import Leg
from tests.matrix.kill_points import journal_file
from tests.matrix.plays import ORDER, PLAYS, Play
from tests.matrix.stage import Stage, first_line

Row = tuple[str, ...]

_PROGRESS = ("Converting", "Swapping", "Selling", "It can't be undone")
_DONE = ("Converted", "Swapped", "Sold", "was sold", "went through", "were converted")
_NOT_DONE = (
    "Not converted",
    "Not swapped",
    "Not sold",
    "not carried out",
    "refused",
    "Nothing was",
)
_HONEST = BadAnswer(lambda _: faults.Fault())
#: The line of /dust that holds the sum.
_TOTAL = re.compile(r"\d+ tokens? · ")
#: Looks that meet the bad answer: the last ones when the request can no longer arrive.
_LOOKS = 4
_FOREVER = 1000


@dataclass(frozen=True, slots=True)
class Table:
    """A section of the page: what was asked, and what came of every bad answer to it."""

    title: str
    about: str
    head: Row
    play: Callable[[Stage], Awaitable[list[Row]]]


def _only_some(change: Callable[[Any], object]) -> dict[str, BadAnswer]:
    return {ONLY_SOME: BadAnswer(lambda _: faults.transform(change), (True,))}


async def list_table(stage: Stage) -> list[Row]:
    """`/dust` while the list of convertible dust is answered badly, and once more after that."""
    rows: list[Row] = []
    for name, bad in (BAD_ANSWERS | _only_some(first_token_only)).items():
        async with stage.cell(name) as cell:
            before = len(cell.house.sent(LIST))
            cell.house.exchange.faults.script(LIST, bad.fault(True))
            async with cell.patience(bad):
                first = await _dust(cell)
            asked = len(cell.house.sent(LIST)) - before
            assert (await _dust(cell)).startswith("3 tokens")
            rows.append((name, first, str(asked)))
    return rows


async def _dust(cell: Stage) -> str:
    sent = await cell.house.say("/dust")
    message = await cell.house.shown("", after=sent)
    problem = await cell.becomes(message, "Reading")
    total = next((line for line in message.text.splitlines() if _TOTAL.match(line)), None)
    return total or problem


async def confirm_table(stage: Stage) -> list[Row]:
    """Confirm while the list that is read again is answered badly, and Confirm once more after that."""
    rows: list[Row] = []
    for name, bad in (BAD_ANSWERS | _only_some(first_token_only)).items():
        async with stage.cell(name) as cell:
            review = await cell.house.review_all()
            cell.house.exchange.faults.script(LIST, bad.fault(True))
            before = len(cell.house.sent(DUST))
            async with cell.patience(bad):
                await review.tap("✅ Confirm")
                first = await cell.becomes(review, *_PROGRESS)
            sent = len(cell.house.sent(DUST)) - before
            end = await _confirm_again(cell, review)
            assert len(cell.house.sent(DUST)) - before <= 1
            rows.append((name, first, str(sent), end))
    return rows


async def _confirm_again(cell: Stage, review: Message) -> str:
    """What the second Confirm brings, if there still is one to tap."""
    if "✅ Confirm" not in review.labels:
        return ""
    said = review.text
    await review.tap("✅ Confirm")
    return await cell.becomes(review, *_PROGRESS, said)


async def done_table(stage: Stage) -> list[Row]:
    """The one request that converts is carried out and answered badly."""
    play = PLAYS["dust"]
    rows = await _convert_table(stage, play, done=True)
    async with stage.cell(ONLY_SOME) as cell:
        cell.house.exchange.rules.passed_over.add("ADA")
        rows.append((ONLY_SOME, *await _converted(cell, play, _HONEST, done=True)))
    return rows


async def not_done_table(stage: Stage) -> list[Row]:
    """The one request that converts is lost, or answered badly instead of being carried out."""
    return await _convert_table(stage, PLAYS["dust"], done=False)


async def swap_done_table(stage: Stage) -> list[Row]:
    """The acceptance of a price is carried out and answered badly."""
    return await _convert_table(stage, PLAYS["swap"], done=True)


async def swap_not_done_table(stage: Stage) -> list[Row]:
    """The acceptance of a price is lost, or answered badly instead of being carried out."""
    return await _convert_table(stage, PLAYS["swap"], done=False)


async def sale_done_table(stage: Stage) -> list[Row]:
    """The order is carried out and answered badly, and once it finds buyers for half of it."""
    play = PLAYS["sale"]
    rows = await _convert_table(stage, play, done=True)
    async with stage.cell(ONLY_SOME) as cell:
        cell.house.exchange.orders.rules.share = Decimal("0.5")
        rows.append((ONLY_SOME, *await _converted(cell, play, _HONEST, done=True)))
    return rows


async def sale_not_done_table(stage: Stage) -> list[Row]:
    """The order is lost, or answered badly instead of being taken."""
    return await _convert_table(stage, PLAYS["sale"], done=False)


async def _convert_table(stage: Stage, play: Play, *, done: bool) -> list[Row]:
    rows: list[Row] = []
    for name, bad in BAD_ANSWERS.items():
        if done in bad.ways:
            async with stage.cell(name) as cell:
                rows.append((name, *await _converted(cell, play, bad, done=done)))
    return rows


async def _converted(cell: Stage, play: Play, bad: BadAnswer, *, done: bool) -> Row:
    house, looks = cell.house, asyncio.Event()
    made, before = len(play.made(house)), len(play.sent(house))
    review = await play.review(house)
    house.exchange.faults.script(play.writes, bad.fault(done))
    house.exchange.faults.script(play.looks, faults.hold(looks))
    async with cell.patience(bad):
        await review.tap("✅ Confirm")
        first = await cell.becomes(review, *_PROGRESS)
    looks.set()
    await cell.first_look()
    await cell.settled()
    sent = len(play.sent(house)) - before
    story = await _truly_ended(cell, play.made(house)[made:], done=done)
    assert sent == 1
    return " → ".join(story), first, _ending(cell, review), str(sent)


def _ending(cell: Stage, review: Message) -> str:
    """What the confirmed message says in the end, and a message of its own that comes with it."""
    words = [m for m in cell.house.chat.messages if m.reply_to is review]
    return "<br>".join(first_line(message) for message in (review, *words))


async def log_table(stage: Stage) -> list[Row]:
    """The answer to a conversion was lost, and the log is answered badly for some looks."""
    bad_answers = BAD_ANSWERS | _only_some(last_token_missing)
    return await _look_table(stage, PLAYS["dust"], bad_answers)


async def order_table(stage: Stage) -> list[Row]:
    """The answer to an acceptance was lost, and the order is answered badly for some looks."""
    return await _look_table(stage, PLAYS["swap"], BAD_ANSWERS)


async def sale_order_table(stage: Stage) -> list[Row]:
    """The answer to a sale was lost, and its order is answered badly for some looks."""
    return await _look_table(stage, replace(PLAYS["sale"], looks=ORDER), BAD_ANSWERS)


async def trades_table(stage: Stage) -> list[Row]:
    """The answer to a sale was lost, and the trades of its order are answered badly for some looks."""
    bad_answers = BAD_ANSWERS | _only_some(last_trade_missing)
    return await _look_table(stage, PLAYS["sale"], bad_answers)


async def _look_table(stage: Stage, play: Play, bad_answers: dict[str, BadAnswer]) -> list[Row]:
    rows: list[Row] = []
    for name, bad in bad_answers.items():
        async with stage.cell(name) as cell:
            made = len(play.made(cell.house))
            cell.house.exchange.orders.rules.fills = 2
            review = await play.review(cell.house)
            cell.house.exchange.faults.script(play.writes, faults.drop(execute=True))
            cell.house.exchange.faults.script(play.looks, bad.fault(True), times=_FOREVER)
            async with cell.patience(bad):
                await review.tap("✅ Confirm")
                await cell.becomes(review, *_PROGRESS)
                await cell.first_look()
                for _ in range(_LOOKS - 1):
                    await cell.look()
            await delivered(cell.house)
            meanwhile = first_line(review)
            cell.house.exchange.faults.clear()
            await cell.settled()
            story = await _truly_ended(cell, play.made(cell.house)[made:], done=True)
            rows.append((name, meanwhile, " → ".join(story), _ending(cell, review)))
    return rows


async def _truly_ended(cell: Stage, made: list[list[Leg]], *, done: bool) -> list[str]:
    """What must hold after every conversion; the states that the journal went through."""
    await delivered(cell.house)
    file = journal_file(cell.house)
    assert len(made) == (1 if done else 0)
    assert file.legs_of_last() == [leg for one in made for leg in one]
    assert not file.is_live()
    lies = _NOT_DONE if done else _DONE
    assert [text for text in cell.said() if any(words in text for words in lies)] == []
    return file.story_of_last()


_CONVERSION_HEAD = "bad answer", "journal", "the chat says first", "in the end", "requests"

TABLES = (
    Table(
        "The list of convertible dust, for /dust",
        "Nothing is at stake: the chat is told, and asking again shows the list.",
        ("bad answer", "the chat says", "requests"),
        list_table,
    ),
    Table(
        "The list, read again at Confirm",
        "Nothing is sent unless the list could be read. Where the review can still be confirmed, "
        "the last column shows what a second Confirm brings.",
        ("bad answer", "the chat says", "conversions sent", "after a second Confirm"),
        confirm_table,
    ),
    Table(
        "The conversion, carried out",
        "The request is sent once. Looking finds what the answer did not tell.",
        _CONVERSION_HEAD,
        done_table,
    ),
    Table(
        "The conversion, not carried out",
        "The same answers, where nothing was converted. They look alike; only looking tells.",
        _CONVERSION_HEAD,
        not_done_table,
    ),
    Table(
        "The log, where a lost answer is looked up",
        f"The conversion took place and its answer was lost. The log is answered badly for "
        f"{_LOOKS} looks, until long after the request could have arrived, and then well.",
        ("bad answer", "the chat says meanwhile", "journal", "in the end"),
        log_table,
    ),
    Table(
        "The acceptance of a swap's price, carried out",
        "The acceptance is sent once. Its answer never holds amounts: what came is read from the order.",
        _CONVERSION_HEAD,
        swap_done_table,
    ),
    Table(
        "The acceptance of a swap's price, not carried out",
        "The same answers, where nothing was swapped.",
        _CONVERSION_HEAD,
        swap_not_done_table,
    ),
    Table(
        "The order, where a swap is looked up",
        f"The swap took place and the answer to its acceptance was lost. The order is answered badly for "
        f"{_LOOKS} looks. Where that says no more than that there is no such order, the list of orders does.",
        ("bad answer", "the chat says meanwhile", "journal", "in the end"),
        order_table,
    ),
    Table(
        "A market sale, carried out",
        "The order is sent once. It bears a name, by which looking finds it and its trades.",
        _CONVERSION_HEAD,
        sale_done_table,
    ),
    Table(
        "A market sale, not carried out",
        "The same answers, where there is no order.",
        _CONVERSION_HEAD,
        sale_not_done_table,
    ),
    Table(
        "The order, where a sale is looked up",
        f"The sale took place and its answer was lost. The order is answered badly for {_LOOKS} looks, "
        "and then well.",
        ("bad answer", "the chat says meanwhile", "journal", "in the end"),
        sale_order_table,
    ),
    Table(
        "The trades of that order",
        f"The order is answered well, the list of its two trades badly for {_LOOKS} looks.",
        ("bad answer", "the chat says meanwhile", "journal", "in the end"),
        trades_table,
    ),
)
