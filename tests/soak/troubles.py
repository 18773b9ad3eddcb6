"""What goes wrong on the wires, one trouble after another; each counts only once it has struck."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import TypeVar

from sandbox.binance import faults
from sandbox.binance.faults import Fault
from sandbox.telegram.faults import BadGateway, Delay, Drop, Refuse
from sandbox.telegram.faults import Fault as TelegramFault
from tests.flows.house import BALANCES, DUST, LIST, LOG
from tests.soak.ledger import ACCEPT, ORDER
from tests.soak.town import TOKENS, Town

T = TypeVar("T")
Cards = Mapping[str, Callable[[], Fault]]

_PATHS = (LIST, LIST, LOG, BALANCES, "/api/v3/ticker/price", "/api/v3/time")
_PATIENCE = 10
#: A request that never arrives leaves a doubt of a minute and a half, in which nothing can be converted.
_LOST_EVERY = 300
_FIRST_LOST = 60
_HTML = "<html><body>Bad gateway</body></html>"

_READINGS: Cards = {
    "answer lost": lambda: faults.drop(execute=True),
    "body cut": faults.cut,
    "late": lambda: faults.delay(1.5),
    "500": lambda: faults.answer_text("", 500),
    "502 with HTML": lambda: faults.answer_text(_HTML, 502),
    "200 with HTML": lambda: faults.answer_text(_HTML),
    "empty 200": lambda: faults.answer_text(""),
    "{}": lambda: faults.answer_json({}),
    "429": lambda: faults.limited(2),
    "418": lambda: faults.limited(3, 418),
    "-1021": lambda: faults.refuse(
        -1021, "Timestamp for this request is outside of the recvWindow."
    ),
}

_CONVERTED: Cards = {
    "answer lost": lambda: faults.drop(execute=True),
    "body cut": faults.cut,
    "late answer": lambda: faults.delay(2, after=True),
    "500": lambda: faults.answer_text("", 500, execute=True),
    "502 with HTML": lambda: faults.answer_text(_HTML, 502, execute=True),
    "200 with HTML": lambda: faults.answer_text(_HTML, execute=True),
    "empty 200": lambda: faults.answer_text("", execute=True),
    "-1007": lambda: faults.refuse(-1007, "Timeout waiting.", 504, execute=True),
}
_REFUSED: Cards = {
    "refused: -5002": lambda: faults.refuse(-5002, "You have insufficient balance"),
    "refused: -1021": lambda: faults.refuse(-1021, "Timestamp outside of recvWindow."),
    "refused: 429": lambda: faults.limited(2),
}
_LOST: Cards = {
    "lost": lambda: faults.drop(execute=False),
    "lost: 503": lambda: faults.answer_text("", 503),
    "lost: -1007": lambda: faults.refuse(-1007, "Timeout waiting.", 504),
}

_TELEGRAM: Mapping[str, Callable[[], TelegramFault]] = {
    "429": lambda: Refuse.flood(1),
    "502": BadGateway,
    "lost": lambda: Drop(handled=False),
    "answer lost": lambda: Drop(handled=True),
    "late": Delay,
}
_METHODS = ("sendMessage", "editMessageText", "answerCallbackQuery", "getUpdates")


def deck(chance: Random, cards: Mapping[str, T]) -> Iterator[tuple[str, T]]:
    """Every card once, in any order, and then all of them again."""
    while True:
        yield from chance.sample(list(cards.items()), len(cards))


async def spoil_readings(town: Town) -> None:
    """Until the town closes."""
    cards = deck(town.chance, _READINGS)
    while town.is_open:
        name, make = next(cards)
        await _strike(town, town.chance.choice(_PATHS), f"reading: {name}", make())
        await town.rest(0.5, 2)


async def spoil_conversions(town: Town) -> None:
    """About every second conversion of dust; see `_LOST_EVERY` for the worst of it."""
    left_out: Cards = {"a token left out": lambda: _left_out(town)}
    cards = deck(town.chance, {**_CONVERTED, **_REFUSED, **left_out})
    lost = deck(town.chance, _LOST)
    next_lost = float(_FIRST_LOST)
    while town.is_open:
        is_lost = town.elapsed >= next_lost
        name, make = next(lost) if is_lost else next(cards)
        async with town.desk:
            if await _strike(town, DUST, f"conversion: {name}", make()) and is_lost:
                next_lost = town.elapsed + _LOST_EVERY
        await town.rest(1, 5)


async def spoil_trades(town: Town) -> None:
    """Swaps and sales, whose look-ups meet the same path now and then."""
    cards = deck(town.chance, _CONVERTED)
    while town.is_open:
        name, make = next(cards)
        await _strike(town, town.chance.choice((ACCEPT, ORDER)), f"trade: {name}", make())
        await town.rest(1, 5)


def _left_out(town: Town) -> Fault:
    """The exchange passes over one token without a word; with a lost answer that would be one more long
    doubt, as the log might still be at it."""
    rules = town.house.exchange.rules

    async def begin() -> None:
        rules.passed_over = {town.chance.choice(tuple(TOKENS))}

    async def end() -> None:
        rules.passed_over = set()

    return Fault(before=begin, after=end)


async def spoil_telegram(town: Town) -> None:
    """One method at a time."""
    cards, script = deck(town.chance, _TELEGRAM), town.house.telegram.faults
    while town.is_open:
        name, make = next(cards)
        fault, method = make(), town.chance.choice(_METHODS)
        script.script(method, fault)
        if await town.until(lambda: not script.waiting, _PATIENCE):
            town.faults[f"Telegram, {method}: {name}"] += 1
        if isinstance(fault, Delay):
            await town.rest(1, 1)
            fault.release.set()
        script.clear()
        await town.rest(0.5, 3)


async def go_away(town: Town) -> None:
    """The exchange is away, under maintenance or slow for some seconds."""
    cards = deck(town.chance, {"down": _down, "maintenance": _maintenance, "slow": _slow})
    await town.rest(1, 10)
    while town.is_open:
        name, turn = next(cards)
        town.faults[f"exchange {name}"] += 1
        turn(town, True)
        await town.rest(2, 6)
        turn(town, False)
        await town.rest(15, 30)


def calm(town: Town) -> None:
    """Everything works from now on."""
    town.house.exchange.faults.clear()
    town.house.telegram.faults.clear()
    for turn in (_down, _maintenance, _slow):
        turn(town, False)


def _down(town: Town, on: bool) -> None:
    town.house.exchange.down = on


def _maintenance(town: Town, on: bool) -> None:
    town.house.exchange.maintenance = on


def _slow(town: Town, on: bool) -> None:
    town.house.exchange.latency = 0.5 if on else 0


async def _strike(town: Town, path: str, name: str, fault: Fault) -> bool:
    """Whether a request has met it; one that nobody met is withdrawn."""
    script = town.house.exchange.faults
    script.script(path, fault)
    if await town.until(lambda: not script.waiting(path), _PATIENCE):
        town.faults[name] += 1
        return True
    script.take(path)
    return False


async def trouble(town: Town) -> None:
    """All of it, until the town closes."""
    await asyncio.gather(
        spoil_readings(town),
        spoil_conversions(town),
        spoil_trades(town),
        spoil_telegram(town),
        go_away(town),
    )
