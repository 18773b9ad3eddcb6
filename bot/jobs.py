"""Jobs only tick; what is due is decided from SQLite and the clock."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial

from bot.database_patience import DatabasePatience
from dust.access import Pairing
from dust.auto import AutoConverter
from dust.ports import Clock, ConversionJournal, Selections
from dust.reconcile import Reconciler
from dust.report import ReportService
from dust.watch import DustWatcher
from handlers.context import App, BotContext
from handlers.countdown import Countdown

#: Half-made selections are forgotten after this.
SELECTION_LIFETIME = timedelta(days=7)

#: A late tick is better than none: APScheduler skips one that is a second late. Many instances, so that one
#: which finds another still at work leaves without a word in the log, also when the machine is busy.
_ALWAYS = {"misfire_grace_time": None, "coalesce": True, "max_instances": 100}

Tick = Callable[[], Awaitable[None]]


class Jobs:
    """What ticks: for each account its doubts and its watch, and one household."""

    def __init__(self, app: App, every: timedelta, clock: Clock) -> None:
        self._app = app
        self._every = every
        self._patience = DatabasePatience(clock)
        self._at_work: dict[str, asyncio.Task[None]] = {}

    def watch(self, account: str, watcher: DustWatcher, reconciler: Reconciler) -> None:
        """Ticks for one account; a slow exchange delays only its own."""
        self._repeat(f"reconcile:{account}", partial(reconciler.tick, account))
        self._repeat(f"watch:{account}", partial(watcher.tick, account))

    def keep_house(
        self,
        pairing: Pairing,
        journal: ConversionJournal,
        reports: ReportService,
        selections: Selections,
        clock: Clock,
    ) -> None:
        """Ticks for what no exchange is needed for."""

        async def tick() -> None:
            now = clock.now()
            pairing.tick()
            await journal.expire(now)
            await reports.tick()
            await selections.tidy(now - SELECTION_LIFETIME)

        self._repeat("household", tick)

    def act_for(self, account: str, auto: AutoConverter) -> None:
        """Ticks for the account's rule."""
        self._repeat(f"auto:{account}", partial(auto.tick, account))

    def count_down(self, countdown: Countdown) -> None:
        """Ticks for messages that show a price which holds for seconds."""
        self._repeat("countdown", countdown.tick)

    def abandon(self) -> None:
        """No tick starts any more, and those at work are let go: they only read, and write whole rows."""
        if self._app.job_queue is not None and self._app.job_queue.scheduler.running:
            self._app.job_queue.scheduler.pause()
        for task in self._at_work.values():
            task.cancel()

    def _repeat(self, name: str, tick: Tick) -> None:
        if self._app.job_queue is None:
            raise RuntimeError("python-telegram-bot was installed without its job-queue extra")

        async def run(_: BotContext) -> None:
            task = asyncio.current_task()
            if name in self._at_work or task is None:
                return
            self._at_work[name] = task
            try:
                # Only `abandon` cancels; the scheduler would log it as a failure.
                with suppress(asyncio.CancelledError):
                    await self._patience.give(name, tick)
            finally:
                del self._at_work[name]

        self._app.job_queue.run_repeating(
            run, interval=self._every, first=0, name=name, job_kwargs=_ALWAYS
        )
