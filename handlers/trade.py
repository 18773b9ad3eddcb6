"""/swap and /sell: one token, a review, a confirmation; typed, or from a button that names the token."""

from telegram import Update

from dust.remedy import Remedy, Wish
from handlers import screens
from handlers.callbacks import ReviewOne
from handlers.context import BotContext
from handlers.offer_sales import show_for_sale
from handlers.offer_swaps import show_for_swap
from handlers.places import chat_of
from handlers.review_conversion import show_offer
from handlers.taps import answer_tap
from handlers.token_of import tapped_asset
from handlers.views.problems import outdated_text
from handlers.views.trade import render_how_to
from handlers.wish_input import parse_wish


async def on_swap(update: Update, context: BotContext) -> None:
    """`/swap ADA USDT`, `/swap ADA 10 USDT`: Spot Convert; alone, what could be swapped."""
    if context.args:
        await _typed(update, context, Remedy.SWAP)
        return
    for account in context.deps.accounts:
        await show_for_swap(context, chat_of(update), account)


async def on_sell(update: Update, context: BotContext) -> None:
    """`/sell ADA`, `/sell ADA 10 USDC`: a market order; alone, what could be sold."""
    if context.args:
        await _typed(update, context, Remedy.SALE)
        return
    for account in context.deps.accounts:
        await show_for_sale(context, chat_of(update), account)


async def on_review_one(update: Update, context: BotContext, tap: ReviewOne) -> None:
    """A review of all that is free of one token, in a message of its own."""
    if tap.remedy not in set(Remedy):
        await answer_tap(update, outdated_text(await context.texts(chat_of(update))))
        return
    asset = await tapped_asset(update, context, tap.account, tap.token)
    if asset is None:
        return
    wish = Wish(Remedy(tap.remedy), (asset,), tap.target or None)
    await show_offer(update, context, tap.account, wish, try_now=True)


async def _typed(update: Update, context: BotContext, remedy: Remedy) -> None:
    wish = parse_wish(remedy, context.args) if context.args else None
    if not isinstance(wish, Wish):
        t = await context.texts(chat_of(update))
        await screens.send(context.bot, chat_of(update), render_how_to(remedy, t))
        return
    for account, exchange in context.deps.accounts.items():
        if remedy in exchange.capabilities.remedies:
            await show_offer(update, context, account, wish)
