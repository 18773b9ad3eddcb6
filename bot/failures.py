"""The one place where an error that nobody expected ends: a sentence for the user, the cause in the log."""

import logging
import secrets

from telegram import Update
from telegram.error import BadRequest, NetworkError, TelegramError

from handlers.context import BotContext
from handlers.places import chat_of
from handlers.views.format import esc

_log = logging.getLogger(__name__)


async def on_error(update: object, context: BotContext) -> None:
    """Logs the error under a short reference and tells the chat that reference."""
    error = context.error
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        _log.warning("Telegram could not be reached: %s", error)
        return
    reference = secrets.token_hex(3)
    _log.error("failure %s", reference, exc_info=error)
    if (
        isinstance(update, Update)
        and update.effective_chat
        and not isinstance(error, TelegramError)
    ):
        t = await context.texts(chat_of(update))
        text = t.gettext(
            "⚠️ Something went wrong on my side (reference {reference}). Nothing is sent twice because "
            "of it; /history shows what was converted."
        ).format(reference=esc(reference))
        await context.bot.send_message(update.effective_chat.id, text)
