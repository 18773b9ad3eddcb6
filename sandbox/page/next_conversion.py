"""What the exchange will do with the next conversion it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from sandbox.binance import BinanceEmulator, faults
from sandbox.binance.faults import Fault

DUST = ("/sapi/v1/asset/dust", "/sapi/v1/asset/dust-convert/convert")
"""Conversions of dust; the outcomes that speak of tokens or of a pause are for these alone."""
WRITES = (*DUST, "/sapi/v1/convert/acceptQuote", "/api/v3/order")
"""Whatever moves money: swaps and sales as well."""
NORMAL = "normal"
_OF_DUST = frozenset({"refused", "cooldown", "partly"})


class NextConversion:
    """One scripted outcome at a time; after it has happened, conversions are normal again."""

    def __init__(self, exchange: BinanceEmulator) -> None:
        self._exchange = exchange
        self._name = NORMAL

    @property
    def name(self) -> str:
        """A key of OUTCOMES. What has happened on one path happens on none of the others."""
        waiting = [self._exchange.faults.waiting(path) for path in _paths(self._name)]
        if self._name != NORMAL and not all(waiting):
            self._exchange.faults.clear()
            self._name = NORMAL
        return self._name

    def plan(self, name: str) -> str:
        """Replace what was planned; returns what will happen, as a sentence."""
        sentence, make = OUTCOMES[name]
        self._exchange.faults.clear()
        self._name = name
        if make:
            for path in _paths(name):
                self._exchange.faults.script(path, make(self._exchange))
        return sentence


def _paths(name: str) -> tuple[str, ...]:
    return DUST if name in _OF_DUST else WRITES


def _refused(exchange: BinanceEmulator) -> Fault:
    """The first token asked for loses its support on the way, and stays without."""

    async def drop_support() -> None:
        exchange.rules.unsupported.update(_asked(exchange)[:1])

    return Fault(before=drop_support)


def _partly(exchange: BinanceEmulator) -> Fault:
    """The first half, rounded up, is converted; the rest stays as it is."""

    async def pass_over() -> None:
        assets = _asked(exchange)
        exchange.rules.passed_over.update(assets[(len(assets) + 1) // 2 :])

    async def forget() -> None:
        exchange.rules.passed_over.clear()

    return Fault(before=pass_over, after=forget)


def _cooldown(exchange: BinanceEmulator) -> Fault:
    length = max(exchange.rules.cooldown, timedelta(hours=1))
    error = exchange.rules.cooldown_style.refusal(length)
    return faults.refuse(error.code, error.msg, error.status)


def _timeout(_exchange: BinanceEmulator) -> Fault:
    message = "Timeout waiting for response from backend server. Send status unknown."
    return faults.refuse(-1007, f"{message} Execution status unknown.", 504, execute=True)


def _asked(exchange: BinanceEmulator) -> list[str]:
    """The assets of the newest conversion request."""
    newest = next(request for request in reversed(exchange.requests) if request.path in DUST)
    return [asset for asset in newest.params.get("asset", "").split(",") if asset]


Maker = Callable[[BinanceEmulator], Fault]

OUTCOMES: Mapping[str, tuple[str, Maker | None]] = {
    NORMAL: ("The next conversion goes through.", None),
    "lost_after": (
        "The next conversion is carried out, but its answer is lost.",
        lambda _: faults.drop(execute=True),
    ),
    "lost_before": (
        "The next conversion is lost before it is carried out.",
        lambda _: faults.drop(execute=False),
    ),
    "refused": ("The next conversion is refused because of one token.", _refused),
    "cooldown": ("The next conversion is refused as too soon.", _cooldown),
    "partly": ("Only half of the next conversion's tokens are converted.", _partly),
    "timeout": ("The next conversion is carried out, but reported as a timeout.", _timeout),
    "limited": (
        "The next conversion meets a rate limit of 30 seconds.",
        lambda _: faults.limited(30),
    ),
}
