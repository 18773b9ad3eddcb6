"""Finds secrets in whatever was written, in every form in which one could have got there."""

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

#: Shorter pieces of a PEM text occur by chance.
_TELLING = 12
_SIGNATURE = re.compile(r"signature\W{1,4}(?!\[redacted)[A-Za-z0-9+/%]{16}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Leaks:
    """Everything that must be found nowhere."""

    secrets: tuple[str, ...]

    @classmethod
    def of(cls, secrets: Iterable[str]) -> "Leaks":
        """These secrets, their pieces, and how they look in a URL, in base64, and as bytes."""
        return cls(tuple({form for secret in secrets for form in _forms(secret)}))

    def check(self, text: str, where: str) -> None:
        """AssertionError that names the place, if a secret or anything like a signature is in the text."""
        found = sum(secret in text for secret in self.secrets)
        assert not found, f"{found} forms of secrets are in {where}"
        assert not _SIGNATURE.search(text), f"a signature is in {where}"


def _forms(secret: str) -> Iterator[str]:
    for piece in (secret, *_pieces(secret)):
        yield from (piece, quote(piece, safe=""), unquote(piece))
        yield from (base64.b64encode(piece.encode()).decode(), piece.encode().hex())


def _pieces(secret: str) -> list[str]:
    """The lines of a PEM text; the half of a bot's token that is not its public id."""
    parts = secret.splitlines() if "\n" in secret else [secret.partition(":")[2]]
    return [part for part in parts if len(part) >= _TELLING and not part.startswith("-----")]
