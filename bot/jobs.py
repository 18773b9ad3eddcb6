"""Jobs only tick; what is due is decided from SQLite and the clock."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from dust.access import Pairing
from dust.ports import Clock, ConversionJournal, Selections
from dust.reconcile import Reconciler
from dust.report import ReportService
from dust.watch import DustWatcher
from handlers.context import App, BotContext

#: Half-made selections are forgotten after this.
SELECTION_LIFETIME = timedelta(days=7)

#: A late tick is better than none: APScheduler skips one that is a second late. Two instances, so that the
#: one which finds the other still at work can leave without a word in the log.
_ALWAYS = {"misfire_grace_time": None, "coalesce": True, "max_instances": 2}


def schedule(
    app: App,
    *,
    accounts: tuple[str, ...],
    watcher: DustWatcher,
    reconciler: Reconciler,
    reports: ReportService,
    pairing: Pairing,
    journal: ConversionJournal,
    selections: Selections,
    clock: Clock,
    every: timedelta,
) -> None:
    """One job for each account's doubts, one for its watch, one for the household."""

    async def keep_house() -> None:
        now = clock.now()
        pairing.tick()
        await journal.expire(now)
        await reports.tick()
        await selections.tidy(now - SELECTION_LIFETIME)

    for account in accounts:
        _repeat(app, f"reconcile:{account}", every, _on(reconciler.tick, account))
        _repeat(app, f"watch:{account}", every, _on(watcher.tick, account))
    _repeat(app, "household", every, keep_house)


def _on(tick: Callable[[str], Awaitable[None]], account: str) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        await tick(account)

    return run


def _repeat(app: App, name: str, every: timedelta, tick: Callable[[], Awaitable[None]]) -> None:
    if app.job_queue is None:
        raise RuntimeError("python-telegram-bot was installed without its job-queue extra")

    at_work = asyncio.Lock()

    async def run(_: BotContext) -> None:
        if not at_work.locked():
            async with at_work:
                await tick()

    app.job_queue.run_repeating(run, interval=every, first=0, name=name, job_kwargs=_ALWAYS)
