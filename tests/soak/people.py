"""What people do: look, convert, change settings, and tap what they should not."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import timedelta

from handlers.callbacks import ConfirmConversion, decode
from sandbox.telegram import Message
from tests.soak.town import TOKENS, Seat, Town

_PATIENCE = 2
_MOST_TAPS = 8
_RECENT = 20
#: What leads on to a conversion, the nearest to it first.
_ONWARD = ("✅ Confirm", "Review ", "Select all", "Try now", "Choose tokens", "Check now")
_LOOKS = (
    *("/dust", "/dust", "/history", "/stats", "/status", "/compare ADA", "/sell"),
    *("/settings", "/snooze", "/help", "/start"),
)
_SETTINGS = (
    *(f"/settings threshold {amount}" for amount in ("1", "2.5", "5", "1 EUR")),
    *(f"/settings currency {name}" for name in ("USD", "USD", "EUR", "BTC", "BNB")),
    *("/settings cooldown 1m", "/settings cooldown 1m", "/settings cooldown 2m"),
    *("/settings silent on", "/settings silent off", "/settings timezone Europe/Berlin"),
    *("/settings report off", "/settings nonsense", "/settings threshold many"),
)
_FORGED = ("", "cy1", "cy1:", "cy1:0123456789abcdef", "tt1:x:99999999", "zz9:main", "ca1:other")


class Guest:
    """One person in one chat, until the town closes."""

    def __init__(self, town: Town, seat: Seat) -> None:
        self._town = town
        self._seat = seat
        self._chance = town.chance
        self._seen: deque[tuple[Message, str]] = deque(maxlen=50)

    async def live(self) -> None:
        """One thing after another, with pauses."""
        habits: list[tuple[Callable[[], Awaitable[object]], int]] = [
            (self._convert, 8),
            (self._look, 4),
            (self._set, 4),
            (self._protect, 2),
            (self._snooze, 1),
            (self._tap_anything, 3),
            (self._tap_forged, 1),
        ]
        doings, weights = zip(*habits, strict=True)
        await self._say("/settings cooldown 1m")
        while self._town.is_open:
            await self._chance.choices(doings, weights)[0]()
            await self._town.rest(*self._seat.rest)

    async def _say(self, text: str) -> Message | None:
        """Writes, and waits a moment for the answer."""
        sent = await self._seat.chat.send(text, sender=self._seat.person)
        self._town.tally["messages"] += 1
        if not await self._town.until(lambda: self._newest(sent) is not None, _PATIENCE):
            return None
        return self._newest(sent)

    def _newest(self, after: int) -> Message | None:
        last = self._seat.chat.messages[-1]
        return last if last.sender.is_bot and last.id > after else None

    def _tap(self, message: Message, data: str) -> None:
        tap = decode(data)
        if isinstance(tap, ConfirmConversion):
            self._town.shown.setdefault(tap.conversion, message.text)
            self._town.confirmed.add((tap.conversion, self._seat.person.id))
        self._town.tally["taps"] += 1
        self._seen.append((message, data))
        self._seat.chat.tap(message, data, self._seat.person)

    async def _convert(self) -> None:
        one, *others = self._chance.sample(tuple(TOKENS), 3)
        wishes = ["/convert", "/convert", "/convert all", f"/convert {one} {' '.join(others)}"]
        wishes += [f"/swap {one}", f"/swap {one} 10 BNB", f"/sell {one}", "/convert all to USDT"]
        await self._go_on(await self._say(self._chance.choice(wishes)))

    async def _look(self) -> None:
        message = await self._say(self._chance.choice(_LOOKS))
        if self._chance.random() < 0.3:
            await self._go_on(message)

    async def _go_on(self, message: Message | None) -> None:
        """Follows the buttons to a conversion; now and then somebody is impatient and taps again."""
        if message is None:
            return
        tapped: tuple[Message, int] | None = None
        for _ in range(_MOST_TAPS):
            found = await self._next(message, tapped)
            if found is None:
                return
            message, data = found
            tapped = message, message.version
            for _ in range(self._chance.choice((1, 1, 1, 2, 3))):
                self._tap(message, data)

    async def _next(
        self, message: Message, tapped: tuple[Message, int] | None
    ) -> tuple[Message, str] | None:
        """The button that leads on, in this message or in a newer one, once something has changed."""

        def leads_on() -> tuple[Message, str] | None:
            latest = self._newest(message.id) or message
            data = None if (latest, latest.version) == tapped else self._onward(latest)
            return None if data is None else (latest, data)

        await self._town.until(lambda: leads_on() is not None, _PATIENCE)
        return leads_on()

    def _onward(self, message: Message) -> str | None:
        data = {
            button.text: button.data for row in message.buttons for button in row if button.data
        }
        for label in _ONWARD:
            for text in data:
                if text.startswith(label) and not text.startswith("Review 0"):
                    return data[text]
        return None

    async def _set(self) -> None:
        soon = self._town.house.clock.now() + timedelta(minutes=1)
        report = f"/settings report daily {soon:%H:%M}"
        await self._say(self._chance.choice((*_SETTINGS, report)))

    async def _protect(self) -> None:
        """For a while."""
        token = self._chance.choice(tuple(TOKENS))
        await self._say(f"/settings protect {token}")
        await self._town.rest(1, 5)
        await self._say(f"/settings unprotect {token}")

    async def _snooze(self) -> None:
        """As `_protect`."""
        await self._say("/snooze 1h")
        await self._town.rest(1, 5)
        await self._say("/snooze off")

    async def _tap_anything(self) -> None:
        """One of the buttons there are, or one that was there once; in the group it is often another's."""
        there = [
            (message, button.data)
            for message in self._seat.chat.messages[-_RECENT:]
            for row in message.buttons
            for button in row
            if button.data
        ]
        if there or self._seen:
            self._tap(*self._chance.choice([*there, *self._seen]))

    async def _tap_forged(self) -> None:
        messages = [one for one in self._seat.chat.messages[-_RECENT:] if one.sender.is_bot]
        if messages:
            self._tap(self._chance.choice(messages), self._chance.choice(_FORGED))


async def intrude(town: Town) -> None:
    """A stranger writes what would be of use to a thief; `/start` alone would be answered."""
    while town.is_open:
        await town.stranger.send(town.chance.choice(("/dust", "/convert all", "/history", "hi")))
        town.tally["messages"] += 1
        await town.rest(3, 10)


async def live(town: Town) -> None:
    """Everybody, until the town closes."""
    await asyncio.gather(intrude(town), *(Guest(town, seat).live() for seat in town.seats))
