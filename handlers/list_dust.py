"""/dust and its buttons."""

import asyncio
from datetime import timedelta

from telegram import Update

from dust.errors import DustError
from handlers import screens
from handlers.callbacks import RefreshDust, TurnDust
from handlers.context import BotContext
from handlers.places import chat_of
from handlers.show_token import show_tokens
from handlers.taps import answer_tap, message_of
from handlers.views.dust import render_reading, render_report
from handlers.views.problems import render_problem

#: Tokens that one message may name.
MOST_TOKENS = 3
#: Turning pages doesn't ask the exchange again while the reading is younger than this.
PAGE_AGE = timedelta(minutes=2)


async def on_dust(update: Update, context: BotContext) -> None:
    """One answer for each account; a dead exchange keeps none of the others from answering. `/dust ADA`
    shows one token."""
    chat_id = chat_of(update)
    if context.args:
        await show_tokens(context, chat_id, context.args[:MOST_TOKENS])
        return
    await asyncio.gather(*(_show_new(context, chat_id, name) for name in context.deps.accounts))


async def on_refresh(update: Update, context: BotContext, tap: RefreshDust) -> None:
    """Reads again and shows it in the same message."""
    await _redraw(update, context, tap.account, page=0, max_age=timedelta(0))


async def on_turn(update: Update, context: BotContext, tap: TurnDust) -> None:
    """Shows another page."""
    await _redraw(update, context, tap.account, page=tap.page, max_age=PAGE_AGE)


async def _show_new(context: BotContext, chat_id: int, account: str) -> None:
    t = await context.texts(chat_id)
    exchange = context.deps.title(account)
    message_id, screen = await asyncio.gather(
        screens.send(context.bot, chat_id, render_reading(exchange, t)),
        _screen(context, chat_id, account, page=0, max_age=timedelta(0)),
    )
    await screens.edit(context.bot, chat_id, message_id, screen)


async def _redraw(
    update: Update, context: BotContext, account: str, *, page: int, max_age: timedelta
) -> None:
    message_id = await message_of(update, context)
    if message_id is None:
        return
    chat_id = chat_of(update)
    await answer_tap(update)
    screen = await _screen(context, chat_id, account, page=page, max_age=max_age)
    async with context.deps.redraws.of(chat_id, message_id):
        await screens.edit(context.bot, chat_id, message_id, screen)


async def _screen(
    context: BotContext, chat_id: int, account: str, *, page: int, max_age: timedelta
) -> screens.Screen:
    deps = context.deps
    exchange = deps.title(account)
    try:
        report = await deps.scanner.report(account, chat_id, max_age=max_age)
    except DustError as error:
        return render_problem(error, account, exchange, await context.texts(chat_id))
    await deps.watcher.answered(account)
    standing = await deps.conversions.standing(account)
    leaving = await deps.delistings.of(account, deps.clock.now())
    t = await context.texts(chat_id)
    return render_report(report, standing, exchange, t, page, leaving=leaving)
