"""What a rule would convert at this moment, and what it leaves alone."""

from collections.abc import Mapping
from dataclasses import dataclass

from dust.auto_policy import settle_since, spared
from dust.auto_rule import AutoRule
from dust.conversion import Quote
from dust.model import LeftOut
from dust.money import Money, Rates
from dust.policy import policy_of
from dust.ports import Clock, ExchangeAccount, Preferences, Snapshots
from dust.remedy import Wish
from dust.review import pick


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a rule would convert now (no lines: nothing) and what it spares. `enough`: it reaches the
    minimum; `worth` of it in the minimum's currency, None where that has no price."""

    quote: Quote
    left_out: tuple[LeftOut, ...]
    worth: Money | None
    enough: bool


class Prospects:
    """Reads the exchange, the chat's protected tokens and the watcher's snapshots."""

    def __init__(
        self,
        accounts: Mapping[str, ExchangeAccount],
        preferences: Preferences,
        snapshots: Snapshots,
        clock: Clock,
    ) -> None:
        self._accounts = accounts
        self._preferences = preferences
        self._snapshots = snapshots
        self._clock = clock

    async def of(self, rule: AutoRule) -> Prospect:
        """What the rule would convert at this moment. Raises `dust.errors`."""
        exchange = self._accounts[rule.account]
        quote = await exchange.prepare(Wish(target=rule.terms.target or None))
        settings = await self._preferences.get(rule.chat_id)
        limit = exchange.capabilities.max_assets
        rates = await exchange.rates()
        kept, left_out = pick(quote, None, policy_of(settings, rates), limit)
        alone = await self.spared(rule, kept)
        kept = kept.only(frozenset(kept.assets) - {row.asset for row in alone})
        worth = rates.exchange(Money(kept.worth, rates.base), rates.shown_currency(_currency(rule)))
        return Prospect(kept, left_out + alone, worth, _is_enough(rule, kept, rates))

    async def spared(self, rule: AutoRule, quote: Quote) -> tuple[LeftOut, ...]:
        """What of the quote the rule leaves alone at this moment. Raises `dust.errors`."""
        exchange, now = self._accounts[rule.account], self._clock.now()
        balances = await exchange.balances()
        since = settle_since(rule.terms, now)
        seen = await self._snapshots.between(rule.account, since, now)
        token = exchange.capabilities.fee_token
        return spared(quote.lines, balances, rule.terms, token, seen, now)


def _currency(rule: AutoRule) -> str:
    return rule.terms.minimum.currency


def _is_enough(rule: AutoRule, quote: Quote, rates: Rates) -> bool:
    """Held against the minimum in its own currency; without a price in doubt not."""
    worth = rates.exchange(Money(quote.worth, rates.base), _currency(rule))
    return bool(quote.lines) and worth is not None and worth.amount >= rule.terms.minimum.amount
