"""Values of the local Telegram: people, buttons, answers, recorded calls."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Person:
    """A Telegram account; the bot is one too."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = "en"
    is_bot: bool = False

    def as_json(self) -> dict[str, object]:
        """Telegram's `User`."""
        user: dict[str, object] = {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
        }
        if self.username:
            user["username"] = self.username
        if self.language_code and not self.is_bot:
            user["language_code"] = self.language_code
        return user


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: it carries data for the bot, or a link."""

    text: str
    data: str | None = None
    url: str | None = None

    def as_json(self) -> dict[str, object]:
        """For the event feed."""
        return {"text": self.text, "data": self.data, "url": self.url}


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What the bot answered to a tap; an empty text only stops the button's spinner."""

    text: str
    show_alert: bool
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class Document:
    """A file the bot sent."""

    name: str
    content: bytes
    mime_type: str


@dataclass(frozen=True, slots=True)
class ApiCall:
    """One finished Bot API call.

    `params` are as sent (JSON values as JSON text). `ok` says whether Telegram accepted it, even
    if the answer was then lost; `description` is the refusal's text.
    """

    method: str
    params: Mapping[str, str]
    chat_id: int | None
    at: datetime
    ok: bool
    description: str = ""
