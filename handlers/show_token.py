"""One token: why it is dust, what would clear it, and whether the exchange will delist it."""

from telegram import Update

from dust.cure import diagnose
from dust.errors import DustError
from handlers import screens
from handlers.asset_input import asset_of
from handlers.callbacks import ShowToken
from handlers.context import BotContext
from handlers.places import chat_of
from handlers.screens import Screen
from handlers.taps import message_of
from handlers.token_of import tapped_asset
from handlers.views.dust import render_reading
from handlers.views.problems import render_problem
from handlers.views.token import render_token


async def on_show_token(update: Update, context: BotContext, tap: ShowToken) -> None:
    """In a message of its own: the list or alert above it stays."""
    if await message_of(update, context) is None:
        return
    asset = await tapped_asset(update, context, tap.account, tap.token)
    if asset is not None:
        await show_token(context, chat_of(update), tap.account, asset)


async def show_tokens(context: BotContext, chat_id: int, words: list[str]) -> None:
    """`/dust ADA`: one message for each token and account."""
    for account in context.deps.accounts:
        for word in dict.fromkeys(words):
            await show_token(context, chat_id, account, asset_of(word))


async def show_token(context: BotContext, chat_id: int, account: str, asset: str) -> None:
    """Reads everything about the token and shows it in a new message."""
    exchange = context.deps.title(account)
    waiting = render_reading(exchange, await context.texts(chat_id))
    message_id = await screens.send(context.bot, chat_id, waiting)
    screen = await _screen(context, chat_id, account, asset)
    async with context.deps.redraws.of(chat_id, message_id):
        await screens.edit(context.bot, chat_id, message_id, screen)


async def _screen(context: BotContext, chat_id: int, account: str, asset: str) -> Screen:
    deps = context.deps
    exchange = deps.accounts[account]
    t = await context.texts(chat_id)
    standing = await deps.conversions.standing(account)
    leaving = await deps.delistings.of(account, deps.clock.now())
    delisting = next((one for one in leaving if one.asset == asset), None)
    try:
        diagnosis = await diagnose(exchange, asset, standing, delisting)
    except DustError as error:
        return render_problem(error, account, deps.title(account), t)
    settings = await deps.preferences.get(chat_id)
    return render_token(diagnosis, account, deps.title(account), settings.currency, t)
