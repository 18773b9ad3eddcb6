"""One row of the emulator's table of endpoints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.binance.auth import Security
from sandbox.binance.params import Params
from sandbox.binance.state import ExchangeState

Json = Any
"""What the standard library's ``json`` can write."""

Answer = Callable[[ExchangeState, Params], Json]
"""Does the work at one go, so that no other request can come between; may raise BinanceError."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """``weight`` counts against the caller's key if ``by_uid``, else against its address.

    While ``exists`` says no, the path is answered as one that nobody knows.
    """

    method: str
    path: str
    security: Security
    answer: Answer
    weight: int = 1
    by_uid: bool = False
    open_in_maintenance: bool = False
    exists: Callable[[ExchangeState], bool] = lambda _state: True
