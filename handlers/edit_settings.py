"""/settings and its buttons."""

import asyncio

from telegram import Update

from dust.errors import DustError
from dust.money import Rates
from handlers import screens
from handlers.callbacks import ChangeSetting, ShowSettings
from handlers.context import BotContext
from handlers.places import chat_of
from handlers.protect_tokens import protected_screen
from handlers.screens import Screen
from handlers.setting_changes import Change, SetCurrency, Topic, apply_change, topic_of
from handlers.setting_faults import Nonsense
from handlers.setting_store import change_settings
from handlers.settings_input import Open, parse_settings
from handlers.taps import answer_tap, message_of
from handlers.views.problems import outdated_text
from handlers.views.setting_answers import changed_text, render_nonsense
from handlers.views.settings import TOPICS, render_settings, render_topic


async def on_settings(update: Update, context: BotContext) -> None:
    """Shows the settings or one topic; with a value it changes them."""
    chat_id = chat_of(update)
    settings = await context.deps.preferences.get(chat_id)
    wish = parse_settings(context.args or (), settings)
    match wish:
        case Open(Topic.PROTECT):
            await _send_protected(context, chat_id)
            return
        case Open(topic):
            screen = await _screen(context, chat_id, topic)
        case Nonsense():
            screen = render_nonsense(wish, settings, await context.texts(chat_id))
        case _:
            screen = Screen(await _change(context, chat_id, wish))
    await screens.send(context.bot, chat_id, screen)


async def on_show_settings(update: Update, context: BotContext, tap: ShowSettings) -> None:
    """Opens a topic, or the overview, in the same message."""
    message_id = await message_of(update, context)
    if message_id is None:
        return
    chat_id = chat_of(update)
    if tap.topic not in ("", *TOPICS):
        await answer_tap(update, outdated_text(await context.texts(chat_id)))
        return
    await answer_tap(update)
    topic = Topic(tap.topic) if tap.topic else None
    async with context.deps.redraws.of(chat_id, message_id):
        screen = await _screen(context, chat_id, topic)
        await screens.edit(context.bot, chat_id, message_id, screen)


async def on_change_setting(update: Update, context: BotContext, tap: ChangeSetting) -> None:
    """Sets an offered value and shows the topic again with it."""
    message_id = await message_of(update, context)
    if message_id is None:
        return
    chat_id = chat_of(update)
    settings = await context.deps.preferences.get(chat_id)
    change = parse_settings((tap.topic, *tap.value.split()), settings)
    if isinstance(change, Open | Nonsense) or topic_of(change) not in TOPICS:
        await answer_tap(update, outdated_text(await context.texts(chat_id)))
        return
    await answer_tap(update)
    note = await _change(context, chat_id, change)
    async with context.deps.redraws.of(chat_id, message_id):
        screen = await _screen(context, chat_id, topic_of(change), note)
        await screens.edit(context.bot, chat_id, message_id, screen)


async def _screen(context: BotContext, chat_id: int, topic: Topic | None, note: str = "") -> Screen:
    settings = await context.deps.preferences.get(chat_id)
    t = await context.texts(chat_id)
    if topic is not None:
        return render_topic(topic, settings, t, note)
    return render_settings(settings, tuple(context.deps.accounts), t)


async def _send_protected(context: BotContext, chat_id: int) -> None:
    """One list for each account."""
    names = context.deps.accounts
    lists = await asyncio.gather(*(protected_screen(context, chat_id, name, 0) for name in names))
    for screen in lists:
        await screens.send(context.bot, chat_id, screen)


async def _change(context: BotContext, chat_id: int, change: Change) -> str:
    """Makes the change; the answer as HTML."""
    rates = await _rates(context) if isinstance(change, SetCurrency) else None
    before, after = await change_settings(
        context, chat_id, lambda settings: apply_change(change, settings, rates)
    )
    return changed_text(change, before, after, await context.texts(chat_id))


async def _rates(context: BotContext) -> Rates | None:
    """The prices of the first account that answers."""
    for account in context.deps.accounts.values():
        try:
            return await account.rates()
        except DustError:
            continue  # the change does not wait for it: the answer says that the threshold stays
    return None
