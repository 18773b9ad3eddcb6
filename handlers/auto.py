"""/auto: the rule for automatic conversion, step by step, and the one consent that switches it on."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import Update

from dust.auto_rule import AutoRule, AutoTerms, RuleState
from dust.errors import DustError
from handlers import screens
from handlers.auto_input import TOPICS, change_terms
from handlers.callbacks import (
    AutoAsk,
    AutoChange,
    AutoShow,
    AutoStopRun,
    AutoSwitchOff,
    AutoSwitchOn,
    AutoTopic,
)
from handlers.context import BotContext
from handlers.places import chat_of, user_of
from handlers.screens import Screen
from handlers.taps import answer_tap, message_of
from handlers.views.auto import (
    render_auto_how_to,
    render_auto_question,
    render_rule,
    render_topic,
)
from handlers.views.problems import outdated_text, render_problem_with


async def on_auto(update: Update, context: BotContext) -> None:
    """`/auto`, `/auto on`, `/auto off`, `/auto minimum 5` and so on."""
    chat_id = chat_of(update)
    words = list(context.args or ())
    for account in context.deps.accounts:
        screen = await _typed(context, chat_id, account, words)
        await screens.send(context.bot, chat_id, screen)


async def on_auto_show(update: Update, context: BotContext, tap: AutoShow) -> None:
    """The rule, in the message that was tapped."""
    await _draw(update, context, lambda: _show(context, chat_of(update), tap.account))


async def on_auto_topic(update: Update, context: BotContext, tap: AutoTopic) -> None:
    """What a topic can be set to."""
    t = await context.texts(chat_of(update))
    if tap.topic not in TOPICS:
        await answer_tap(update, outdated_text(t))
        return
    rule = await _rule(context, chat_of(update), tap.account)
    targets = context.deps.accounts[tap.account].capabilities.targets

    async def screen() -> Screen:
        return render_topic(rule, tap.topic, targets, t)

    await _draw(update, context, screen)


async def on_auto_change(update: Update, context: BotContext, tap: AutoChange) -> None:
    """Sets a topic to an offered value."""
    rule = await _rule(context, chat_of(update), tap.account)
    terms = change_terms(rule.terms, (tap.topic, tap.value))
    if terms is None or tap.topic not in TOPICS:
        await answer_tap(update, outdated_text(await context.texts(chat_of(update))))
        return
    await _save(context, rule, terms)
    await _draw(update, context, lambda: _show(context, chat_of(update), tap.account))


async def on_auto_ask(update: Update, context: BotContext, tap: AutoAsk) -> None:
    """What the rule would do now, and the question."""
    await _draw(update, context, lambda: _question(context, chat_of(update), tap.account))


async def on_auto_switch_on(update: Update, context: BotContext, tap: AutoSwitchOn) -> None:
    """The consent, good for the terms that were shown only."""
    rule = await _rule(context, chat_of(update), tap.account)
    if rule.terms.mark() != tap.mark:
        await answer_tap(update, outdated_text(await context.texts(chat_of(update))))
        return
    terms = replace(rule.terms, state=RuleState.ON, user_id=user_of(update))
    await _store(context, rule, terms, refusals=0)
    await _draw(update, context, lambda: _show(context, chat_of(update), tap.account))


async def on_auto_switch_off(update: Update, context: BotContext, tap: AutoSwitchOff) -> None:
    """Off at once; an announced run is taken back."""
    await _switch_off(context, chat_of(update), tap.account)
    await _draw(update, context, lambda: _show(context, chat_of(update), tap.account))


async def on_auto_stop_run(update: Update, context: BotContext, tap: AutoStopRun) -> None:
    """Takes the announced run back; the rule stays on."""
    t = await context.texts(chat_of(update))
    conversion = await context.deps.journal.get(tap.conversion)
    rule = await context.deps.auto_rules.get(conversion.account) if conversion else None
    mine = rule is not None and rule.run.conversion_id == tap.conversion
    if rule is None or not mine or rule.chat_id != chat_of(update):
        await answer_tap(update, outdated_text(t))
        return
    stopped = await context.deps.auto.stop_run(rule)

    async def screen() -> Screen:
        if stopped:
            return Screen(t.gettext("✋ Stopped. Nothing was converted; the rule stays on."))
        return Screen(t.gettext("It was too late to stop: /history shows what became of it."))

    await _draw(update, context, screen)


async def _typed(context: BotContext, chat_id: int, account: str, words: list[str]) -> Screen:
    match [word.lower() for word in words]:
        case []:
            return await _show(context, chat_id, account)
        case ["on"]:
            return await _question(context, chat_id, account)
        case ["off"]:
            await _switch_off(context, chat_id, account)
            return await _show(context, chat_id, account)
    rule = await _rule(context, chat_id, account)
    terms = change_terms(rule.terms, words)
    if terms is None:
        return render_auto_how_to(await context.texts(chat_id))
    await _save(context, rule, terms)
    return await _show(context, chat_id, account)


async def _rule(context: BotContext, chat_id: int, account: str) -> AutoRule:
    """The account's rule, or a draft with the chat's alert threshold as its minimum."""
    rule = await context.deps.auto_rules.get(account)
    if rule is not None:
        return rule
    settings = await context.deps.preferences.get(chat_id)
    target = context.deps.accounts[account].capabilities.target
    return AutoRule(account, chat_id, AutoTerms(settings.threshold, target=target))


async def _save(context: BotContext, rule: AutoRule, terms: AutoTerms) -> None:
    """A consent is for what was shown: a rule that is changed waits for its confirmation again."""
    if terms == rule.terms:
        return
    if rule.is_on:
        await context.deps.auto.stop_run(rule)
        rule = await context.deps.auto_rules.get(rule.account) or rule
    await _store(context, rule, replace(terms, state=RuleState.DRAFT))


async def _store(
    context: BotContext, rule: AutoRule, terms: AutoTerms, *, refusals: int | None = None
) -> None:
    deps = context.deps
    stored = await deps.auto_rules.get(rule.account)
    run = rule.run if refusals is None else replace(rule.run, refusals=refusals, why="")
    await deps.auto_rules.change(stored, replace(rule, terms=terms, run=run))


async def _switch_off(context: BotContext, chat_id: int, account: str) -> None:
    rule = await context.deps.auto_rules.get(account)
    if rule is None:
        return
    await context.deps.auto.stop_run(rule)
    rule = await context.deps.auto_rules.get(account) or rule
    await _store(context, rule, replace(rule.terms, state=RuleState.OFF))


async def _show(context: BotContext, chat_id: int, account: str) -> Screen:
    rule = await _rule(context, chat_id, account)
    t = await context.texts(chat_id)
    return render_rule(rule, context.deps.title(account), t)


async def _question(context: BotContext, chat_id: int, account: str) -> Screen:
    rule = await _rule(context, chat_id, account)
    t = await context.texts(chat_id)
    title = context.deps.title(account)
    try:
        prospect = await context.deps.auto.prospect(rule)
    except DustError as error:
        keyboard = ((screens.Button(t.gettext("Try again"), AutoAsk(account)),),)
        return render_problem_with(error, title, keyboard, t)
    if rule.chat_id != chat_id:
        rule = replace(rule, chat_id=chat_id)
    if await context.deps.auto_rules.get(account) is None:
        await context.deps.auto_rules.change(None, rule)
    return render_auto_question(rule, prospect, title, t)


async def _draw(update: Update, context: BotContext, make: Callable[[], Awaitable[Screen]]) -> None:
    message_id = await message_of(update, context)
    if message_id is None:
        return
    await answer_tap(update)
    chat_id = chat_of(update)
    async with context.deps.redraws.of(chat_id, message_id):
        await screens.edit(context.bot, chat_id, message_id, await make())
