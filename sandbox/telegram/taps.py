"""Taps on buttons, and the callback queries that wait for the bot's answer."""

import itertools
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sandbox.telegram.errors import bad_request
from sandbox.telegram.model import CallbackAnswer, Person
from sandbox.telegram.waiting import Changes

if TYPE_CHECKING:
    from sandbox.telegram.message import Message

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(slots=True, eq=False)
class Tap:
    """One tap: a callback query on its way to the bot."""

    id: str
    message: "Message"
    sender: Person
    data: str
    at: datetime
    changes: Changes
    answered: CallbackAnswer | None = None

    async def answer(self, timeout: float = 5) -> CallbackAnswer:
        """The bot's answer; AssertionError if there is none within `timeout` seconds."""
        try:
            return await self.changes.until(lambda: self.answered, timeout)
        except TimeoutError:
            raise AssertionError(
                f"the tap {self.data!r} on {self.message!r} was not answered within {timeout} s"
            ) from None

    def as_json(self) -> dict[str, object]:
        """Telegram's `CallbackQuery`."""
        return {
            "id": self.id,
            "from": self.sender.as_json(),
            "message": self.message.as_json(),
            "chat_instance": f"instance-{self.message.chat.id}",
            "data": self.data,
        }


class Taps:
    """Open and answered callback queries; `lifetime` is how long one can be answered."""

    def __init__(self, changes: Changes) -> None:
        self.lifetime = timedelta(seconds=30)
        self._changes = changes
        self._numbers = itertools.count(1)
        self._by_id: dict[str, Tap] = {}

    def open(self, message: "Message", sender: Person, data: str, at: datetime) -> Tap:
        """A new callback query."""
        query = f"{message.chat.world.bot.id}{next(self._numbers):06}"
        tap = Tap(query, message, sender, data, at, self._changes)
        self._by_id[query] = tap
        return tap

    def answer(self, query: str, text: str, show_alert: bool, at: datetime) -> Tap:
        """Answer once and in time; ApiError 400 otherwise."""
        tap = self._by_id.get(query)
        if tap is None or tap.answered is not None or at - tap.at > self.lifetime:
            raise bad_request(TOO_OLD)
        tap.answered = CallbackAnswer(text, show_alert, at)
        return tap
