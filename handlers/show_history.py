"""/history: its pages, its filters, and one conversion in full."""

from telegram import Update

from dust.which import Which
from handlers import screens
from handlers.callbacks import ShowConversion, ShowHistory
from handlers.context import BotContext
from handlers.history_input import parse_which
from handlers.places import chat_of
from handlers.screens import Screen
from handlers.taps import answer_tap, message_of
from handlers.views.conversion_detail import render_conversion
from handlers.views.history import PAGE, render_history
from handlers.views.paging import page_count
from handlers.views.problems import outdated_text


async def on_history(update: Update, context: BotContext) -> None:
    """The newest conversions of all accounts; `/history failed` or `/history ADA` names which."""
    chat_id = chat_of(update)
    which = parse_which(context.args or ())
    await screens.send(context.bot, chat_id, await _screen(context, chat_id, which, 0))


async def on_show_history(update: Update, context: BotContext, tap: ShowHistory) -> None:
    """Another page or another filter in the same message."""
    message_id = await message_of(update, context)
    if message_id is None:
        return
    chat_id = chat_of(update)
    await answer_tap(update)
    async with context.deps.redraws.of(chat_id, message_id):
        screen = await _screen(context, chat_id, parse_which(tap.which.split()), tap.page)
        await screens.edit(context.bot, chat_id, message_id, screen)


async def on_show_conversion(update: Update, context: BotContext, tap: ShowConversion) -> None:
    """One conversion in full, in the same message."""
    message_id = await message_of(update, context)
    if message_id is None:
        return
    chat_id, deps = chat_of(update), context.deps
    conversion = await deps.journal.get(tap.conversion)
    t = await context.texts(chat_id)
    if conversion is None or conversion.attempt_at is None:
        await answer_tap(update, outdated_text(t))
        return
    await answer_tap(update)
    screen = render_conversion(conversion, deps.title(conversion.account), t)
    async with deps.redraws.of(chat_id, message_id):
        await screens.edit(context.bot, chat_id, message_id, screen)


async def _screen(context: BotContext, chat_id: int, which: Which, page: int) -> Screen:
    deps = context.deps
    accounts = tuple(deps.accounts)
    _, total = await deps.journal.history(accounts, which=which, limit=0, offset=0)
    page = min(page, page_count(total, PAGE) - 1)
    conversions, total = await deps.journal.history(
        accounts, which=which, limit=PAGE, offset=page * PAGE
    )
    exchanges = {name: deps.title(name) for name in accounts}
    return render_history(
        conversions, total, exchanges, await context.texts(chat_id), page, which=which
    )
