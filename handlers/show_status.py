"""/status and its buttons: what is stored is shown, and only `Check now` asks the exchange."""

from telegram import Update

from handlers import screens
from handlers.callbacks import CheckAccount, RefreshStatus
from handlers.context import BotContext
from handlers.places import chat_of, user_of
from handlers.screens import Screen
from handlers.taps import answer_tap, message_of
from handlers.views.status import AccountStatus, render_status


async def on_status(update: Update, context: BotContext) -> None:
    """A message for each account."""
    for account in context.deps.accounts:
        screen = await _screen(update, context, account)
        await screens.send(context.bot, chat_of(update), screen)


async def on_refresh_status(update: Update, context: BotContext, tap: RefreshStatus) -> None:
    """The same message as things stand now."""
    message_id = await message_of(update, context)
    if message_id is not None:
        await answer_tap(update)
        await _redraw(update, context, tap.account, message_id)


async def on_check_account(update: Update, context: BotContext, tap: CheckAccount) -> None:
    """Looks at the account and its key at once, then shows how things stand."""
    message_id = await message_of(update, context)
    if message_id is None:
        return
    t = await context.texts(chat_of(update))
    await answer_tap(update, t.gettext("Checking…"))
    await context.deps.watcher.look_now(tap.account)
    await _redraw(update, context, tap.account, message_id)


async def _redraw(update: Update, context: BotContext, account: str, message_id: int) -> None:
    chat_id = chat_of(update)
    async with context.deps.redraws.of(chat_id, message_id):
        screen = await _screen(update, context, account)
        await screens.edit(context.bot, chat_id, message_id, screen)


async def _screen(update: Update, context: BotContext, account: str) -> Screen:
    deps, chat_id = context.deps, chat_of(update)
    status = AccountStatus(
        watch=await deps.watches.get(account),
        key=await deps.keys.get(account),
        standing=await deps.conversions.standing(account),
    )
    return render_status(
        status,
        await deps.preferences.get(chat_id),
        deps.title(account),
        await context.texts(chat_id),
        may_act=deps.access.may_act(chat_id, user_of(update)),
    )
