"""How long a message is, as Telegram counts."""

import re
from html import unescape

#: Telegram's limit for a message.
MOST_CHARACTERS = 4096
_TAG = re.compile(r"</?[a-z]+>")


def length_of(text: str) -> int:
    """The length of an HTML text without its markup, in UTF-16 code units."""
    return len(unescape(_TAG.sub("", text)).encode("utf-16-le")) // 2


def fits(text: str) -> bool:
    """Whether Telegram takes the HTML text as one message."""
    return length_of(text) <= MOST_CHARACTERS
