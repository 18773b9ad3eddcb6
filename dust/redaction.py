"""Takes secrets out of text that is about to be written down."""

import json
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, quote_plus

REDACTED = "[redacted]"

#: Shorter lines of a PEM key give nothing away and occur by chance.
_TELLING = 8

_SHAPES = (
    (re.compile(r"bot[0-9]+(?::|%3A)[A-Za-z0-9_-]+", re.IGNORECASE), f"bot{REDACTED}"),
    (re.compile(r"""(signature(?:=|["']\s*:\s*["']))[^&\s"']+""", re.IGNORECASE), rf"\1{REDACTED}"),
    (
        re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*-----|\Z)", re.DOTALL),
        REDACTED,
    ),
)


class Redactor:
    """Replaces known secrets, and what has the shape of a secret, by a mark."""

    def __init__(self, secrets: Iterable[str]) -> None:
        forms = {form for secret in secrets for form in _forms(secret)}
        # The longest first: a secret may begin with another one.
        words = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
        self._known = re.compile(words) if words else None

    def __call__(self, text: str) -> str:
        """The text without its secrets."""
        if self._known is not None:
            text = self._known.sub(REDACTED, text)
        for shape, mark in _SHAPES:
            text = shape.sub(mark, text)
        return text


def _forms(secret: str) -> Iterator[str]:
    """How a secret looks in a text, in a URL, as a literal, and in pieces when it has several lines."""
    if not secret:
        return
    yield from (secret, quote(secret, safe=""), quote(secret), quote_plus(secret))
    yield from (repr(secret)[1:-1], json.dumps(secret)[1:-1])
    if "\n" in secret:
        yield from (
            line
            for line in secret.splitlines()
            if len(line) >= _TELLING and not line.startswith("-----")
        )
