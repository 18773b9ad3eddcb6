"""What the panel can do to the exchange itself; each action returns its effect as a sentence."""

from __future__ import annotations

from datetime import timedelta

from sandbox.binance import BinanceEmulator
from sandbox.page.inputs import Inputs

LONGEST_LATENCY_MS = 30_000
LONGEST_COOLDOWN_MINUTES = 7 * 24 * 60


def latency(exchange: BinanceEmulator, inputs: Inputs) -> str:
    wait = inputs.integer("milliseconds", 0, LONGEST_LATENCY_MS)
    exchange.latency = wait / 1000
    return f"Every answer takes {wait / 1000:g} s." if wait else "Answers come at once."


def down(exchange: BinanceEmulator, inputs: Inputs) -> str:
    exchange.down = inputs.flag("on")
    return "The exchange is unreachable." if exchange.down else "The exchange is reachable again."


def maintenance(exchange: BinanceEmulator, inputs: Inputs) -> str:
    exchange.maintenance = inputs.flag("on")
    return "Maintenance has begun." if exchange.maintenance else "Maintenance is over."


def cooldown(exchange: BinanceEmulator, inputs: Inputs) -> str:
    minutes = inputs.integer("minutes", 0, LONGEST_COOLDOWN_MINUTES)
    exchange.rules.cooldown = timedelta(minutes=minutes)
    if not minutes:
        return "Conversions need no pause between them."
    return f"After a conversion the next one is possible {_spoken(minutes)} later."


def _spoken(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if rest:
        return f"{minutes} minutes"
    return "1 hour" if hours == 1 else f"{hours} hours"
