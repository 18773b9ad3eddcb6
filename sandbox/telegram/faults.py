"""Misbehaviour on demand: refusals, lost connections, slow answers."""

import asyncio
from dataclasses import dataclass, field

from sandbox.telegram.errors import ApiError


@dataclass(frozen=True, slots=True)
class Refuse:
    """Answer with an error and do nothing."""

    code: int
    description: str
    retry_after: int | None = None  # seconds
    migrate_to_chat_id: int | None = None

    @classmethod
    def flood(cls, retry_after: int) -> "Refuse":
        """429: too many requests; try again after so many seconds."""
        text = f"Too Many Requests: retry after {retry_after}"
        return cls(429, text, retry_after=retry_after)

    @classmethod
    def migrated(cls, to_chat_id: int) -> "Refuse":
        """400: the group has become a supergroup with another id."""
        text = "Bad Request: group chat was upgraded to a supergroup chat"
        return cls(400, text, migrate_to_chat_id=to_chat_id)

    def as_error(self) -> ApiError:
        """The refusal as the server raises it."""
        named = {
            "retry_after": self.retry_after,
            "migrate_to_chat_id": self.migrate_to_chat_id,
        }
        given = {name: value for name, value in named.items() if value is not None}
        return ApiError(self.code, self.description, given)


@dataclass(frozen=True, slots=True)
class Drop:
    """Close the connection without an answer; with `handled` the call still took effect."""

    handled: bool


@dataclass(frozen=True, slots=True)
class Delay:
    """Handle the call only after `release` is set; `reached` is set when it has arrived."""

    release: asyncio.Event = field(default_factory=asyncio.Event)
    reached: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True, slots=True)
class BadGateway:
    """HTTP 502 with a page of HTML in place of the API's JSON; nothing is done."""


Fault = Refuse | Drop | Delay | BadGateway


@dataclass(slots=True)
class _Planned:
    method: str
    fault: Fault
    chat_id: int | None
    left: int

    def fits(self, method: str, chat_id: int | None) -> bool:
        same_method = self.method.lower() == method.lower()
        return self.left > 0 and same_method and self.chat_id in (None, chat_id)


class Faults:
    """The script: each fault strikes the next fitting calls, in the order scripted."""

    def __init__(self) -> None:
        self._planned: list[_Planned] = []

    def script(self, method: str, fault: Fault, chat_id: int | None = None, times: int = 1) -> None:
        """Let the next `times` calls of this method (to this chat) go wrong."""
        self._planned.append(_Planned(method, fault, chat_id, times))

    def clear(self) -> None:
        """Forget what has not struck yet."""
        self._planned.clear()

    @property
    def waiting(self) -> int:
        """How many calls will still meet a fault."""
        return sum(planned.left for planned in self._planned)

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault for this call, counted as used."""
        for planned in self._planned:
            if planned.fits(method, chat_id):
                planned.left -= 1
                return planned.fault
        return None
