"""The periodic look at an account: snapshot, alerts, and word of its health."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from dust.alerting import judge
from dust.backoff import KEY_PROBE, Draw, pause_after
from dust.delisting import DelistingWatch
from dust.errors import (
    CredentialsRejected,
    DustError,
    ExchangeRefused,
    RateLimited,
    UnderMaintenance,
)
from dust.exchange_log import ExchangeLogReader
from dust.fees import FeeWatch
from dust.key_inspector import KeyInspector
from dust.model import AccountWatch, Candidates, Snapshot, SnapshotLine, Trouble
from dust.money import ZERO, Rates
from dust.notices import Addressed, Alert, Notice, TroubleBegan, TroubleEnded
from dust.policy import policy_of
from dust.ports import (
    AlertMemory,
    Audience,
    Clock,
    ExchangeAccount,
    Preferences,
    Snapshots,
    Watches,
)
from dust.preferences import ChatSettings

_log = logging.getLogger(__name__)

#: The exchange's log is read at least this often.
LOG_INTERVAL = timedelta(days=1)
#: Failed looks in a row after which the chats are told that the exchange can't be reached.
FAILURES_BEFORE_WORD = 2


class DustWatcher:
    """Looks at each account once per interval; what is due is decided from SQLite and the clock."""

    def __init__(
        self,
        accounts: Mapping[str, ExchangeAccount],
        *,
        preferences: Preferences,
        alerts: AlertMemory,
        snapshots: Snapshots,
        watches: Watches,
        audience: Audience,
        log_reader: ExchangeLogReader,
        keys: KeyInspector,
        fees: FeeWatch,
        delistings: DelistingWatch,
        clock: Clock,
        interval: timedelta,
        draw: Draw,
    ) -> None:
        self._accounts = accounts
        self._preferences = preferences
        self._alerts = alerts
        self._snapshots = snapshots
        self._watches = watches
        self._audience = audience
        self._log_reader = log_reader
        self._keys = keys
        self._fees = fees
        self._delistings = delistings
        self._clock = clock
        self._interval = interval
        self._draw = draw
        self._at_work = {name: asyncio.Lock() for name in accounts}

    async def tick(self, account: str) -> None:
        """Looks at the account if it is due. An exchange that can't be read is noted, never raised."""
        watch = await self._watches.get(account)
        if watch.next_check_at is None or self._clock.now() >= watch.next_check_at:
            await self._visit(account)

    async def look_now(self, account: str) -> None:
        """Looks at the account and its key because somebody asks, whatever is due."""
        await self._visit(account, asked=True)

    async def answered(self, account: str) -> None:
        """Somebody else has just read the account: where trouble was noted, the next look is due now."""
        if self._at_work[account].locked():
            return
        async with self._at_work[account]:
            watch = await self._watches.get(account)
            if watch.failures:
                await self._watches.save(replace(watch, next_check_at=None))

    async def restart(self, account: str) -> None:
        """At the start of the process: read the exchange's log, and look at once, unless the exchange has
        asked for a pause: a program that is started again and again would be banned for not keeping it."""
        watch = await self._watches.get(account)
        await self._keys.restart(account)
        paused = watch.trouble is Trouble.RATE_LIMITED
        next_check_at = watch.next_check_at if paused else None
        if next_check_at is not None:
            self._accounts[account].rest_until(next_check_at)
        await self._watches.save(replace(watch, next_check_at=next_check_at, log_due=True))

    async def _visit(self, account: str, *, asked: bool = False) -> None:
        """One at a time: who comes while a visit is under way waits for its end."""
        lock = self._at_work[account]
        if lock.locked():
            async with lock:
                return
        async with lock:
            await self._keys.inspect(account, at_once=asked)
            watch = await self._watches.get(account)
            try:
                watch = await self._look(watch)
            except DustError as error:
                await self._failed(await self._watches.get(account), error)
            else:
                await self._succeeded(watch)

    async def _look(self, watch: AccountWatch) -> AccountWatch:
        exchange = self._accounts[watch.account]
        candidates = await exchange.candidates()
        rates = await exchange.rates()
        before = await self._snapshots.latest(watch.account)
        snapshot = _snapshot(candidates, rates)
        if not watch.log_due and (_has_shrunk(before, snapshot) or self._log_is_old(watch)):
            # Noted first: once the snapshot is kept, a log that can't be read now would be forgotten.
            watch = replace(watch, log_due=True)
            await self._watches.save(watch)
        await self._snapshots.add(snapshot)
        chats = await self._audience.chats(watch.account)
        for chat_id in chats:
            await self._alert(chat_id, candidates, rates)
        await self._fees.look(watch.account, candidates, chats)
        await self._delistings.look(watch.account)
        return await self._read_log(watch) if watch.log_due else watch

    async def _read_log(self, watch: AccountWatch) -> AccountWatch:
        began = self._clock.now()
        if await self._log_reader.read(watch.account, watch.log_read_at):
            return replace(watch, log_read_at=began, log_due=False)
        return replace(watch, log_due=True)

    def _log_is_old(self, watch: AccountWatch) -> bool:
        return watch.log_read_at is None or self._clock.now() >= watch.log_read_at + LOG_INTERVAL

    async def _alert(self, chat_id: int, candidates: Candidates, rates: Rates) -> None:
        settings = await self._preferences.get(chat_id)
        alert = _alert_of(candidates, rates, settings)
        state, fires = judge(
            await self._alerts.get(candidates.account, chat_id),
            worth=_in_threshold_currency(alert, rates, settings),
            threshold=settings.threshold.amount,
            alert_cooldown=settings.alert_cooldown,
            snoozed_until=settings.snoozed_until,
            now=self._clock.now(),
        )
        await self._alerts.save(state, (Addressed(chat_id, alert),) if fires else ())

    async def _succeeded(self, watch: AccountWatch) -> None:
        now = self._clock.now()
        notices: tuple[Addressed, ...] = ()
        if watch.trouble is not None and watch.trouble_since is not None:
            _log.info("account %s: watched again", watch.account)
            ended = TroubleEnded(watch.account, watch.trouble, watch.trouble_since)
            notices = await self._to_all(watch.account, ended)
        calm = replace(
            watch,
            next_check_at=now + self._interval,
            checked_at=now,
            failures=0,
            trouble=None,
            trouble_since=None,
        )
        await self._watches.save(calm, notices)

    async def _failed(self, watch: AccountWatch, error: DustError) -> None:
        now = self._clock.now()
        trouble = trouble_of(error)
        failures = watch.failures + 1
        until = error.until if isinstance(error, RateLimited) else None
        worse = replace(
            watch,
            failures=failures,
            next_check_at=max(self._again_at(failures, trouble, now), until or now),
            trouble_since=watch.trouble_since or now,
        )
        sure = trouble is not Trouble.UNREACHABLE or failures >= FAILURES_BEFORE_WORD
        notices: tuple[Addressed, ...] = ()
        if sure and watch.trouble is not trouble:
            _log.warning("account %s: can't be watched: %s", watch.account, error)
            worse = replace(worse, trouble=trouble)
            began = TroubleBegan(watch.account, trouble, worse.trouble_since or now, until)
            notices = await self._to_all(watch.account, began)
        await self._watches.save(worse, notices)

    def _again_at(self, failures: int, trouble: Trouble, now: datetime) -> datetime:
        if trouble is Trouble.KEY_REJECTED:
            return now + KEY_PROBE
        return now + pause_after(failures, self._interval, self._draw)

    async def _to_all(self, account: str, notice: Notice) -> tuple[Addressed, ...]:
        chats = await self._audience.chats(account)
        return tuple(Addressed(chat_id, notice) for chat_id in chats)


def trouble_of(error: DustError) -> Trouble:
    """What an error of a reading means for the people who wait."""
    match error:
        case CredentialsRejected():
            return Trouble.KEY_REJECTED
        case RateLimited():
            return Trouble.RATE_LIMITED
        case UnderMaintenance():
            return Trouble.MAINTENANCE
        case ExchangeRefused():
            return Trouble.REFUSED
        case _:
            return Trouble.UNREACHABLE


def _snapshot(candidates: Candidates, rates: Rates) -> Snapshot:
    lines = tuple(SnapshotLine(c.asset, c.amount, c.worth) for c in candidates.items)
    return Snapshot(candidates.account, candidates.taken_at, lines, rates)


def _has_shrunk(before: Snapshot | None, now: Snapshot) -> bool:
    """Whether a listed token vanished or became less: somebody may have converted it elsewhere."""
    if before is None:
        return False
    amounts = now.amounts()
    return any(amounts.get(line.asset, ZERO) < line.amount for line in before.lines)


def _alert_of(candidates: Candidates, rates: Rates, settings: ChatSettings) -> Alert:
    policy = policy_of(settings, rates)
    counted = [
        c for c in candidates.items if policy.spares(c.asset, c.worth) is None and c.net > ZERO
    ]
    currency = rates.shown_currency(settings.currency)
    return Alert(
        account=candidates.account,
        worth=rates.worth(sum((c.worth for c in counted), ZERO), currency),
        currency=currency,
        wanted_currency=settings.currency,
        count=len(counted),
        net=sum((c.net for c in counted), ZERO),
        target=candidates.target,
    )


def _in_threshold_currency(alert: Alert, rates: Rates, settings: ChatSettings) -> Decimal:
    """The worth to hold against the alert threshold; in US dollars where its currency has no price."""
    currency = rates.shown_currency(settings.threshold.currency)
    if currency == alert.currency:
        return alert.worth
    return alert.worth / rates.per_base[alert.currency] * rates.per_base[currency]
