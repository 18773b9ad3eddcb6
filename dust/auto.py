"""Automatic conversion: window → announcement → the same confirmation, call and settlement as by hand."""

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from dust.auto_policy import settle_since, spared
from dust.auto_rule import AutoRule, AutoRun, RuleState
from dust.conversion import Conversion, Origin, Quote, State
from dust.convert import ConversionService
from dust.errors import DustError
from dust.model import LeftOut
from dust.money import Money, Rates
from dust.notices import Addressed, AutoAnnounced, AutoSkipped, AutoStopped, Notice, SkipReason
from dust.policy import policy_of
from dust.ports import AutoRules, Clock, ConversionJournal, ExchangeAccount, Preferences, Snapshots
from dust.refusal import RefusalKind
from dust.remedy import Wish
from dust.review import Awaiting, Cooling, Hindrance, NothingToConvert, Review, Submitted, pick

_log = logging.getLogger(__name__)

#: How long after its time a run may still act; later it was missed.
GRACE = timedelta(minutes=5)
#: After a look that led to no run the exchange is not asked again this long.
PATIENCE = timedelta(minutes=15)
#: Refusals in a row that stop a rule.
MOST_REFUSALS = 3
#: A refusal that only says "later" is not the rule's fault.
_LATER = frozenset(
    (
        RefusalKind.COOLDOWN,
        RefusalKind.RATE_LIMITED,
        RefusalKind.MAINTENANCE,
        RefusalKind.CLOCK,
        RefusalKind.NOT_SENT,
    )
)


class MayAct(Protocol):
    """Who may have a chat's account converted."""

    def may_act(self, chat_id: int, user_id: int) -> bool:
        """Whether this person may, in this chat, now."""
        ...


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a rule would convert now (no lines: nothing) and what it spares. `enough`: it reaches the
    minimum; `worth` of it in the minimum's currency, None where that has no price."""

    quote: Quote
    left_out: tuple[LeftOut, ...]
    worth: Money | None
    enough: bool


class AutoConverter:
    """Acts for the accounts' rules. Every step is decided from SQLite and the clock."""

    def __init__(
        self,
        accounts: Mapping[str, ExchangeAccount],
        rules: AutoRules,
        conversions: ConversionService,
        *,
        journal: ConversionJournal,
        preferences: Preferences,
        snapshots: Snapshots,
        access: MayAct,
        clock: Clock,
    ) -> None:
        self._accounts = accounts
        self._rules = rules
        self._conversions = conversions
        self._journal = journal
        self._preferences = preferences
        self._snapshots = snapshots
        self._access = access
        self._clock = clock
        self._not_before: dict[str, datetime] = {}

    async def tick(self, account: str) -> None:
        """Goes on with the run that waits, or begins one if its time has come."""
        rule = await self._rules.get(account)
        if rule is None:
            return
        if rule.run.conversion_id:
            await self._go_on(rule)
        elif rule.is_on and not self._access.may_act(rule.chat_id, rule.terms.user_id):
            await self._stop(rule, "who switched it on may not convert any more")
        elif rule.is_on and await self._is_time(rule):
            await self._try_to_begin(rule)

    async def prospect(self, rule: AutoRule) -> Prospect:
        """What the rule would convert at this moment. Raises `dust.errors`."""
        exchange, now = self._accounts[rule.account], self._clock.now()
        quote = await exchange.prepare(Wish(target=rule.terms.target or None))
        settings = await self._preferences.get(rule.chat_id)
        limit = exchange.capabilities.max_assets
        rates = await exchange.rates()
        kept, left_out = pick(quote, None, policy_of(settings, rates), limit)
        alone = await self._spared(rule, kept, now)
        kept = kept.only(frozenset(kept.assets) - {row.asset for row in alone})
        worth = rates.exchange(Money(kept.worth, rates.base), rates.shown_currency(_currency(rule)))
        return Prospect(kept, left_out + alone, worth, _is_enough(rule, kept, rates))

    async def stop_run(self, rule: AutoRule) -> bool:
        """Takes the announced run back; False if it is too late."""
        run = rule.run
        if not run.conversion_id:
            return False
        cancelled = await self._conversions.cancel(run.conversion_id, rule.terms.user_id)
        if cancelled:
            await self._rules.change(rule, _without_run(rule))
        return cancelled

    async def _is_time(self, rule: AutoRule) -> bool:
        now = self._clock.now()
        settings = await self._preferences.get(rule.chat_id)
        quiet = rule.terms.quiet
        if not rule.is_free(now) or (quiet and quiet.covers(now, settings.timezone)):
            return False
        if now < self._not_before.get(rule.account, now):
            return False
        return await self._conversions.obstacle(rule.account) is None

    async def _try_to_begin(self, rule: AutoRule) -> None:
        self._not_before[rule.account] = self._clock.now() + PATIENCE
        try:
            prospect = await self.prospect(rule)
        except DustError as error:
            _log.info("account %s: the rule could not look: %s", rule.account, error)
            return
        if prospect.enough:
            await self._begin(rule, prospect)

    async def _begin(self, rule: AutoRule, prospect: Prospect) -> None:
        """The window is taken, the offer recorded and the announcement queued in one transaction."""
        now = self._clock.now()
        act_at = now + rule.terms.announce
        conversion = Conversion(
            id=secrets.token_hex(8),
            account=rule.account,
            chat_id=rule.chat_id,
            user_id=rule.terms.user_id,
            origin=Origin.CHAT,
            state=State.QUOTED,
            quote=prospect.quote,
            created_at=now,
            expires_at=act_at + GRACE,
            left_out=prospect.left_out,
            automatic=True,
        )
        run = replace(rule.run, window_at=now, conversion_id=conversion.id, act_at=act_at)
        announced = AutoAnnounced(rule.account, conversion.id, act_at)
        notices = _to(rule, announced) if rule.terms.announce else ()
        begun = await self._rules.change(
            rule, replace(rule, run=run), notices=notices, conversion=conversion
        )
        if begun and not rule.terms.announce:
            await self.tick(rule.account)

    async def _go_on(self, rule: AutoRule) -> None:
        conversion = await self._journal.get(rule.run.conversion_id)
        if conversion is None or conversion.state is State.CANCELLED:
            await self._rules.change(rule, _without_run(rule))
        elif conversion.state is State.EXPIRED:
            await self._skip(rule, SkipReason.MISSED)
        elif conversion.state is State.REFUSED:
            await self._refused(rule, conversion)
        elif conversion.state is State.QUOTED:
            act_at = rule.run.act_at or conversion.created_at
            if self._clock.now() >= act_at:
                await self._act(rule, conversion)
        elif not conversion.is_live:
            done = replace(_without_run(rule).run, refusals=0)
            await self._rules.change(rule, replace(rule, run=done))

    async def _act(self, rule: AutoRule, conversion: Conversion) -> None:
        user_id = rule.terms.user_id
        if not rule.is_on or not self._access.may_act(rule.chat_id, user_id):
            await self._withdraw(rule, conversion, SkipReason.NOT_ALLOWED)
            return
        try:
            if await self._has_changed(rule, conversion):
                await self._withdraw(rule, conversion, SkipReason.CHANGED)
                return
            result = await self._conversions.confirm(conversion.id, user_id=user_id)
        except DustError as error:
            _log.info("account %s: the rule waits: %s", rule.account, error)
            return  # tried again until the offer expires
        match result:
            case Submitted() | Hindrance():
                return  # the next tick sees what became of it
            case Review(conversion=renewed):
                await self._conversions.cancel(renewed.id, user_id)
                await self._skip(rule, SkipReason.CHANGED)
            case NothingToConvert():
                await self._skip(rule, SkipReason.CHANGED)
            case Cooling() | Awaiting():
                await self._withdraw(rule, conversion, SkipReason.BUSY)

    async def _has_changed(self, rule: AutoRule, conversion: Conversion) -> bool:
        """Whether the rule would spare by now what it has announced."""
        return bool(await self._spared(rule, conversion.quote, self._clock.now()))

    async def _spared(self, rule: AutoRule, quote: Quote, now: datetime) -> tuple[LeftOut, ...]:
        exchange = self._accounts[rule.account]
        balances = await exchange.balances()
        since = settle_since(rule.terms, now)
        seen = await self._snapshots.between(rule.account, since, now)
        token = exchange.capabilities.fee_token
        return spared(quote.lines, balances, rule.terms, token, seen, now)

    async def _withdraw(self, rule: AutoRule, conversion: Conversion, why: SkipReason) -> None:
        if await self._conversions.cancel(conversion.id, rule.terms.user_id):
            await self._skip(rule, why)

    async def _skip(self, rule: AutoRule, why: SkipReason) -> None:
        told = _to(rule, AutoSkipped(rule.account, rule.run.conversion_id, why))
        await self._rules.change(rule, _without_run(rule), notices=told)

    async def _refused(self, rule: AutoRule, conversion: Conversion) -> None:
        """The refusal itself is told by the conversion's own outcome."""
        kind = conversion.refusal.kind if conversion.refusal else RefusalKind.OTHER
        refusals = rule.run.refusals + (kind not in _LATER)
        calm = replace(rule, run=replace(_without_run(rule).run, refusals=refusals))
        if refusals >= MOST_REFUSALS:
            await self._stop(rule, f"{refusals} refusals in a row", calm.run)
        else:
            await self._rules.change(rule, calm)

    async def _stop(self, rule: AutoRule, why: str, run: AutoRun | None = None) -> None:
        _log.warning("account %s: automatic conversion was stopped: %s", rule.account, why)
        terms = replace(rule.terms, state=RuleState.STOPPED)
        stopped = replace(rule, terms=terms, run=replace(run or rule.run, why=why))
        await self._rules.change(rule, stopped, notices=_to(rule, AutoStopped(rule.account, why)))


def _currency(rule: AutoRule) -> str:
    return rule.terms.minimum.currency


def _is_enough(rule: AutoRule, quote: Quote, rates: Rates) -> bool:
    """Held against the minimum in its own currency; without a price in doubt not."""
    worth = rates.exchange(Money(quote.worth, rates.base), _currency(rule))
    return bool(quote.lines) and worth is not None and worth.amount >= rule.terms.minimum.amount


def _without_run(rule: AutoRule) -> AutoRule:
    return replace(rule, run=replace(rule.run, conversion_id="", act_at=None))


def _to(rule: AutoRule, notice: Notice) -> tuple[Addressed, ...]:
    return (Addressed(rule.chat_id, notice),)
