"""A tap on a button: its data, its message, and the one answer that it gets."""

from telegram import CallbackQuery, Update
from telegram.error import BadRequest

from handlers.context import BotContext
from handlers.places import chat_of
from handlers.views.problems import outdated_text

_TOO_LATE = "query is too old"


def query_of(update: Update) -> CallbackQuery:
    """The tap."""
    if update.callback_query is None:
        raise ValueError("not a tap")
    return update.callback_query


async def answer_tap(update: Update, text: str = "", *, alert: bool = False) -> None:
    """Ends the button's spinner; `text` (plain, at most 200 characters) is shown above the chat.

    A tap that waited while the bot was away can't be answered any more; it is followed all the same.
    """
    try:
        await query_of(update).answer(text or None, show_alert=alert)
    except BadRequest as error:
        if _TOO_LATE not in error.message.lower():
            raise


async def message_of(update: Update, context: BotContext) -> int | None:
    """The message whose button was tapped. Where Telegram no longer shows it, the tap is answered so."""
    message = query_of(update).message
    # PTB reads what Telegram no longer shows as a message, too: one of the year 1970.
    if message is not None and message.is_accessible:
        return message.message_id
    await answer_tap(update, outdated_text(await context.texts(chat_of(update))))
    return None
