"""A price that holds for seconds counts down in its message, from SQLite and the clock."""

import asyncio
import logging
from datetime import datetime, timedelta

from telegram import Bot
from telegram.error import RetryAfter, TelegramError

from dust.conversion import Conversion, State
from dust.errors import DustError
from dust.money import Rates
from dust.review import Review
from dust.targets import PATIENCE
from handlers import screens
from handlers.context import Deps
from handlers.texts import texts_for
from handlers.views.review import render_review

_log = logging.getLogger(__name__)

#: The message is redrawn when it is this much nearer to its end.
STEP = timedelta(seconds=10)


class Countdown:
    """Redraws what waits; a message that can't be edited now is tried at its next step."""

    def __init__(self, bot: Bot, deps: Deps) -> None:
        self._bot = bot
        self._deps = deps
        self._drawn: dict[str, int] = {}
        self._rests: dict[int, datetime] = {}

    async def tick(self) -> None:
        """Redraws each review whose remaining time has passed a step since it was drawn."""
        now = self._deps.clock.now()
        waiting = await self._deps.journal.ticking(now)
        known = {one.id for one in waiting}
        self._drawn = {name: step for name, step in self._drawn.items() if name in known}
        for one in waiting:
            step = (one.expires_at - now) // STEP
            before = self._drawn.setdefault(one.id, (one.expires_at - one.created_at) // STEP)
            if step < before:
                self._drawn[one.id] = step
                await self._redraw(one)

    async def _redraw(self, shown: Conversion) -> None:
        chat_id, message_id = shown.chat_id, shown.message_id
        if chat_id is None or message_id is None:
            return
        if self._deps.clock.now() < self._rests.get(chat_id, shown.created_at):
            return
        rates = await self._rates(shown.account)  # not while a Confirm waits for the message
        async with self._deps.redraws.of(chat_id, message_id):
            current = await self._deps.journal.get(shown.id)
            waits = current is not None and current.state is State.QUOTED
            if not waits or self._deps.conversions.is_tapped(shown.id):
                return
            try:
                screen = await self._screen(shown, rates)
                await screens.edit(self._bot, chat_id, message_id, screen)
            except RetryAfter as error:
                self._rests[chat_id] = self._deps.clock.now() + screens.span_of(error.retry_after)
            except TelegramError as error:
                _log.debug("a countdown could not be shown: %s", error)

    async def _rates(self, account: str) -> Rates | None:
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                return await self._deps.accounts[account].rates()
        except (DustError, KeyError, TimeoutError):
            return None

    async def _screen(self, shown: Conversion, rates: Rates | None) -> screens.Screen:
        settings = await self._deps.preferences.get(shown.chat_id or 0)
        t = texts_for(settings, self._deps.clock.now())
        review = Review(shown, rates=rates)
        return render_review(review, self._deps.title(shown.account), settings.currency, t)
