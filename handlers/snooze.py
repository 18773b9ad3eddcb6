"""/snooze, its buttons, and the one below an alert."""

from dataclasses import replace
from datetime import timedelta

from telegram import Update

from dust.preferences import ChatSettings
from handlers import screens
from handlers.callbacks import ChangeSnooze, Snooze
from handlers.context import BotContext
from handlers.places import chat_of
from handlers.screens import Screen
from handlers.setting_faults import Nonsense
from handlers.setting_store import change_settings
from handlers.settings_input import LONGEST_PAUSE, parse_snooze
from handlers.taps import answer_tap, message_of
from handlers.views.problems import outdated_text
from handlers.views.setting_answers import render_nonsense
from handlers.views.snooze import render_snooze


async def on_snooze(update: Update, context: BotContext) -> None:
    """Shows how alerts stand; with a duration or `off` it changes that."""
    chat_id = chat_of(update)
    wish = parse_snooze(context.args) if context.args else None
    if isinstance(wish, Nonsense):
        settings = await context.deps.preferences.get(chat_id)
        screen = render_nonsense(wish, settings, await context.texts(chat_id))
    else:
        if wish is not None:
            await _snooze(context, chat_id, wish.span)
        screen = await _screen(context, chat_id)
    await screens.send(context.bot, chat_id, screen)


async def on_snooze_tap(update: Update, context: BotContext, tap: Snooze | ChangeSnooze) -> None:
    """Below an alert the answer is a message of its own, so that the alert keeps its buttons."""
    message_id = await message_of(update, context)
    if message_id is None or not await _taken(update, context, tap.hours):
        return
    chat_id = chat_of(update)
    if isinstance(tap, Snooze):
        screen = await _screen(context, chat_id)
        await screens.send(context.bot, chat_id, screen, reply_to=message_id)
        return
    async with context.deps.redraws.of(chat_id, message_id):
        screen = await _screen(context, chat_id)
        await screens.edit(context.bot, chat_id, message_id, screen)


async def _taken(update: Update, context: BotContext, hours: int) -> bool:
    """Answers the tap and follows it, unless no version ever offered that many hours."""
    chat_id = chat_of(update)
    if hours > LONGEST_PAUSE // timedelta(hours=1):
        await answer_tap(update, outdated_text(await context.texts(chat_id)))
        return False
    await answer_tap(update)
    await _snooze(context, chat_id, timedelta(hours=hours))
    return True


async def _snooze(context: BotContext, chat_id: int, span: timedelta) -> None:
    until = context.deps.clock.now() + span if span else None

    def change(settings: ChatSettings) -> ChatSettings:
        return replace(settings, snoozed_until=until)

    await change_settings(context, chat_id, change)


async def _screen(context: BotContext, chat_id: int) -> Screen:
    settings = await context.deps.preferences.get(chat_id)
    return render_snooze(settings, await context.texts(chat_id))
