"""The gate: what is not allowed ends here, and so does what crashes on its way in.

PTB goes on to the next group after an exception, so every way out of a refusal raises
`ApplicationHandlerStop`.
"""

import logging

from telegram import ChatMember, Update
from telegram.ext import ApplicationHandlerStop

from handlers import screens
from handlers.context import BotContext
from handlers.views.welcome import render_paired, render_stranger

_log = logging.getLogger(__name__)


async def admit(update: Update, context: BotContext) -> None:
    """An allowed chat passes; the first owner pairs; a private stranger hears its chat id; all else ends."""
    try:
        allowed = _is_ours(update, context) or await _pairs(update, context)
        if not allowed and _is_start(update):
            await _answer_stranger(update, context)
    except Exception as error:
        _log.warning("an update was turned away: %s", type(error).__name__)
        raise ApplicationHandlerStop from error
    if not allowed:
        raise ApplicationHandlerStop
    await _note_life(update, context)


async def follow(update: Update, context: BotContext) -> None:
    """A group that became a supergroup keeps what it had, if it was allowed. Telegram alone writes this."""
    message = update.message
    if message is None:
        return
    old_id = message.migrate_from_chat_id or message.chat.id
    new_id = message.chat.id if message.migrate_from_chat_id else message.migrate_to_chat_id
    if new_id is not None and context.deps.access.may_look(old_id):
        await context.deps.directory.follow(old_id, new_id)


async def welcome_back(update: Update, context: BotContext) -> None:
    """Somebody unblocks the bot or takes it into the group again."""
    member = update.my_chat_member
    if member is None or not context.deps.access.may_look(member.chat.id):
        return
    if member.new_chat_member.status not in (ChatMember.BANNED, ChatMember.LEFT):
        await context.deps.directory.heard(member.chat.id)


async def _note_life(update: Update, context: BotContext) -> None:
    """What waited for a muted chat is delivered now. Its own wish does not wait for that."""
    try:
        if update.effective_chat is not None:
            await context.deps.directory.heard(update.effective_chat.id)
    except Exception as error:  # noqa: BLE001 - the next update tries again
        _log.warning("a muted chat could not be noted as back: %s", error)


def _is_ours(update: Update, context: BotContext) -> bool:
    """Only new messages and taps, from a person, in an allowed chat."""
    chat, user = update.effective_chat, update.effective_user
    if chat is None or user is None or user.is_bot:
        return False
    if update.message is None and update.callback_query is None:
        return False
    return context.deps.access.may_look(chat.id)


def _is_start(update: Update) -> bool:
    message = update.message
    if message is None or message.chat.type != "private" or message.from_user is None:
        return False
    return (message.text or "").split(maxsplit=1)[:1] == ["/start"]


async def _pairs(update: Update, context: BotContext) -> bool:
    """`/start CODE` in a private chat, while there is nobody yet."""
    message = update.message
    if message is None or message.from_user is None or not _is_start(update):
        return False
    words = (message.text or "").split()
    if len(words) != 2 or message.from_user.is_bot:
        return False
    if not await context.deps.pairing.redeem(words[1], message.from_user.id):
        return False
    _log.info("the owner has paired")
    t = await context.texts(message.chat.id)
    await screens.send(context.bot, message.chat.id, render_paired(t))
    return True


async def _answer_stranger(update: Update, context: BotContext) -> None:
    if update.effective_chat is None:
        return
    chat_id = update.effective_chat.id
    await screens.send(context.bot, chat_id, render_stranger(chat_id, await context.texts(chat_id)))
