"""Automatic conversion: window → announcement → the same confirmation, call and settlement as by hand."""

import logging
import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from dust.auto_prospect import Prospect, Prospects
from dust.auto_rule import AutoRule, AutoRun, RuleState, StopReason
from dust.conversion import Conversion, Origin, State
from dust.convert import ConversionService
from dust.errors import DustError, TargetNotOffered
from dust.notices import Addressed, AutoAnnounced, AutoSkipped, AutoStopped, Notice, SkipReason
from dust.ports import (
    AutoRules,
    Clock,
    ConversionJournal,
    Outbox,
    Preferences,
)
from dust.refusal import RefusalKind
from dust.review import Awaiting, Cooling, Hindrance, NothingToConvert, Review, Submitted

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


class Permissions(Protocol):
    """Who may have a chat's account converted, and whether the chat would hear of it."""

    def may_act(self, chat_id: int, user_id: int) -> bool:
        """Whether this person may, in this chat, now."""
        ...

    def hears(self, chat_id: int) -> bool:
        """Whether the chat takes messages, as far as is known."""
        ...


class AutoConverter:
    """Acts for the accounts' rules. Every step is decided from SQLite and the clock."""

    def __init__(
        self,
        rules: AutoRules,
        prospects: Prospects,
        conversions: ConversionService,
        *,
        journal: ConversionJournal,
        preferences: Preferences,
        outbox: Outbox,
        access: Permissions,
        clock: Clock,
    ) -> None:
        self._rules = rules
        self._prospects = prospects
        self._conversions = conversions
        self._journal = journal
        self._preferences = preferences
        self._outbox = outbox
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
            await self._stop(rule, StopReason.NOT_ALLOWED)
        elif rule.is_on and await self._is_time(rule):
            await self._try_to_begin(rule)

    async def _is_time(self, rule: AutoRule) -> bool:
        now = self._clock.now()
        if not rule.is_free(now) or now < self._not_before.get(rule.account, now):
            return False
        if not self._access.hears(rule.chat_id) or await self._is_quiet(rule, now):
            return False
        return await self._conversions.obstacle(rule.account) is None

    async def _is_quiet(self, rule: AutoRule, now: datetime) -> bool:
        """Whether a run that begins now would be told, or act, in quiet hours."""
        quiet = rule.terms.quiet
        if quiet is None:
            return False
        zone = (await self._preferences.get(rule.chat_id)).timezone
        return quiet.covers(now, zone) or quiet.covers(now + rule.terms.announce, zone)

    async def _try_to_begin(self, rule: AutoRule) -> None:
        self._not_before[rule.account] = self._clock.now() + PATIENCE
        try:
            prospect = await self._prospects.of(rule)
        except TargetNotOffered:
            await self._stop(rule, StopReason.TARGET)
            return
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
            await self._rules.change(rule, rule.without_run())
        elif conversion.state is State.EXPIRED:
            await self._skip(rule, SkipReason.MISSED)
        elif conversion.state is State.REFUSED:
            await self._refused(rule, conversion)
        elif conversion.state is State.QUOTED:
            act_at = rule.run.act_at or conversion.created_at
            if self._clock.now() >= act_at:
                await self._act(rule, conversion)
        elif not conversion.is_live:
            done = replace(rule.without_run().run, refusals=0)
            await self._rules.change(rule, replace(rule, run=done))

    async def _act(self, rule: AutoRule, conversion: Conversion) -> None:
        why = await self._why_not(rule, conversion)
        if why is not None:
            await self._withdraw(rule, conversion, why)
            return
        user_id = conversion.user_id or 0
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

    async def _why_not(self, rule: AutoRule, conversion: Conversion) -> SkipReason | None:
        """What is known against acting before the exchange is asked."""
        if not rule.is_on or not self._access.may_act(rule.chat_id, rule.terms.user_id):
            return SkipReason.NOT_ALLOWED
        announced = AutoAnnounced(rule.account, conversion.id, rule.run.act_at or self._clock.now())
        if not self._access.hears(rule.chat_id) or await self._outbox.waits(announced):
            return SkipReason.UNTOLD
        return None

    async def _has_changed(self, rule: AutoRule, conversion: Conversion) -> bool:
        """Whether the rule would spare by now what it has announced."""
        return bool(await self._prospects.spared(rule, conversion.quote))

    async def _withdraw(self, rule: AutoRule, conversion: Conversion, why: SkipReason) -> None:
        if await self._conversions.cancel(conversion.id, conversion.user_id or 0):
            await self._skip(rule, why)

    async def _skip(self, rule: AutoRule, why: SkipReason) -> None:
        told = _to(rule, AutoSkipped(rule.account, rule.run.conversion_id, why))
        await self._rules.change(rule, rule.without_run(), notices=told)

    async def _refused(self, rule: AutoRule, conversion: Conversion) -> None:
        """The refusal itself is told by the conversion's own outcome."""
        kind = conversion.refusal.kind if conversion.refusal else RefusalKind.OTHER
        refusals = rule.run.refusals + (kind not in _LATER)
        calm = replace(rule, run=replace(rule.without_run().run, refusals=refusals))
        if refusals >= MOST_REFUSALS and rule.is_on:
            await self._stop(rule, StopReason.REFUSALS, calm.run)
        else:
            await self._rules.change(rule, calm)

    async def _stop(self, rule: AutoRule, why: StopReason, run: AutoRun | None = None) -> None:
        _log.warning("account %s: automatic conversion was stopped: %s", rule.account, why.value)
        terms = replace(rule.terms, state=RuleState.STOPPED)
        stopped = replace(rule, terms=terms, run=replace(run or rule.run, why=why))
        told = AutoStopped(rule.account, why, rule.run.conversion_id)
        await self._rules.change(rule, stopped, notices=_to(rule, told))


def _to(rule: AutoRule, notice: Notice) -> tuple[Addressed, ...]:
    return (Addressed(rule.chat_id, notice),)
