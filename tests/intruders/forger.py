"""Updates as Telegram's schema allows them, and as nobody expects them."""

from collections.abc import Sequence
from random import Random
from typing import Any

from handlers.routes import COMMANDS
from sandbox.telegram import Chat, Message, Person
from sandbox.telegram.chat import COMMAND
from sandbox.telegram.utf16 import units
from tests.intruders.oddities import TEXTS, command

Json = dict[str, Any]

NAMES = [route.name for route in COMMANDS]
#: As Telegram reports admins and channels that write in a group.
ANONYMOUS = Person(1087968824, "Group", "GroupAnonymousBot", is_bot=True)

#: Besides new messages and taps: nothing of this was asked for.
UNASKED = (
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_message",
    "edited_business_message",
)


class Forger:
    """The same updates for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - a test must be repeatable, not unforeseeable
        self._number = 0

    def any_of(self, *makers: Any) -> Json:
        """What one of these makes."""
        made: Json = self.random.choice(makers)()
        return made

    def message(
        self, chat: Chat, senders: Sequence[Person | None], text: str | None = None
    ) -> Json:
        """A message with all that may hang on one; without a sender where it is None."""
        words = text if text is not None else self._words()
        sender = self.random.choice(senders)
        return {
            **self._head(chat),
            **({"from": sender.as_json()} if sender else {}),
            **self._content(words),
            **self._extras(chat),
        }

    def tap(self, sender: Person | None, message: Message | None, data: str | None) -> Json:
        """A tap below a message, one that Telegram at times no longer shows, or (None) one sent inline."""
        made: Json = {
            "id": self._query(),
            **({"from": sender.as_json()} if sender else {}),
            "chat_instance": "1",
            **({"data": data} if data is not None else {"game_short_name": "chess"}),
        }
        if message is None:
            return {**made, "inline_message_id": f"inline-{self._next()}"}
        shown = message.as_json()
        if self.random.random() < 0.3:
            shown = {"chat": message.chat.as_json(), "message_id": message.id, "date": 0}
        return {**made, "message": shown}

    def unasked(self, chat: Chat, sender: Person) -> Json:
        """An update of a kind that the bot did not ask for, or of none that exists."""
        user, place = sender.as_json(), chat.as_json()
        kind = self.random.choice((*UNASKED, "inline_query", "my_chat_member", "poll", "new_kind"))
        if kind in UNASKED:
            senders = [None] if "channel" in kind else [sender]
            return {kind: self.message(chat, senders, command(self.random, NAMES))}
        content: dict[str, Json] = {
            "inline_query": {
                "id": self._query(),
                "from": user,
                "query": self._words(),
                "offset": "",
            },
            "my_chat_member": {
                "chat": place,
                "from": user,
                "date": 1,
                "old_chat_member": {"user": user, "status": "left"},
                "new_chat_member": {"user": user, "status": "member"},
            },
            "poll": {
                "id": self._query(),
                "question": "<b>",
                "options": [],
                "total_voter_count": 0,
                "is_closed": False,
                "is_anonymous": True,
                "type": "regular",
                "allows_multiple_answers": False,
                "allows_revoting": True,
            },
            "new_kind": {"from": user, "chat": place, "text": "/convert all"},
        }
        return {kind: content[kind]}

    def _words(self) -> str:
        if self.random.random() < 0.5:
            return self.random.choice(TEXTS)
        return command(self.random, NAMES)

    def _head(self, chat: Chat) -> Json:
        return {"message_id": 100_000 + self._next(), "date": 1, "chat": chat.as_json()}

    def _content(self, words: str) -> Json:
        entities = self._entities(words)
        marked = {"entities": entities} if entities else {}
        if self.random.random() < 0.1:
            photo = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}
            return {"photo": [photo], "caption": words, "caption_entities": entities, **marked}
        return {**({"text": words} if words else {}), **marked}

    def _entities(self, words: str) -> list[Json]:
        if self.random.random() < 0.2:
            start, length = self.random.choice(((0, 0), (0, 1), (0, 9999), (5, 3), (9999, 1)))
            return [{"type": "bot_command", "offset": start, "length": length}]
        return [
            {
                "type": "bot_command",
                "offset": units(words[: found.start()]),
                "length": units(found[0]),
            }
            for found in COMMAND.finditer(words)
        ]

    def _extras(self, chat: Chat) -> Json:
        """A forwarded message, one by way of another bot, one of a channel, a reply, a service message."""
        robot = Person(5555, "Robot", "robot_bot", is_bot=True).as_json()
        hidden = {"type": "hidden_user", "sender_user_name": "<b>Anna</b>", "date": 1}
        extras: tuple[Json, ...] = (
            {"forward_origin": hidden},
            {"via_bot": robot},
            {"sender_chat": {"id": -100777, "type": "channel", "title": "<i>"}},
            {"reply_to_message": {**self._head(chat), "text": "/convert all"}},
            {"new_chat_members": [robot]},
            {"left_chat_member": robot},
            {"new_chat_title": "</b>"},
            {"pinned_message": {**self._head(chat), "date": 0}},
            {"media_group_id": "7", "has_protected_content": True},
        )
        return self.random.choice(extras) if self.random.random() < 0.4 else {}

    def _query(self) -> str:
        return f"forged{self._next()}"

    def _next(self) -> int:
        self._number += 1
        return self._number
