"""What could be sold, as a list of its own: from /sell alone, and from the button below /dust."""

from datetime import timedelta

from telegram import Update

from dust.errors import DustError
from handlers import screens
from handlers.callbacks import OpenSales
from handlers.context import BotContext
from handlers.places import chat_of
from handlers.taps import answer_tap
from handlers.views.problems import render_problem
from handlers.views.sale_list import render_for_sale

#: The button stands below a reading of the wallet: that one will do for a while.
FRESH = timedelta(minutes=2)


async def on_open_sales(update: Update, context: BotContext, tap: OpenSales) -> None:
    """In a message of its own: the report above it stays."""
    await answer_tap(update)
    await show_for_sale(context, chat_of(update), tap.account)


async def show_for_sale(context: BotContext, chat_id: int, account: str) -> None:
    """What of the account could be sold, and how to ask for that."""
    t = await context.texts(chat_id)
    exchange = context.deps.title(account)
    try:
        report = await context.deps.scanner.report(account, chat_id, max_age=FRESH)
    except DustError as error:
        await screens.send(context.bot, chat_id, render_problem(error, account, exchange, t))
        return
    leaving = await context.deps.delistings.of(account, context.deps.clock.now())
    await screens.send(context.bot, chat_id, render_for_sale(report, leaving, exchange, t))
