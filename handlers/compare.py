"""/compare: what each remedy would bring for one token."""

from telegram import Update

from dust.compare import compare_remedies
from dust.remedy import Remedy, Wish
from handlers import screens
from handlers.callbacks import CompareRemedies
from handlers.context import BotContext
from handlers.places import chat_of
from handlers.review_conversion import prices_of
from handlers.taps import message_of
from handlers.token_of import tapped_asset
from handlers.views.compare import render_compare_how_to, render_comparison
from handlers.views.dust import render_reading
from handlers.wish_input import parse_wish


async def on_compare(update: Update, context: BotContext) -> None:
    """`/compare ADA`, `/compare ADA USDT`."""
    chat_id = chat_of(update)
    t = await context.texts(chat_id)
    wish = parse_wish(Remedy.DUST, context.args) if context.args else None
    if not isinstance(wish, Wish) or wish.assets is None or wish.amount is not None:
        await screens.send(context.bot, chat_id, render_compare_how_to(t))
        return
    for account in context.deps.accounts:
        waiting = render_reading(context.deps.title(account), t)
        message_id = await screens.send(context.bot, chat_id, waiting)
        await _show(context, chat_id, message_id, account, wish.assets[0], wish.target)


async def on_compare_remedies(update: Update, context: BotContext, tap: CompareRemedies) -> None:
    """The comparison into the tapped target, in the message of the comparison or in a new one."""
    message_id = await message_of(update, context)
    if message_id is None:
        return
    asset = await tapped_asset(update, context, tap.account, tap.token)
    if asset is None:
        return
    chat_id = chat_of(update)
    if not tap.target:  # from a review, which stays
        waiting = render_reading(context.deps.title(tap.account), await context.texts(chat_id))
        message_id = await screens.send(context.bot, chat_id, waiting)
    await _show(context, chat_id, message_id, tap.account, asset, tap.target or None)


async def _show(
    context: BotContext,
    chat_id: int,
    message_id: int,
    account: str,
    asset: str,
    target: str | None,
) -> None:
    deps = context.deps
    exchange = deps.accounts[account]
    wanted = target or exchange.capabilities.target
    options = await compare_remedies(exchange, asset, wanted)
    targets = exchange.capabilities.targets
    t = await context.texts(chat_id)
    prices = await prices_of(context, chat_id, account)
    title = deps.title(account)
    screen = render_comparison(account, asset, wanted, options, targets, title, t, prices)
    async with deps.redraws.of(chat_id, message_id):
        await screens.edit(context.bot, chat_id, message_id, screen)
