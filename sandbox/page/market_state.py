"""The exchange as the panel shows it. Amounts and worths are decimal texts, worths in USDT."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

from sandbox.binance import BinanceEmulator
from sandbox.binance.amounts import ZERO, text8
from sandbox.binance.traffic import Request
from sandbox.binance.wallet import Balance
from sandbox.page.next_conversion import NextConversion

Json = dict[str, object]

REQUESTS_SHOWN = 10


def market_state(
    exchange: BinanceEmulator, upcoming: NextConversion, now: Callable[[], datetime]
) -> Json:
    """Everything in the panel; equal as long as nothing happens."""
    offered = {row.asset for row in exchange.offered()}
    return {
        "bnb": text8(exchange.wallet.free("BNB")),
        "bnb_worth": _worth(exchange, "BNB", exchange.wallet.free("BNB")),
        "wallet": [
            _wallet_row(exchange, asset, balance, offered)
            for asset, balance in exchange.wallet.balances.items()
        ],
        "assets": exchange.market.assets(),
        "latency": round(exchange.latency * 1000),
        "down": exchange.down,
        "maintenance": exchange.maintenance,
        "next": upcoming.name,
        "cooldown_minutes": round(exchange.rules.cooldown.total_seconds() / 60),
        "cooldown_until": _cooldown_until(exchange, now()),
        "ahead_seconds": round((now() - datetime.now(UTC)).total_seconds()),
        "requests": _latest(exchange),
    }


def _wallet_row(exchange: BinanceEmulator, asset: str, balance: Balance, offered: set[str]) -> Json:
    return {
        "asset": asset,
        "free": text8(balance.free),
        "locked": text8(balance.locked),
        "worth": _worth(exchange, asset, balance.total),
        "dust": asset in offered,
        "supported": asset not in exchange.rules.unsupported,
    }


def _worth(exchange: BinanceEmulator, asset: str, amount: Decimal) -> str:
    in_btc = exchange.market.worth_btc(asset, amount) or ZERO
    per_usdt = exchange.market.price("USDT")
    return f"{in_btc / per_usdt:.4f}" if per_usdt else "0"


def _cooldown_until(exchange: BinanceEmulator, now: datetime) -> str | None:
    if not exchange.conversions:
        return None
    until = exchange.conversions[-1].at + exchange.rules.cooldown
    return until.isoformat() if until > now else None


def _latest(exchange: BinanceEmulator) -> list[Json]:
    """The newest requests, newest first; ``number`` counts from one."""
    first = max(0, len(exchange.requests) - REQUESTS_SHOWN)
    numbered = enumerate(exchange.requests[first:], start=first + 1)
    return [_request(number, request) for number, request in numbered][::-1]


def _request(number: int, request: Request) -> Json:
    return {
        "number": number,
        "method": request.method,
        "path": request.path,
        "status": request.status,
        "at": request.at.isoformat(),
    }
