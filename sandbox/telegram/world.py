"""Who exists in the local Telegram, and what everyone shares."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sandbox.telegram.chat import Chat
from sandbox.telegram.errors import bad_request
from sandbox.telegram.feed import Feed
from sandbox.telegram.menu import BotProfile
from sandbox.telegram.model import ApiCall, Person
from sandbox.telegram.taps import Taps
from sandbox.telegram.updates import UpdateQueue
from sandbox.telegram.waiting import Changes


class World:
    """People, chats and one bot; the clock gives aware UTC times."""

    def __init__(self, bot: Person, now: Callable[[], datetime]) -> None:
        self.bot = bot
        self.now = now
        self.changes = Changes()
        self.feed = Feed()
        self.updates = UpdateQueue(self.changes)
        self.taps = Taps(self.changes)
        self.profile = BotProfile(bot.first_name)
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.calls: list[ApiCall] = []

    def add_person(self, person: Person) -> Person:
        """A new person; the same id again replaces the profile."""
        self.people[person.id] = person
        return person

    def open_chat(self, chat_id: int, title: str, members: Sequence[Person]) -> Chat:
        """The chat with this id, created if it is new."""
        if chat_id not in self.chats:
            self.chats[chat_id] = Chat(self, chat_id, title, members)
        return self.chats[chat_id]

    def chat(self, chat_id: int | None) -> Chat:
        """The chat if the bot may act in it; ApiError 400 or 403 otherwise."""
        found = self.chats.get(chat_id) if chat_id is not None else None
        if found is None:
            raise bad_request("chat not found")
        found.check_open()
        return found

    def record(self, call: ApiCall) -> None:
        """Keep a finished call."""
        self.calls.append(call)
        self.changes.notify()

    def tell(self, kind: str, **details: object) -> None:
        """Something visible happened: publish it and wake whoever waits."""
        self.feed.publish(kind, **details)
        self.changes.notify()
