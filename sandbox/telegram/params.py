"""Parameters of a call, in whichever of the Bot API's four ways they were sent."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import web

from sandbox.telegram.errors import bad_request
from sandbox.telegram.model import Document


@dataclass(frozen=True, slots=True)
class Params:
    """Values as text (JSON values as JSON text), and the files of a multipart body."""

    values: Mapping[str, str]
    files: Mapping[str, Document] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The value, or an empty text."""
        return self.values.get(name, "")

    def integer(self, name: str, default: int | None = None) -> int:
        """A whole number; ApiError 400 if it is none, or missing without a default."""
        given = self.values.get(name)
        if given is None and default is not None:
            return default
        try:
            return int(given or "")
        except ValueError:
            raise bad_request(f'parameter "{name}" must be a valid Integer') from None

    def flag(self, name: str) -> bool:
        """A Boolean, false if missing."""
        return self.text(name).lower() in {"true", "1", "yes", "t", "y"}

    def json(self, name: str) -> object:
        """A JSON value, None if missing; ApiError 400 if it is not JSON."""
        if not self.text(name):
            return None
        try:
            return json.loads(self.text(name))
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None

    def mapping(self, name: str) -> dict[str, object]:
        """A JSON object, empty if missing."""
        value = self.json(name) or {}
        if not isinstance(value, dict):
            raise bad_request(f"can't parse {name} JSON object")
        return value

    @property
    def chat_id(self) -> int | None:
        """The chat a call is about, if it names one by number."""
        given = self.text("chat_id")
        return int(given) if given.lstrip("-").isdigit() else None


async def read_params(request: web.Request) -> Params:
    """Query, urlencoded, multipart or JSON; the body wins over the query."""
    query = dict(request.query)
    if request.content_type == "application/json":
        return Params({**query, **_texts(await request.json())})
    values, files = dict(query), {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = Document(value.filename, value.file.read(), value.content_type)
            value.file.close()
        else:
            values[name] = str(value)
    return Params(values, files)


def _texts(body: Mapping[str, object]) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in body.items()
        if value is not None
    }
