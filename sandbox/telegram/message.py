"""A message as it stands in a chat now: edits change it in place."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sandbox.telegram.html import Entity, RichText
from sandbox.telegram.keyboard import Markup, buttons_of
from sandbox.telegram.model import Button, CallbackAnswer, Document, Person

if TYPE_CHECKING:
    from sandbox.telegram.chat import Chat
    from sandbox.telegram.taps import Tap


@dataclass(slots=True, eq=False)
class Message:
    """One message; `version` counts its edits and `html` is its source."""

    chat: "Chat"
    id: int
    sender: Person
    at: datetime
    rich: RichText
    html: str
    markup: Markup | None = None
    silent: bool = False
    document: Document | None = None
    reply_to: "Message | None" = None
    edited_at: datetime | None = None
    version: int = 0
    deleted: bool = False

    @property
    def text(self) -> str:
        """The plain text, or the caption of a document."""
        return self.rich.text

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Formatting and commands, in UTF-16 code units."""
        return self.rich.entities

    @property
    def buttons(self) -> list[list[Button]]:
        """Rows of inline buttons, as they are now."""
        return buttons_of(self.markup)

    @property
    def labels(self) -> list[str]:
        """The labels of all buttons, row by row."""
        return [button.text for row in self.buttons for button in row]

    async def tap(
        self, label: str, sender: Person | None = None, timeout: float = 5
    ) -> CallbackAnswer:
        """Tap the button with this label (or label's beginning) and await the bot's answer."""
        return await self.tap_nowait(label, sender).answer(timeout)

    def tap_nowait(self, label: str, sender: Person | None = None) -> "Tap":
        """Tap without waiting; `await tap.answer()` later."""
        return self.chat.tap(self, self._data_of(label), sender)

    def _data_of(self, label: str) -> str:
        buttons = [button for row in self.buttons for button in row]
        exact = [button for button in buttons if button.text == label]
        found = exact or [button for button in buttons if button.text.startswith(label)]
        if len(found) != 1 or found[0].data is None:
            raise AssertionError(f"{len(found)} tappable buttons for {label!r} in {self.labels}")
        return found[0].data

    def as_json(self) -> dict[str, object]:
        """Telegram's `Message`."""
        if self.deleted:
            return {"message_id": self.id, "chat": self.chat.as_json(), "date": 0}
        message: dict[str, object] = {
            "message_id": self.id,
            "from": self.sender.as_json(),
            "chat": self.chat.as_json(),
            "date": int(self.at.timestamp()),
            **self._content(),
        }
        if self.edited_at is not None:
            message["edit_date"] = int(self.edited_at.timestamp())
        if self.reply_to is not None:
            replied = self.reply_to.as_json()
            replied.pop("reply_to_message", None)  # Bot API: a reply holds no further reply
            message["reply_to_message"] = replied
        if self.buttons:
            message["reply_markup"] = self.markup
        return message

    def as_event(self) -> dict[str, object]:
        """For the event feed: what a screen needs to draw the message."""
        return {
            "id": self.id,
            "chat_id": self.chat.id,
            "from": self.sender.as_json(),
            "at": self.at.isoformat(),
            "text": self.text,
            "html": self.html,
            "entities": list(self.entities),
            "buttons": [[button.as_json() for button in row] for row in self.buttons],
            "version": self.version,
            "silent": self.silent,
            "document": self.document.name if self.document else None,
        }

    def _content(self) -> dict[str, object]:
        entities = [dict(entity) for entity in self.entities]
        if self.document is None:
            return {"text": self.text, **({"entities": entities} if entities else {})}
        shown = {"caption": self.text} if self.text else {}
        marked = {"caption_entities": entities} if entities else {}
        return {"document": self._document(self.document), **shown, **marked}

    def _document(self, document: Document) -> dict[str, object]:
        return {
            "file_id": f"document-{self.chat.id}-{self.id}",
            "file_unique_id": f"unique-{self.chat.id}-{self.id}",
            "file_name": document.name,
            "mime_type": document.mime_type,
            "file_size": len(document.content),
        }

    def __repr__(self) -> str:
        edits = f", {self.version} edits" if self.version else ""
        keys = f", buttons {self.labels}" if self.labels else ""
        return f"#{self.id} {self.sender.first_name}{edits}{keys}: {self.text!r}"
