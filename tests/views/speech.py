"""How views speak in tests, and what every screen must keep to."""

from html.parser import HTMLParser

from dust.preferences import ChatSettings
from handlers.callbacks import encode
from handlers.message_length import MOST_CHARACTERS
from handlers.screens import Screen
from handlers.texts import Texts, texts_for
from tests.factories import NOON

#: A name as a hostile token could bear.
HOSTILE = "<b>&"
#: The most buttons that Telegram shows below a message.
MOST_BUTTONS = 100


def speech(zone: str = "UTC") -> Texts:
    """English at noon of the first of March 2026, UTC."""
    return texts_for(ChatSettings(7, zone=zone), NOON)


def labels(screen: Screen) -> list[str]:
    """The labels of all buttons in order."""
    return [button.label for row in screen.keyboard for button in row]


class _Tags(HTMLParser):
    """Telegram refuses a message whose tags are not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.units = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"b", "i", "u", "s", "code"}, tag
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.units += sum(2 if ord(sign) > 0xFFFF else 1 for sign in data)


def assert_fits(screen: Screen) -> None:
    """The screen is one that Telegram takes: text, tags, buttons, callback data."""
    tags = _Tags()
    tags.feed(screen.text)
    tags.close()
    assert not tags.open
    assert 0 < tags.units <= MOST_CHARACTERS
    buttons = [button for row in screen.keyboard for button in row]
    assert len(buttons) <= MOST_BUTTONS
    assert all(row for row in screen.keyboard)
    for button in buttons:
        assert button.label
        encode(button.tap)
