"""/start, /help, and whatever is neither a command of ours nor one of our buttons."""

from telegram import Update

from handlers import screens
from handlers.context import BotContext
from handlers.places import chat_of
from handlers.taps import answer_tap
from handlers.views.problems import outdated_text
from handlers.views.welcome import render_unknown_command


async def on_unknown_command(update: Update, context: BotContext) -> None:
    """A command that does not exist, or whatever else somebody writes in private."""
    chat_id = chat_of(update)
    screen = render_unknown_command(await context.texts(chat_id))
    await screens.send(context.bot, chat_id, screen)


async def on_outdated_tap(update: Update, context: BotContext) -> None:
    """A button that another version made, or nobody."""
    await answer_tap(update, outdated_text(await context.texts(chat_of(update))))
