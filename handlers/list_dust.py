"""/dust and its buttons."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from telegram import Update

from dust.errors import DustError
from dust.model import DustReport
from handlers import screens
from handlers.callbacks import RefreshDust, ShowHeldBack, TurnDust
from handlers.context import BotContext
from handlers.places import chat_of
from handlers.show_token import show_tokens
from handlers.taps import answer_tap, message_of
from handlers.views.dust import render_reading, render_report
from handlers.views.held_back import render_held_back
from handlers.views.problems import render_problem

#: Tokens that one message may name.
MOST_TOKENS = 3
#: Turning pages doesn't ask the exchange again while the reading is younger than this.
PAGE_AGE = timedelta(minutes=2)

#: Makes the screen of a report: its dust, or what is held back.
Show = Callable[[BotContext, int, DustReport, int], Awaitable[screens.Screen]]


async def on_dust(update: Update, context: BotContext) -> None:
    """One answer for each account; a dead exchange keeps none of the others from answering. `/dust all`
    shows what can't be converted, `/dust ADA` one token."""
    chat_id, words = chat_of(update), context.args or []
    if words and [word.lower() for word in words] != ["all"]:
        await show_tokens(context, chat_id, words[:MOST_TOKENS])
        return
    show = _held_back if words else _dust
    await asyncio.gather(
        *(_show_new(context, chat_id, name, show) for name in context.deps.accounts)
    )


async def on_refresh(update: Update, context: BotContext, tap: RefreshDust) -> None:
    """Reads again and shows it in the same message."""
    await _redraw(update, context, tap.account, _dust, max_age=timedelta(0))


async def on_turn(update: Update, context: BotContext, tap: TurnDust) -> None:
    """Shows another page."""
    await _redraw(update, context, tap.account, _dust, tap.page)


async def on_show_held_back(update: Update, context: BotContext, tap: ShowHeldBack) -> None:
    """Shows a page of all that can't be converted, in the place of the dust."""
    await _redraw(update, context, tap.account, _held_back, tap.page)


async def _show_new(context: BotContext, chat_id: int, account: str, show: Show) -> None:
    t = await context.texts(chat_id)
    exchange = context.deps.title(account)
    message_id, screen = await asyncio.gather(
        screens.send(context.bot, chat_id, render_reading(exchange, t)),
        _screen(context, chat_id, account, show),
    )
    await screens.edit(context.bot, chat_id, message_id, screen)


async def _redraw(
    update: Update,
    context: BotContext,
    account: str,
    show: Show,
    page: int = 0,
    *,
    max_age: timedelta = PAGE_AGE,
) -> None:
    message_id = await message_of(update, context)
    if message_id is None:
        return
    chat_id = chat_of(update)
    await answer_tap(update)
    screen = await _screen(context, chat_id, account, show, page, max_age=max_age)
    async with context.deps.redraws.of(chat_id, message_id):
        await screens.edit(context.bot, chat_id, message_id, screen)


async def _screen(
    context: BotContext,
    chat_id: int,
    account: str,
    show: Show,
    page: int = 0,
    *,
    max_age: timedelta = timedelta(0),
) -> screens.Screen:
    deps = context.deps
    try:
        report = await deps.scanner.report(account, chat_id, max_age=max_age)
    except DustError as error:
        t = await context.texts(chat_id)
        return render_problem(error, account, deps.title(account), t)
    await deps.watcher.answered(account)
    return await show(context, chat_id, report, page)


async def _dust(context: BotContext, chat_id: int, report: DustReport, page: int) -> screens.Screen:
    deps, account = context.deps, report.account
    standing = await deps.conversions.standing(account)
    leaving = await deps.delistings.of(account, deps.clock.now())
    t = await context.texts(chat_id)
    return render_report(report, standing, deps.title(account), t, page, leaving=leaving)


async def _held_back(
    context: BotContext, chat_id: int, report: DustReport, page: int
) -> screens.Screen:
    t = await context.texts(chat_id)
    return render_held_back(report, context.deps.title(report.account), t, page)
