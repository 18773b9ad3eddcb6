"""A chat, from the side of the people in it: write, tap, and wait for what the bot shows."""

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING

from sandbox.telegram.errors import ApiError, forbidden
from sandbox.telegram.html import Entity, RichText
from sandbox.telegram.message import Message
from sandbox.telegram.model import CallbackAnswer, Person
from sandbox.telegram.taps import Tap
from sandbox.telegram.utf16 import units

if TYPE_CHECKING:
    from sandbox.telegram.world import World

COMMAND = re.compile(r"(?<![\w/@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?")


class Chat:
    """A private chat or a group; its first member speaks where no sender is named."""

    def __init__(self, world: "World", chat_id: int, title: str, members: Sequence[Person]) -> None:
        self.world = world
        self.id = chat_id
        self.title = title
        self.members = list(members)
        self.messages: list[Message] = []
        self.type = _type_of(chat_id)
        self._next_id = 1
        self._closed: ApiError | None = None

    @property
    def last(self) -> Message:
        """The bot's newest message; AssertionError if it has said nothing."""
        said = self._said(after=0)
        if not said:
            raise AssertionError(f"the bot has said nothing; {self._story()}")
        return said[-1]

    async def send(self, text: str, sender: Person | None = None) -> int:
        """Write a message; returns its id (later bot messages have higher ones)."""
        person = sender or self.members[0]
        message = self.add(person, RichText(text, _commands_in(text)), escape(text))
        self.world.updates.add("message", message.as_json())
        self.world.tell("message", chat_id=self.id, message=message.as_event())
        return message.id

    async def wait(
        self, wanted: Callable[[Message], bool], timeout: float = 5, after: int = 0
    ) -> Message:
        """The bot's newest message that is as wanted, also by an edit.

        `after` is a message id: only newer messages count. AssertionError, with the chat's
        messages, if there is none within `timeout` seconds.
        """

        def newest() -> Message | None:
            return next((m for m in reversed(self._said(after)) if wanted(m)), None)

        try:
            return await self.world.changes.until(newest, timeout)
        except TimeoutError:
            raise AssertionError(f"no such message within {timeout} s; {self._story()}") from None

    async def tap_data(
        self, message: Message, data: str, sender: Person | None = None, timeout: float = 5
    ) -> CallbackAnswer:
        """Tap with any data, also of a button that is gone, and await the bot's answer."""
        return await self.tap(message, data, sender).answer(timeout)

    def tap(self, message: Message, data: str, sender: Person | None = None) -> Tap:
        """Tap with any data, without waiting."""
        person = sender or self.members[0]
        tap = self.world.taps.open(message, person, data, self.world.now())
        self.world.updates.add("callback_query", tap.as_json())
        self.world.tell("tap", chat_id=self.id, message_id=message.id, data=data)
        return tap

    def block(self) -> None:
        """The person blocks the bot, or the group removes it: every call is forbidden."""
        private = self.type == "private"
        reason = "blocked by the user" if private else f"kicked from the {self.type} chat"
        self.close(forbidden(f"bot was {reason}"))
        self._tell_membership("member", "kicked")
        self.world.tell("blocked", chat_id=self.id)

    def unblock(self) -> None:
        """Undo block."""
        self._closed = None
        self._tell_membership("kicked", "member")
        self.world.tell("unblocked", chat_id=self.id)

    def close(self, reason: ApiError) -> None:
        """From now on the bot's calls to this chat are refused for this reason."""
        self._closed = reason

    def check_open(self) -> None:
        """ApiError if the bot may not act here."""
        if self._closed is not None:
            raise self._closed

    def add(self, sender: Person, rich: RichText, html: str) -> Message:
        """Append a message; the caller tells of it when it is complete."""
        message = Message(self, self._next_id, sender, self.world.now(), rich, html)
        self._next_id += 1
        self.messages.append(message)
        return message

    def find(self, message_id: int) -> Message | None:
        """The message with this id unless it was deleted."""
        return next((m for m in self.messages if m.id == message_id), None)

    def as_json(self) -> dict[str, object]:
        """Telegram's `Chat`."""
        if self.type != "private":
            return {"id": self.id, "type": self.type, "title": self.title}
        person = self.members[0]
        named = {"username": person.username} if person.username else {}
        return {"id": self.id, "type": "private", "first_name": person.first_name, **named}

    def _said(self, after: int) -> list[Message]:
        return [m for m in self.messages if m.sender.is_bot and m.id > after]

    def _story(self) -> str:
        lines = "".join(f"\n  {message!r}" for message in self.messages)
        return f"chat {self.id} shows:{lines or ' nothing'}"

    def _tell_membership(self, before: str, after: str) -> None:
        bot = self.world.bot.as_json()
        self.world.updates.add(
            "my_chat_member",
            {
                "chat": self.as_json(),
                "from": self.members[0].as_json(),
                "date": int(self.world.now().timestamp()),
                "old_chat_member": _membership(bot, before),
                "new_chat_member": _membership(bot, after),
            },
        )


def _membership(user: dict[str, object], status: str) -> dict[str, object]:
    until = {"until_date": 0} if status == "kicked" else {}
    return {"user": user, "status": status, **until}


def _commands_in(text: str) -> tuple[Entity, ...]:
    return tuple(
        {
            "type": "bot_command",
            "offset": units(text[: found.start()]),
            "length": units(found[0]),
        }
        for found in COMMAND.finditer(text)
    )


def _type_of(chat_id: int) -> str:
    if chat_id > 0:
        return "private"
    return "supergroup" if str(chat_id).startswith("-100") else "group"
