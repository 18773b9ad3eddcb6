"""Where an update happened: ids that the gate has already made sure of."""

from telegram import Update


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
