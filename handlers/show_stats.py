"""/stats: what all conversions of an account add up to."""

from telegram import Update

from handlers import screens
from handlers.callbacks import ShowStats
from handlers.context import BotContext
from handlers.places import chat_of
from handlers.screens import Screen
from handlers.taps import answer_tap, message_of
from handlers.views.stats import render_stats


async def on_stats(update: Update, context: BotContext) -> None:
    """One message for each account."""
    chat_id = chat_of(update)
    for account in context.deps.accounts:
        await screens.send(context.bot, chat_id, await _screen(context, chat_id, account))


async def on_show_stats(update: Update, context: BotContext, tap: ShowStats) -> None:
    """The same in the message that was tapped."""
    message_id = await message_of(update, context)
    if message_id is None:
        return
    chat_id = chat_of(update)
    await answer_tap(update)
    async with context.deps.redraws.of(chat_id, message_id):
        screen = await _screen(context, chat_id, tap.account)
        await screens.edit(context.bot, chat_id, message_id, screen)


async def _screen(context: BotContext, chat_id: int, account: str) -> Screen:
    stats = await context.deps.ledger.stats(account, chat_id)
    return render_stats(stats, context.deps.title(account), await context.texts(chat_id))
