"""The one place where an error that nobody expected ends: a sentence for the user, the cause in the log."""

import logging
import secrets

from telegram import Update
from telegram.error import BadRequest, ChatMigrated, TelegramError

from dust.preferences import ChatSettings
from handlers import screens
from handlers.context import BotContext
from handlers.places import chat_of
from handlers.texts import texts_for
from handlers.views.problems import render_failure

_log = logging.getLogger(__name__)


async def on_error(update: object, context: BotContext) -> None:
    """Logs the error under a short reference and tells the chat that reference."""
    error = context.error
    if isinstance(error, BadRequest) and screens.is_gone(error):
        _log.info("a message was deleted before it could be changed")
        return
    if isinstance(error, ChatMigrated) and isinstance(update, Update):
        await _follow(chat_of(update), error.new_chat_id, context)
        return
    if isinstance(error, TelegramError) and not isinstance(error, BadRequest):
        _log.warning("Telegram did not take an answer: %s", error)
        return
    reference = secrets.token_hex(3)
    _log.error("failure %s", reference, exc_info=error)
    if isinstance(update, Update) and not isinstance(error, TelegramError):
        # The chat's own settings may be what can't be read.
        t = texts_for(ChatSettings(chat_of(update)), context.deps.clock.now())
        await screens.send(context.bot, chat_of(update), render_failure(reference, t))


async def _follow(old_id: int, new_id: int, context: BotContext) -> None:
    if context.deps.access.may_look(old_id):
        await context.deps.directory.follow(old_id, new_id)
