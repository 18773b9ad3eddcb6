"""The screens of /auto, each made from what is stored when it is drawn."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import Update

from dust.errors import DustError
from handlers import screens
from handlers.callbacks import AutoAsk
from handlers.context import BotContext
from handlers.places import chat_of
from handlers.screens import Button, Screen
from handlers.taps import answer_tap, message_of
from handlers.views.auto import render_auto_question, render_rule
from handlers.views.auto_topics import render_topic
from handlers.views.problems import render_problem_with


async def rule_screen(context: BotContext, chat_id: int, account: str) -> Screen:
    """The rule."""
    rule = await context.deps.auto_rules.get(account, chat_id)
    return render_rule(rule, context.deps.title(account), await context.texts(chat_id))


async def topic_screen(
    context: BotContext, chat_id: int, account: str, topic: str, *, walks: bool
) -> Screen:
    """One topic of it."""
    rule = await context.deps.auto_rules.get(account, chat_id)
    targets = context.deps.accounts[account].capabilities.targets
    return render_topic(rule, topic, targets, await context.texts(chat_id), walks=walks)


async def question_screen(context: BotContext, chat_id: int, account: str) -> Screen:
    """What the rule would do now, with what this chat protects, and the question."""
    deps, t = context.deps, await context.texts(chat_id)
    rule = replace(await deps.auto_rules.get(account, chat_id), chat_id=chat_id)
    title = deps.title(account)
    try:
        prospect = await deps.prospects.of(rule)
    except DustError as error:
        again = Button(t.gettext("Try again"), AutoAsk(account))
        return render_problem_with(error, title, ((again,),), t)
    return render_auto_question(rule, prospect, title, t)


async def draw(update: Update, context: BotContext, make: Callable[[], Awaitable[Screen]]) -> None:
    """Answers the tap, then shows the screen in the message that was tapped."""
    message_id = await message_of(update, context)
    if message_id is None:
        return
    await answer_tap(update)
    chat_id = chat_of(update)
    async with context.deps.redraws.of(chat_id, message_id):
        await screens.edit(context.bot, chat_id, message_id, await make())
