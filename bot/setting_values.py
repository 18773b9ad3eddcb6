"""How the text of one setting becomes its value.

A ValueError's message goes on after the variable's name ("CHECK_INTERVAL is …") and never holds the value.
"""

import re
from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from pydantic import SecretStr

_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]{20,}")
_ID = re.compile(r"-?[1-9][0-9]{0,15}")
_QUOTES = "\"'“”‘’`"


def token(raw: object) -> SecretStr:
    """A bot token, `123456:ABC…`."""
    text = plain_secret(raw)
    if text.lower().startswith("bot"):
        raise ValueError("begins with the word “bot”: leave that out, a token begins with digits")
    if not _TOKEN.fullmatch(text):
        raise ValueError(
            "is not a bot token: copy the whole of what @BotFather gave you, "
            "digits, a colon and a long word (123456:ABC…)"
        )
    return SecretStr(text)


def plain_secret(raw: object) -> str:
    """A secret in one word."""
    text = _unwrapped(raw)
    if re.search(r"\s", text):
        raise ValueError("has a space or a line break inside: copy it again, in one piece")
    return text


def signing_secret(raw: object) -> str:
    """An API secret: one word (HMAC), or a PEM private key with real or written-out line breaks."""
    text = _unwrapped(raw).replace("\r", "").replace("\\n", "\n").strip()
    if "-----BEGIN" not in text:
        return plain_secret(text)
    if "PUBLIC KEY" in text:
        raise ValueError(
            "is a public key: the exchange gets that one, here belongs the private key"
        )
    if "ENCRYPTED" in text:
        raise ValueError("is a private key behind a passphrase: export it without one")
    if not re.search(r"-----END [A-Z ]*PRIVATE KEY-----$", text):
        raise ValueError(
            "holds only a part of a private key: put double quotes around all of its lines, "
            r"or write it in one line with \n for each line break"
        )
    return text


def _unwrapped(raw: object) -> str:
    text = raw.get_secret_value() if isinstance(raw, SecretStr) else raw
    if not isinstance(text, str):
        raise ValueError("must be text")
    text = text.strip()
    if text[:1] in tuple(_QUOTES) or text[-1:] in tuple(_QUOTES):
        raise ValueError("has quotes around its value: remove them")
    return text


def ids(raw: object) -> Iterable[object]:
    """The numeric ids of a comma list; what is no text passes, to be checked as whole numbers."""
    if not isinstance(raw, str):
        if isinstance(raw, Iterable):
            return raw
        raise ValueError("must be a list of numeric ids")
    entries = [entry.strip() for entry in raw.split(",")]
    return [_id(entry, place) for place, entry in enumerate(entries, start=1) if entry]


def _id(entry: str, place: int) -> int:
    if entry[0] in _QUOTES:
        raise ValueError(f"has quotes around entry {place}: remove them")
    if entry[0] == "@" or entry[0].isalpha():
        raise ValueError(
            f"has a name as entry {place}: it takes numeric ids; "
            "send /start to the bot in a private chat and it tells you the id"
        )
    if not _ID.fullmatch(entry):
        raise ValueError(
            f"has an entry {place} that is no id: write whole numbers with commas between, "
            "like 123456789,-1001234567890"
        )
    return int(entry)


def root_url(raw: object) -> str:
    """The root of an HTTP API, without a slash at its end; unencrypted only on this machine."""
    if not isinstance(raw, str):
        raise ValueError("must be a URL")
    parts = _split(raw.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", raw.strip()):
        raise ValueError("is not a URL: write it like https://api.example.com")
    if parts.username is not None or parts.query or parts.fragment:
        raise ValueError("has more than host and path: leave out user name, password, “?” and “#”")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise ValueError(
            "would send secrets unencrypted: write https:// (http:// is for this machine only)"
        )
    return parts.geturl().rstrip("/")


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # only reading it finds a port that is none
    except ValueError:
        raise ValueError("is not a URL: write it like https://api.example.com") from None
    return parts


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
