"""Paying trading fees in the exchange's own token, and enough of it for that."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from dust.fee_level import FeeLevel
from dust.model import Balance, Candidates
from dust.money import ZERO
from dust.notices import Addressed, FeeTokenLow
from dust.ports import ExchangeAccount, FeeLevels


class FeeWatch:
    """Looks at the balance of the fee token where a chat has set a level; told once for each fall."""

    def __init__(self, accounts: Mapping[str, ExchangeAccount], levels: FeeLevels) -> None:
        self._accounts = accounts
        self._levels = levels

    async def look(self, account: str, candidates: Candidates, chats: tuple[int, ...]) -> None:
        """Raises `dust.errors` where the balance can't be read; asks only if somebody wants to know."""
        token = self._accounts[account].capabilities.fee_token
        levels = [one for one in await self._levels.of(account) if one.chat_id in chats]
        if token is None or not levels:
            return
        free = free_of(token, await self._accounts[account].balances())
        for one in levels:
            low = free < one.level
            if low == one.low:
                continue
            notices = (
                (Addressed(one.chat_id, _notice(one, token, free, candidates)),) if low else ()
            )
            await self._levels.save(replace(one, low=low), notices)


def free_of(asset: str, balances: tuple[Balance, ...]) -> Decimal:
    """What is free of it."""
    return sum((one.free for one in balances if one.asset == asset), ZERO)


def _notice(level: FeeLevel, token: str, free: Decimal, candidates: Candidates) -> FeeTokenLow:
    """With the dust that could refill it, where dust becomes that token."""
    items = [c for c in candidates.items if c.net > ZERO] if candidates.target == token else []
    refill = sum((c.net for c in items), ZERO)
    return FeeTokenLow(level.account, token, free, level.level, refill, len(items))
