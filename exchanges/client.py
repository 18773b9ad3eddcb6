"""What Dustpan changes in a ccxt client: exact numbers, its own clock, one way for answers to fail."""

import json
import logging
import ssl
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from dust.ports import Clock
from dust.redaction import Redactor
from exchanges.answers import to_milliseconds
from exchanges.errors import NotSigned, Rejection
from exchanges.pause import Pauses

#: ccxt logs whole requests, key and signature included, on the debug level: it gets a logger that never
#: lets that pass.
_quiet = logging.getLogger("exchanges.ccxt")
_quiet.setLevel(logging.WARNING)


class ExactClient:
    """Mixed in before a ccxt exchange class (`class X(ExactClient, ccxt.x)`).

    No JSON number becomes a float; time comes from the clock; no call leaves during a pause; redirects are
    not followed (a redirected POST would be sent twice); whatever is no success raises `Rejection`.
    """

    logger = _quiet

    def __init__(self, clock: Clock, pauses: Pauses, config: Mapping[str, object]) -> None:
        self._clock = clock
        self._pauses = pauses
        super().__init__({**config, "number": str})  # type: ignore[call-arg]

    def move_to(self, root: str) -> None:
        """Sends every call to `root` in place of the exchange's own hosts."""
        addresses: dict[str, str] = self.urls["api"]  # type: ignore[attr-defined]
        for name, address in addresses.items():
            addresses[name] = root.rstrip("/") + urlsplit(address).path

    def rest_until(self, until: datetime) -> None:
        """No call leaves for any of its hosts before then."""
        addresses: dict[str, str] = self.urls["api"]  # type: ignore[attr-defined]
        for address in addresses.values():
            self._pauses.of(address).last(until)

    def milliseconds(self) -> int:
        """The present, since 1970."""
        return to_milliseconds(self._clock.now())

    def on_json_response(self, body: str) -> object:
        """Numbers that are no integers stay as they are written. Raises ValueError for what is no JSON, or
        can't be kept: halves of characters, nesting without end."""
        try:
            answer: object = json.loads(body, parse_float=str, parse_constant=str)
            json.dumps(answer, ensure_ascii=False).encode()
        except RecursionError:
            raise ValueError("nested too deeply") from None
        return answer

    def is_error(self, answer: Mapping[str, object]) -> bool:
        """Whether a JSON object is an error in spite of its status; exchanges differ."""
        return False

    def asks_for_pause(self, rejection: Rejection) -> bool:
        """429: too many requests; 418: banned for going on after a 429."""
        return rejection.status in {429, 418}

    def open(self, lazy: bool = False) -> None:
        """Opens the session, one that refuses redirects."""
        self.ssl_context = _authorities(self.cafile)  # type: ignore[attr-defined]
        super().open(lazy)  # type: ignore[misc]
        session: aiohttp.ClientSession = self.session  # type: ignore[attr-defined]
        if not session.trace_configs:
            session.trace_configs.append(_redirects_refused())

    def sign(self, *args: Any, **kwargs: Any) -> Any:
        """ccxt's signed request; NotSigned where the key is no key."""
        try:
            return super().sign(*args, **kwargs)  # type: ignore[misc]
        except Exception:  # noqa: BLE001 - a broken PEM fails in many ways, each of which may quote it
            raise NotSigned from None

    async def fetch(self, url: str, *args: Any, **kwargs: Any) -> Any:
        """The one door to the network."""
        self._pauses.of(url).check()
        return await super().fetch(url, *args, **kwargs)  # type: ignore[misc]

    def handle_errors(
        self,
        code: int,
        reason: str,
        url: str,
        method: str,
        headers: Mapping[str, str],
        body: str,
        response: object,
        request_headers: object,
        request_body: object,
    ) -> None:
        """Takes the place of ccxt's tables, which depend on the host and let some non-answers pass."""
        answer = response if isinstance(response, dict) else {}
        success = 200 <= code < 300 and isinstance(response, dict | list)
        if success and not self.is_error(answer):
            return
        rejection = self._rejection(code, answer, body)
        if self.asks_for_pause(rejection):
            rejection.paused_until = self._pauses.of(url).begin(_retry_after(headers))
        raise rejection

    def _rejection(self, code: int, answer: Mapping[str, object], body: str) -> Rejection:
        said = {
            name: self.without_secrets(value) if isinstance(value, str) else value
            for name, value in answer.items()
        }
        return Rejection(code, said, self.without_secrets(body))

    def without_secrets(self, said: str) -> str:
        """An exchange, or a proxy in front of it, may quote the request: its secrets go no further."""
        held = (self.apiKey, self.secret, self.password)  # type: ignore[attr-defined]
        return Redactor(secret for secret in held if secret)(said)


def _retry_after(headers: Mapping[str, str]) -> str | None:
    lowered = {name.lower(): value for name, value in headers.items()}
    return lowered.get("retry-after")


@cache
def _authorities(path: str) -> ssl.SSLContext:
    """Whom to trust. Reading them takes 50 ms of work, which one account does for all."""
    return ssl.create_default_context(cafile=path)


def _redirects_refused() -> aiohttp.TraceConfig:
    config = aiohttp.TraceConfig()
    config.on_request_redirect.append(_refuse)
    config.freeze()
    return config


async def _refuse(*_: object) -> None:
    raise aiohttp.ClientError("a redirect is not followed")


def clean_secret(secret: str) -> str:
    """A secret as ccxt needs it: ccxt takes a PEM text of more than 120 characters for RSA, so that one
    blank or line end too many would turn an Ed25519 key into something else."""
    if "PRIVATE KEY" not in secret:
        return secret.strip()
    lines = secret.replace("\\r", "").replace("\\n", "\n").splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())
