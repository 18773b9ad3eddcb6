"""Delivers the outbox: a notice is deleted when Telegram has accepted it, and not before."""

import asyncio
import logging
import os
from datetime import timedelta
from functools import partial
from typing import Any, Protocol

from telegram.error import BadRequest, ChatMigrated, RetryAfter, TelegramError
from telegram.ext import ExtBot

from dust.chats import Directory
from dust.notices import (
    Addressed,
    AskOwner,
    AutoAnnounced,
    AutoSkipped,
    AutoStopped,
    Corrected,
    Notice,
    OutboxItem,
    Outcome,
    Settled,
)
from dust.ports import Clock, ConversionJournal, Outbox, Preferences
from handlers import screens
from handlers.announce import Announcer
from handlers.screens import Redraws
from storage.errors import StorageError

_log = logging.getLogger(__name__)

#: Lets PTB give RetryAfter's time as a span: reading it as seconds is deprecated and warns.
os.environ.setdefault("PTB_TIMEDELTA", "true")

#: Seconds between tries of one notice; the last one repeats.
PAUSES = (2, 5, 15, 60, 300)
#: Tries of a notice that Telegram does not take as it is.
MOST_TRIES = 4
#: A chat rests this many seconds where the database can't note what it was told: otherwise it would be told
#: the same again and again.
UNNOTED_PAUSE = 60
#: How often the outbox is looked at when nothing wakes the courier.
LOOK_EVERY = timedelta(seconds=1)


class WakingOutbox(Outbox, Protocol):
    """An outbox that says when something was queued."""

    @property
    def wake(self) -> asyncio.Event:
        """Set after each commit that queued a notice."""
        ...


class Courier:
    """One notice at a time for each chat; a chat that must wait delays no other."""

    def __init__(
        self,
        bot: ExtBot[Any],
        outbox: WakingOutbox,
        announcer: Announcer,
        preferences: Preferences,
        journal: ConversionJournal,
        redraws: Redraws,
        directory: Directory,
        clock: Clock,
    ) -> None:
        self._bot = bot
        self._outbox = outbox
        self._announcer = announcer
        self._preferences = preferences
        self._journal = journal
        self._redraws = redraws
        self._directory = directory
        self._clock = clock
        self._blind = False
        self._busy: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Delivers until cancelled."""
        try:
            while True:
                self._outbox.wake.clear()
                try:
                    await self._start_due()
                except Exception as error:  # noqa: BLE001 - nobody would be told anything any more
                    if not self._blind:
                        _log.error("the outbox can't be read now", exc_info=error)
                    self._blind = True
                else:
                    self._blind = False
                await self._pause()
        finally:
            for task in tuple(self._busy.values()):
                task.cancel()
            await asyncio.gather(*self._busy.values(), return_exceptions=True)

    async def flush(self, patience: timedelta) -> None:
        """Delivers what is due now, for as long as `patience` allows."""
        await self._start_due()
        if self._busy:
            await asyncio.wait(tuple(self._busy.values()), timeout=patience.total_seconds())

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(LOOK_EVERY.total_seconds()):
                await self._outbox.wake.wait()
        except TimeoutError:
            return

    async def _start_due(self) -> None:
        for item in await self._outbox.due(self._clock.now()):
            chat_id = item.addressed.chat_id
            if chat_id not in self._busy:
                task = asyncio.create_task(self._serve(item))
                self._busy[chat_id] = task
                task.add_done_callback(partial(self._done, chat_id))

    def _done(self, chat_id: int, _: asyncio.Task[None]) -> None:
        self._busy.pop(chat_id, None)
        self._outbox.wake.set()  # the chat's next notice may be due

    async def _serve(self, item: OutboxItem) -> None:
        try:
            await self._deliver(item)
        except StorageError as error:
            _log.error("notice %s: what became of it can't be noted now: %s", item.id, error)
            await asyncio.sleep(UNNOTED_PAUSE)
        except Exception:  # noqa: BLE001 - the notice is still there; only its end could not be noted
            _log.exception("notice %s: what became of it can't be noted now", item.id)
            await asyncio.sleep(UNNOTED_PAUSE)

    async def _deliver(self, item: OutboxItem) -> None:
        try:
            await self._show(item.addressed)
            await self._outbox.delivered(item.id)
        except RetryAfter as error:
            await self._outbox.postpone(
                item.id, self._clock.now() + screens.span_of(error.retry_after)
            )
        except ChatMigrated as error:
            await self._directory.follow(item.addressed.chat_id, error.new_chat_id)
        except TelegramError as error:
            await self._refused(item, error)
        except Exception as error:  # noqa: BLE001 - one bad notice must not hold up the chat's others
            await self._give_up_in_time(item, error)

    async def _refused(self, item: OutboxItem, error: TelegramError) -> None:
        if screens.is_closed(error):
            await self._directory.mute(item.addressed.chat_id, error)
        elif isinstance(error, BadRequest):
            await self._give_up_in_time(item, error)
        else:
            await self._wait(item, error)

    async def _give_up_in_time(self, item: OutboxItem, error: Exception) -> None:
        """A notice that can't be made or taken is tried a few times; /history holds what it was about."""
        if item.attempts + 1 >= MOST_TRIES:
            _log.error("notice %s is given up", item.id, exc_info=error)
            await self._outbox.delivered(item.id)
        else:
            await self._wait(item, error)

    async def _wait(self, item: OutboxItem, error: Exception) -> None:
        pause = PAUSES[min(item.attempts, len(PAUSES) - 1)]
        level = logging.DEBUG if item.attempts else logging.WARNING
        _log.log(level, "notice %s waits until Telegram takes it: %s", item.id, error)
        await self._outbox.postpone(item.id, self._clock.now() + timedelta(seconds=pause))

    async def _show(self, addressed: Addressed) -> None:
        if addressed.message_id is not None and await self._edited(addressed, addressed.message_id):
            return
        screen = await self._announcer.screen(addressed)
        if screen is None:
            return
        settings = await self._preferences.get(addressed.chat_id)
        await screens.send(
            self._bot,
            addressed.chat_id,
            screen,
            silent=settings.silent and not await self._is_automatic(addressed.notice),
            reply_to=await self._about(addressed.notice),
        )

    async def _is_automatic(self, notice: Notice) -> bool:
        """What happens unasked is heard, also where all else is silent."""
        if isinstance(notice, AutoAnnounced | AutoSkipped | AutoStopped):
            return True
        if not isinstance(notice, Outcome | Settled | AskOwner):
            return False
        conversion = await self._journal.get(notice.conversion_id)
        return conversion is not None and conversion.automatic

    async def _edited(self, addressed: Addressed, message_id: int) -> bool:
        """Shows it in place; False where the message is gone. What is true is asked under the message's
        lock: nobody draws something newer in between."""
        async with self._redraws.of(addressed.chat_id, message_id):
            screen = await self._announcer.screen(addressed)
            if screen is None:
                return True
            try:
                await screens.edit(self._bot, addressed.chat_id, message_id, screen)
            except BadRequest as error:
                if not screens.is_gone(error):
                    raise
                return False
            return True

    async def _about(self, notice: Notice) -> int | None:
        """The message that a later word on a conversion answers."""
        if not isinstance(notice, Settled | Corrected | AskOwner):
            return None
        conversion = await self._journal.get(notice.conversion_id)
        return conversion.message_id if conversion else None
