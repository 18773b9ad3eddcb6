"""Parameters of a request: query string and form body together, as Binance reads them."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qsl

from sandbox.binance import errors

ASSET_NAME = re.compile(r"""[^\s,\[\]'"]{1,40}""")
SYMBOL_LIST = re.compile(r'\["[^"\s]+"(,"[^"\s]+")*\]')


class Params:
    """Decoded name/value pairs. A name in both places counts as in the query string."""

    def __init__(self, query: str, body: str = "") -> None:
        self._pairs = [*_decode(query), *_decode(body)]

    def text(self, name: str) -> str | None:
        return next((value for key, value in self._pairs if key == name), None)

    def required(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise errors.missing(name)
        return value

    def integer(self, name: str) -> int | None:
        value = self.text(name)
        if value is None:
            return None
        if not re.fullmatch(r"[0-9]{1,20}", value):
            raise errors.illegal_characters()
        return int(value)

    def flag(self, name: str) -> bool:
        return (self.text(name) or "false").lower() == "true"

    def assets(self, name: str) -> list[str]:
        """``A,B`` or the name repeated; a list's text form and blanks are illegal (-1100)."""
        self.required(name)
        found = [asset for key, value in self._pairs if key == name for asset in value.split(",")]
        if not all(ASSET_NAME.fullmatch(asset) for asset in found):
            raise errors.illegal_characters()
        if len(set(found)) < len(found):
            raise errors.duplicate_values()
        return found

    def symbols(self, name: str) -> list[str] | None:
        """A JSON array without blanks, or None if the parameter is absent."""
        value = self.text(name)
        if value is None:
            return None
        if not SYMBOL_LIST.fullmatch(value):
            raise errors.illegal_characters()
        found: list[str] = json.loads(value)
        if len(set(found)) < len(found):
            raise errors.duplicate_symbols()
        return found

    def as_dict(self) -> dict[str, str]:
        """Each name once; the values of a repeated name joined by commas."""
        joined: dict[str, str] = {}
        for key, value in self._pairs:
            joined[key] = f"{joined[key]},{value}" if key in joined else value
        return joined


def _decode(raw: str) -> list[tuple[str, str]]:
    pairs = parse_qsl(raw, keep_blank_values=True)
    return [(key, value) for key, value in pairs if key != "signature"]
