"""Where an update happened: ids that the gate has already made sure of."""

from telegram import CallbackQuery, Message, Update

from handlers.context import BotContext
from handlers.views.problems import outdated_text


def chat_of(update: Update) -> int:
    """The id of the chat."""
    if update.effective_chat is None:
        raise ValueError("an update without a chat passed the gate")
    return update.effective_chat.id


def user_of(update: Update) -> int:
    """The id of the person."""
    if update.effective_user is None:
        raise ValueError("an update without a person passed the gate")
    return update.effective_user.id


def query_of(update: Update) -> CallbackQuery:
    """The tap."""
    if update.callback_query is None:
        raise ValueError("not a tap")
    return update.callback_query


async def message_of(update: Update, context: BotContext) -> int | None:
    """The message whose button was tapped. Where Telegram no longer shows it, the tap is answered so."""
    query = query_of(update)
    if isinstance(query.message, Message):
        return query.message.message_id
    await query.answer(outdated_text(await context.texts(chat_of(update))))
    return None
