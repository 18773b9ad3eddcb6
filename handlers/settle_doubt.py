"""Buttons on a conversion whose end is not known."""

from telegram import Update

from dust.conversion import Conversion
from handlers import screens
from handlers.callbacks import CheckNow, ItDidNot, ItWentThrough
from handlers.context import BotContext
from handlers.places import chat_of
from handlers.taps import answer_tap, query_of
from handlers.texts import Texts
from handlers.views.later_word import render_answered
from handlers.views.problems import outdated_text


async def on_check_now(update: Update, context: BotContext, tap: CheckNow) -> None:
    """Brings the next look forward."""
    t = await context.texts(chat_of(update))
    conversion = await context.deps.journal.get(tap.conversion)
    if conversion is None:
        await answer_tap(update, outdated_text(t))
    elif not conversion.is_live:
        await answer_tap(update, t.gettext("This is settled already, see /history."))
    else:
        await answer_tap(update, t.gettext("Checking. I write as soon as I know."))
        await context.deps.reconciler.look_now(conversion.id)


async def on_owner_says(update: Update, context: BotContext, tap: ItWentThrough | ItDidNot) -> None:
    """Closes a doubt by the owner's word; the outbox shows the end in the confirmed message."""
    t = await context.texts(chat_of(update))
    conversion = await context.deps.journal.get(tap.conversion)
    if conversion is None or conversion.chat_id != chat_of(update):
        await answer_tap(update, outdated_text(t))
        return
    closed = await context.deps.reconciler.close_by_owner(
        tap.conversion, went_through=isinstance(tap, ItWentThrough)
    )
    text = t.gettext("Noted.") if closed else t.gettext("This is settled already, see /history.")
    await answer_tap(update, text)
    if closed:
        await _end_question(update, context, closed, t)


async def _end_question(
    update: Update, context: BotContext, conversion: Conversion, t: Texts
) -> None:
    """The question gives way to the answer, so that its buttons lead nobody on."""
    question = query_of(update).message
    if question is None or not question.is_accessible:
        return
    screen = render_answered(conversion, context.deps.title(conversion.account), t)
    await screens.edit(context.bot, chat_of(update), question.message_id, screen)
