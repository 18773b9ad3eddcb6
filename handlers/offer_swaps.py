"""What could be swapped, as a list of its own: from /swap alone."""

import asyncio

from dust.errors import DustError
from handlers import screens
from handlers.context import BotContext
from handlers.offer_sales import FRESH
from handlers.views.problems import render_problem
from handlers.views.swap_list import render_for_swap

#: What a token is swapped for where nothing is wished.
TARGET = "USDT"


async def show_for_swap(context: BotContext, chat_id: int, account: str) -> None:
    """What of the account could be swapped, and how to ask for that."""
    deps, exchange = context.deps, context.deps.title(account)
    try:
        report, limits = await asyncio.gather(
            deps.scanner.report(account, chat_id, max_age=FRESH),
            deps.accounts[account].swap_limits(TARGET),
        )
    except DustError as error:
        t = await context.texts(chat_id)
        await screens.send(context.bot, chat_id, render_problem(error, account, exchange, t))
        return
    t = await context.texts(chat_id)
    await screens.send(context.bot, chat_id, render_for_swap(report, limits, TARGET, exchange, t))
