"""/history and its pages."""

from telegram import Update

from handlers import screens
from handlers.callbacks import ShowHistory
from handlers.context import BotContext
from handlers.places import chat_of
from handlers.screens import Screen
from handlers.taps import answer_tap, message_of
from handlers.views.history import PAGE, render_history
from handlers.views.paging import page_count


async def on_history(update: Update, context: BotContext) -> None:
    """The newest conversions of all accounts."""
    chat_id = chat_of(update)
    await screens.send(context.bot, chat_id, await _screen(context, chat_id, 0))


async def on_show_history(update: Update, context: BotContext, tap: ShowHistory) -> None:
    """Another page in the same message."""
    message_id = await message_of(update, context)
    if message_id is None:
        return
    chat_id = chat_of(update)
    await answer_tap(update)
    async with context.deps.redraws.of(chat_id, message_id):
        screen = await _screen(context, chat_id, tap.page)
        await screens.edit(context.bot, chat_id, message_id, screen)


async def _screen(context: BotContext, chat_id: int, page: int) -> Screen:
    deps = context.deps
    accounts = tuple(deps.accounts)
    _, total = await deps.journal.history(accounts, limit=0, offset=0)
    page = min(page, page_count(total, PAGE) - 1)
    conversions, total = await deps.journal.history(accounts, limit=PAGE, offset=page * PAGE)
    exchanges = {name: deps.title(name) for name in accounts}
    return render_history(conversions, total, exchanges, await context.texts(chat_id), page)
