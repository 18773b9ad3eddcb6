"""A plain HTTP client that signs as Binance documents, and a clock that stands still."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
from yarl import URL

from sandbox.binance import BinanceEmulator

KEY = "a-key-of-the-sandbox"
SECRET = "a-secret-of-the-sandbox"

DUST_BTC = "/sapi/v1/asset/dust-btc"
DUST = "/sapi/v1/asset/dust"
LOG = "/sapi/v1/asset/dribblet"
CONVERTIBLE = "/sapi/v1/asset/dust-convert/query-convertible-assets"
DUST_CONVERT = "/sapi/v1/asset/dust-convert/convert"
SWAP = "/sapi/v1/convert"
USER_ASSET = "/sapi/v3/asset/getUserAsset"
ORDER = "/api/v3/order"
TRADES = "/api/v3/myTrades"


@dataclass
class Clock:
    at: datetime = datetime(2026, 5, 1, 12, 0, 0, 345000, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def advance(self, span: timedelta) -> None:
        self.at += span

    def milliseconds(self) -> int:
        return (self.at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


@dataclass(frozen=True)
class Reply:
    status: int
    json: Any
    headers: Mapping[str, str] = field(repr=False)

    @property
    def code(self) -> int:
        code: int = self.json["code"]
        return code


@dataclass(frozen=True)
class Client:
    session: aiohttp.ClientSession
    exchange: BinanceEmulator
    clock: Clock

    async def raw(
        self, method: str, path: str, query: str = "", body: str = "", key: str | None = KEY
    ) -> Reply:
        """Send the bytes given, nothing added but the key's header."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if key is not None:
            headers["X-MBX-APIKEY"] = key
        url = URL(f"{self.exchange.url}{path}" + (f"?{query}" if query else ""), encoded=True)
        async with self.session.request(
            method, url, data=body.encode() or None, headers=headers
        ) as answer:
            text = await answer.json(content_type=None)
            return Reply(answer.status, text, answer.headers)

    async def signed(
        self,
        method: str,
        path: str,
        params: Sequence[tuple[str, str]] = (),
        *,
        in_body: bool = False,
        secret: str = SECRET,
        key: str = KEY,
    ) -> Reply:
        """Add the timestamp and a signature, all in the query string or all in the body."""
        pairs = [*params, ("timestamp", str(self.clock.milliseconds()))]
        text = urlencode(pairs, quote_via=quote)
        signature = hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
        whole = f"{text}&signature={signature}"
        if in_body:
            return await self.raw(method, path, body=whole, key=key)
        return await self.raw(method, path, query=whole, key=key)

    async def convert(self, *assets: str) -> Reply:
        return await self.signed("POST", DUST, [("asset", ",".join(assets))], in_body=True)
