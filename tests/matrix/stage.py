"""One running bot for a whole table: each cell begins with fresh dust and no fault."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from exchanges.binance import BinanceAccount
from exchanges.ccxt_wire import TimeLimits
from exchanges.pause import Pauses
from sandbox.binance.order_rules import OrderRules
from sandbox.telegram import Message
from tests.flows.house import KEY, SECRET, House
from tests.flows.watching import look_again, store_of
from tests.matrix.bad_answers import BadAnswer
from tests.matrix.plays import stock

_SOON = timedelta(seconds=1)
_FAR = timedelta(days=9)
#: Longer than every conversion cooldown.
_PAUSE = timedelta(hours=7)
#: A time of another day bears its weekday, which depends on the hour at which a table is played.
_CLOCK_TIME = re.compile(r"\b(?:[A-Z][a-z]{2} )?\d\d:\d\d\b")
_MOST_LOOKS = 12


@dataclass(frozen=True, slots=True)
class Stage:
    """The bot, and what had happened before the cell began."""

    house: House
    calls: int = 0

    @classmethod
    @asynccontextmanager
    async def built(cls, folder: Path) -> AsyncIterator["Stage"]:
        """A running bot on an exchange that allows a conversion at any time."""
        async with House.built(folder) as house:
            house.exchange.rules.cooldown = timedelta(0)
            async with house.running():
                await house.looked()
                yield cls(house)

    @asynccontextmanager
    async def cell(self, name: str) -> AsyncIterator["Stage"]:
        """The same bot some hours later, with nothing but three tokens of dust; a failure tells `name`."""
        try:
            yield await self._next()
        except BaseException as failure:
            failure.add_note(f"bad answer: {name}")
            raise

    async def _next(self) -> "Stage":
        house = self.house
        house.exchange.faults.clear()
        house.exchange.rules.passed_over.clear()
        house.exchange.orders.rules = OrderRules()
        for asset in ("ADA", "TRX", "XRP"):
            if house.free(asset):
                house.exchange.wallet.withdraw(asset, house.free(asset))
        house.sprinkle()
        stock(house)
        await look_again(house, after=_PAUSE)
        return Stage(house, len(house.telegram.calls))

    @asynccontextmanager
    async def patience(self, bad: BadAnswer) -> AsyncIterator[None]:
        """Where an answer never comes, it is waited for only a second."""
        assert self.house.world is not None
        accounts = cast(dict[str, Any], self.house.world.deps.accounts)
        usual = accounts["main"]
        if bad.hangs:
            accounts["main"] = BinanceAccount(
                name="main",
                api_key=KEY,
                api_secret=SECRET,
                api_url=self.house.exchange.url,
                clock=self.house.clock,
                pauses=Pauses(self.house.clock),
                limits=TimeLimits(reading=_SOON, conversion=_SOON),
            )
        try:
            yield
        finally:
            if accounts["main"] is not usual:
                await accounts["main"].close()
            accounts["main"] = usual

    async def becomes(self, message: Message, *passing: str) -> str:
        """The first line of the message, once it no longer shows any of the `passing` texts."""
        await self.house.chat.wait(
            lambda m: m is message and not any(text in m.text for text in passing)
        )
        return first_line(message)

    async def look(self) -> bool:
        """Lets a minute pass and waits until the open doubt was looked up; False if there is none."""
        before = await self._looks()
        if before is None:
            return False
        self.house.clock.jump(timedelta(minutes=1))
        async with asyncio.timeout(5):
            while await self._looks() == before:  # noqa: ASYNC110 - a row, no event
                await asyncio.sleep(0.005)
        return True

    async def settled(self) -> None:
        """Looks until the doubt has ended."""
        for _ in range(_MOST_LOOKS):
            if not await self.look():
                return
        raise AssertionError("the doubt does not end")

    async def first_look(self) -> None:
        """Waits until the doubt was looked up once, or ended by that."""
        async with asyncio.timeout(5):
            while await self._looks() == 0:  # noqa: ASYNC110 - a row, no event
                await asyncio.sleep(0.005)

    def said(self) -> list[str]:
        """Every text that Telegram has accepted in this cell."""
        calls = self.house.telegram.calls[self.calls :]
        return [call.params["text"] for call in calls if call.ok and "text" in call.params]

    async def _looks(self) -> int | None:
        doubts = await store_of(self.house).journal.doubts(self.house.clock.now() + _FAR)
        return doubts[0].looks if doubts else None


def first_line(message: Message) -> str:
    """What the message says first, without its times."""
    return _CLOCK_TIME.sub("…", message.text.splitlines()[0])
