"""The spot wallet: what is free, in orders, frozen and being withdrawn, per asset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from sandbox.binance.amounts import ZERO, positive


@dataclass(frozen=True, slots=True)
class Balance:
    """One asset, in units of the asset. Only ``free`` can be converted or withdrawn."""

    free: Decimal = ZERO
    locked: Decimal = ZERO
    frozen: Decimal = ZERO
    withdrawing: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        return self.free + self.locked + self.frozen + self.withdrawing


class Wallet:
    """Balances by asset code; a code may hold any letters, also non-ASCII ones.

    Every amount must be positive with at most eight decimal places, and no part of a balance can
    fall below zero: both raise ValueError.
    """

    def __init__(self) -> None:
        self._balances: dict[str, Balance] = {}

    @property
    def balances(self) -> Mapping[str, Balance]:
        """Assets with anything in any state, by code."""
        return {
            asset: balance
            for asset, balance in sorted(self._balances.items())
            if balance.total > ZERO
        }

    def of(self, asset: str) -> Balance:
        return self._balances.get(asset, Balance())

    def free(self, asset: str) -> Decimal:
        return self.of(asset).free

    def deposit(self, asset: str, amount: Decimal) -> None:
        self._move(asset, free=positive(amount))

    def withdraw(self, asset: str, amount: Decimal) -> None:
        self._move(asset, free=-positive(amount))

    def lock(self, asset: str, amount: Decimal) -> None:
        """Put into an open order."""
        self._move(asset, free=-positive(amount), locked=amount)

    def unlock(self, asset: str, amount: Decimal) -> None:
        self._move(asset, free=positive(amount), locked=-amount)

    def freeze(self, asset: str, amount: Decimal) -> None:
        self._move(asset, free=-positive(amount), frozen=amount)

    def unfreeze(self, asset: str, amount: Decimal) -> None:
        self._move(asset, free=positive(amount), frozen=-amount)

    def _move(
        self, asset: str, *, free: Decimal, locked: Decimal = ZERO, frozen: Decimal = ZERO
    ) -> None:
        old = self.of(asset)
        new = replace(
            old, free=old.free + free, locked=old.locked + locked, frozen=old.frozen + frozen
        )
        if min(new.free, new.locked, new.frozen) < ZERO:
            raise ValueError(f"{asset}: not enough in {old}")
        self._balances[asset] = new
