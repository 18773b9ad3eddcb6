"""The one place where an error that nobody expected ends: a sentence for the user, the cause in the log."""

import logging
import secrets

from telegram import Update
from telegram.error import BadRequest, ChatMigrated, TelegramError

from dust.preferences import ChatSettings
from handlers import screens
from handlers.context import BotContext
from handlers.places import chat_of
from handlers.texts import Texts, texts_for
from handlers.views.database_fault import render_database_fault
from handlers.views.problems import render_failure
from storage.errors import StorageError

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
    if isinstance(error, StorageError):
        await _tell_of_database(update, error, context)
        return
    reference = secrets.token_hex(3)
    _log.error("failure %s", reference, exc_info=error)
    if isinstance(update, Update) and not isinstance(error, TelegramError):
        screen = render_failure(reference, _plain_texts(update, context))
        await screens.send(context.bot, chat_of(update), screen)


async def _tell_of_database(update: object, error: StorageError, context: BotContext) -> None:
    _log.error("an update could not be followed: %s", error)
    if isinstance(update, Update):
        screen = render_database_fault(str(error), _plain_texts(update, context))
        await screens.send(context.bot, chat_of(update), screen)


def _plain_texts(update: Update, context: BotContext) -> Texts:
    """The chat's own settings may be what can't be read."""
    return texts_for(ChatSettings(chat_of(update)), context.deps.clock.now())


async def _follow(old_id: int, new_id: int, context: BotContext) -> None:
    if context.deps.access.may_look(old_id):
        await context.deps.directory.follow(old_id, new_id)
