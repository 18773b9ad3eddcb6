"""A ccxt client whose numbers are exact, whose time is ours, and whose errors remember their answer."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol, cast

import ccxt.async_support as ccxt

from dust.errors import RateLimited
from dust.ports import Clock

#: Milliseconds that a request may take: Binance's own backend gives up after ten seconds.
TIMEOUT = 30_000
#: Where a 429 or 418 carries no Retry-After (spot REST docs: it does; wallet docs do not say).
DEFAULT_PAUSE = timedelta(seconds=60)
_LIMITED = frozenset({418, 429})


class Client(Protocol):
    """What an account uses of a ccxt client."""

    blocked_until: datetime | None
    options: dict[str, Any]

    async def request(
        self,
        path: str,
        api: list[str],
        method: str,
        params: Mapping[str, Any],
        config: Mapping[str, Any],
    ) -> object:
        """One signed or public request (ccxt's generic call)."""
        ...

    def milliseconds(self) -> int:
        """Our time."""
        ...

    async def close(self) -> None:
        """Closes the connections."""
        ...


class _Hooks:
    """Overrides of a ccxt exchange class; placed before it among the bases."""

    clock: Clock
    blocked_until: datetime | None = None

    def milliseconds(self) -> int:
        return (self.clock.now() - _EPOCH) // timedelta(milliseconds=1)

    async def fetch(self, *arguments: Any, **named: Any) -> object:
        # Here and no earlier: a request may have waited its turn while another one was told to pause.
        if self.blocked_until is not None and self.clock.now() < self.blocked_until:
            raise RateLimited(self.blocked_until)
        return await super().fetch(*arguments, **named)  # type: ignore[misc]

    def on_json_response(self, text: str) -> object:
        # ccxt would make floats of unquoted decimals, and no amount may ever be one.
        return json.loads(text, parse_float=str)

    def on_rest_response(self, *arguments: Any) -> object:
        status, headers = arguments[0], arguments[4]
        if status in _LIMITED:
            self.blocked_until = self.clock.now() + _pause(headers)
        return super().on_rest_response(*arguments)  # type: ignore[misc]

    def handle_errors(self, *arguments: Any) -> object:
        try:
            return super().handle_errors(*arguments)  # type: ignore[misc]
        except ccxt.BaseError as error:
            error.status, error.answer = arguments[0], arguments[6]
            raise


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def _pause(headers: Mapping[str, str]) -> timedelta:
    """The pause a 429 or 418 asks for: whole seconds (Binance spot REST docs, limits)."""
    named = {name.lower(): value for name, value in headers.items()}
    value = named.get("retry-after", "").strip()
    return timedelta(seconds=int(value)) if value.isdecimal() else DEFAULT_PAUSE


def open_client(
    exchange: type, *, api_key: str, secret: str, api_url: str | None, clock: Clock
) -> Client:
    """A client of this ccxt class, signing with these credentials.

    `api_url` takes the place of the scheme and host of every address that the class has. Nothing is ever
    repeated by ccxt itself, also not a converting request.
    """
    kind = type("Client", (_Hooks, exchange), {"clock": clock})
    client: Any = kind(
        {
            "apiKey": api_key,
            "secret": normalised_secret(secret),
            "number": str,
            "timeout": TIMEOUT,
            "options": {"maxRetriesOnFailure": 0, "adjustForTimeDifference": False},
        }
    )
    if api_url is not None:
        client.urls["api"] = {
            name: _moved(address, api_url) for name, address in client.urls["api"].items()
        }
    return cast(Client, client)


def normalised_secret(secret: str) -> str:
    """A PEM as ccxt can tell it: it takes anything over 120 characters for RSA, so an Ed25519 key with
    Windows line ends or a trailing newline would be read as the wrong kind."""
    return secret.replace("\r", "").replace("\\n", "\n").strip()


def _moved(address: str, api_url: str) -> str:
    host_and_path = address.split("://", 1)[-1]
    _, slash, path = host_and_path.partition("/")
    return f"{api_url}{slash}{path}"
