"""/auto: the rule for automatic conversion, the one consent that switches it on, and the ways to stop it."""

from telegram import Update

from dust.auto_rule import AutoTerms
from dust.conversion import Conversion
from handlers import screens
from handlers.auto_input import TOPICS, change_terms
from handlers.auto_screens import draw, question_screen, rule_screen, topic_screen
from handlers.callbacks import AutoAsk, AutoShow, AutoStopRun, AutoSwitchOff, AutoSwitchOn
from handlers.context import BotContext
from handlers.places import chat_of, user_of
from handlers.screens import Screen
from handlers.taps import answer_tap
from handlers.views.auto import render_auto_how_to
from handlers.views.auto_told import render_run_stopped
from handlers.views.problems import outdated_text


async def on_auto(update: Update, context: BotContext) -> None:
    """`/auto`, `/auto on`, `/auto off`, `/auto minimum 5` and so on."""
    chat_id = chat_of(update)
    words = list(context.args or ())
    for account in context.deps.accounts:
        screen = await _typed(context, chat_id, account, words)
        await screens.send(context.bot, chat_id, screen)


async def on_auto_show(update: Update, context: BotContext, tap: AutoShow) -> None:
    """The rule, in the message that was tapped."""
    await draw(update, context, lambda: rule_screen(context, chat_of(update), tap.account))


async def on_auto_ask(update: Update, context: BotContext, tap: AutoAsk) -> None:
    """What the rule would do now, and the question."""
    await draw(update, context, lambda: question_screen(context, chat_of(update), tap.account))


async def on_auto_switch_on(update: Update, context: BotContext, tap: AutoSwitchOn) -> None:
    """The consent, good for the terms that were shown only."""
    chat_id = chat_of(update)
    rules = context.deps.auto_rules
    if not await rules.switch_on(tap.account, chat_id, user_of(update), tap.mark):
        await answer_tap(update, outdated_text(await context.texts(chat_id)))
        return
    await draw(update, context, lambda: rule_screen(context, chat_id, tap.account))


async def on_auto_switch_off(update: Update, context: BotContext, tap: AutoSwitchOff) -> None:
    """Off at once; an announced run is taken back."""
    chat_id = chat_of(update)
    await context.deps.auto_rules.switch_off(tap.account, chat_id)
    await draw(update, context, lambda: rule_screen(context, chat_id, tap.account))


async def on_auto_stop_run(update: Update, context: BotContext, tap: AutoStopRun) -> None:
    """Takes the announced run back; the rule stays on."""
    chat_id = chat_of(update)
    t = await context.texts(chat_id)
    if not _is_of(chat_id, await context.deps.journal.get(tap.conversion)):
        await answer_tap(update, outdated_text(t))
        return
    stopped = await context.deps.auto_rules.stop_run(tap.conversion)

    async def screen() -> Screen:
        return render_run_stopped(t, in_time=stopped)

    await draw(update, context, screen)


def _is_of(chat_id: int, conversion: Conversion | None) -> bool:
    return conversion is not None and conversion.automatic and conversion.chat_id == chat_id


async def _typed(context: BotContext, chat_id: int, account: str, words: list[str]) -> Screen:
    rules = context.deps.auto_rules
    match [word.lower() for word in words]:
        case []:
            return await rule_screen(context, chat_id, account)
        case ["on"] if await rules.known(account):
            return await question_screen(context, chat_id, account)
        case ["on"]:
            return await topic_screen(context, chat_id, account, TOPICS[0], walks=True)
        case ["off"]:
            await rules.switch_off(account, chat_id)
            return await rule_screen(context, chat_id, account)
    rule = await rules.get(account, chat_id)
    if change_terms(rule.terms, words) is None:
        return render_auto_how_to(await context.texts(chat_id))

    def change(terms: AutoTerms) -> AutoTerms:
        return change_terms(terms, words) or terms

    await rules.revise(account, chat_id, change)
    return await rule_screen(context, chat_id, account)
