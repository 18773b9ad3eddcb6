"""The topics of a rule for automatic conversion: one at a time from /auto, or step by step from /auto on."""

from telegram import Update

from dust.auto_rule import AutoTerms
from handlers.auto_input import TOPICS, change_terms
from handlers.auto_screens import draw, question_screen, rule_screen, topic_screen
from handlers.callbacks import AutoChange, AutoPick, AutoStep, AutoTopic
from handlers.context import BotContext
from handlers.places import chat_of
from handlers.screens import Screen
from handlers.taps import answer_tap
from handlers.views.problems import outdated_text


async def on_auto_topic(update: Update, context: BotContext, tap: AutoTopic | AutoStep) -> None:
    """What a topic can be set to."""
    chat_id = chat_of(update)
    if tap.topic not in TOPICS:
        await answer_tap(update, outdated_text(await context.texts(chat_id)))
        return
    walks = isinstance(tap, AutoStep)

    async def screen() -> Screen:
        return await topic_screen(context, chat_id, tap.account, tap.topic, walks=walks)

    await draw(update, context, screen)


async def on_auto_change(update: Update, context: BotContext, tap: AutoChange | AutoPick) -> None:
    """Sets a topic to an offered value; on the way to the question the next topic comes."""
    rules, chat_id = context.deps.auto_rules, chat_of(update)
    words = (tap.topic, tap.value)
    rule = await rules.get(tap.account, chat_id)
    if change_terms(rule.terms, words) is None:
        await answer_tap(update, outdated_text(await context.texts(chat_id)))
        return

    def change(terms: AutoTerms) -> AutoTerms:
        return change_terms(terms, words) or terms

    await rules.revise(tap.account, chat_id, change)
    await draw(update, context, lambda: _next(context, chat_id, tap))


async def _next(context: BotContext, chat_id: int, tap: AutoChange | AutoPick) -> Screen:
    walks = isinstance(tap, AutoPick)
    if tap.topic not in TOPICS:  # a toggle: more may follow
        return await topic_screen(context, chat_id, tap.account, "spared", walks=walks)
    if not walks:
        return await rule_screen(context, chat_id, tap.account)
    following = TOPICS[TOPICS.index(tap.topic) + 1 :]
    if not following:
        return await question_screen(context, chat_id, tap.account)
    return await topic_screen(context, chat_id, tap.account, following[0], walks=True)
