"""The panel's actions by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from sandbox.binance import BinanceEmulator
from sandbox.page import exchange_actions, wallet_actions
from sandbox.page.inputs import BadInput, Inputs
from sandbox.page.next_conversion import OUTCOMES, NextConversion

Action = Callable[[BinanceEmulator, Inputs], str]

LONGEST_JUMP_HOURS = 24 * 60

ACTIONS: Mapping[str, Action] = {
    "deposit": wallet_actions.deposit,
    "sprinkle": wallet_actions.sprinkle,
    "price": wallet_actions.change_price,
    "lock": wallet_actions.lock,
    "unlock": wallet_actions.unlock,
    "support": wallet_actions.support,
    "website": wallet_actions.website,
    "latency": exchange_actions.latency,
    "down": exchange_actions.down,
    "maintenance": exchange_actions.maintenance,
    "cooldown": exchange_actions.cooldown,
}


class Panel:
    """Does what the panel's buttons say; BadInput when that is impossible."""

    def __init__(self, exchange: BinanceEmulator, jump: Callable[[timedelta], None]) -> None:
        self._exchange = exchange
        self._jump = jump
        self.upcoming = NextConversion(exchange)

    def do(self, action: str, inputs: Inputs) -> str:
        """The effect as a sentence."""
        if action == "next":
            return self.upcoming.plan(inputs.one_of("outcome", OUTCOMES))
        if action == "jump":
            return self._ahead(inputs.integer("hours", 1, LONGEST_JUMP_HOURS))
        if action not in ACTIONS:
            raise BadInput(f"There is no action {action}.")
        return ACTIONS[action](self._exchange, inputs)

    def _ahead(self, hours: int) -> str:
        self._jump(timedelta(hours=hours))
        return f"It is {hours} {'hour' if hours == 1 else 'hours'} later now."
