"""Telegram counts text in UTF-16 code units (Bot API, MessageEntity)."""


def units(text: str) -> int:
    """Length of a text in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2
