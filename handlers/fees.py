"""/fees: whether fees are paid in the exchange's own token, and word when there is little of it."""

from decimal import Decimal

from telegram import Update

from dust.errors import DustError
from dust.fee_level import FeeLevel
from dust.fees import free_of
from handlers import screens
from handlers.amount_input import read_amount
from handlers.callbacks import AskFees, ShowFees, SwitchFees
from handlers.context import BotContext
from handlers.places import chat_of
from handlers.screens import Screen
from handlers.setting_faults import Fault
from handlers.taps import answer_tap, message_of
from handlers.views.fees import (
    FeeState,
    render_fees,
    render_fees_how_to,
    render_fees_question,
    render_no_fee_token,
)
from handlers.views.problems import render_problem_with

_SWITCH = {"on": True, "off": False}


async def on_fees(update: Update, context: BotContext) -> None:
    """`/fees`, `/fees on`, `/fees off`, `/fees level 0.01`, `/fees level off`."""
    chat_id = chat_of(update)
    words = [word.lower() for word in context.args or ()]
    for account in context.deps.accounts:
        screen = await _typed(context, chat_id, account, words)
        await screens.send(context.bot, chat_id, screen)


async def on_show_fees(update: Update, context: BotContext, tap: ShowFees) -> None:
    """The same, read again, in the message that was tapped."""
    message_id = await message_of(update, context)
    if message_id is not None:
        await answer_tap(update)
        await _draw(
            update, context, message_id, await _screen(context, chat_of(update), tap.account)
        )


async def on_ask_fees(update: Update, context: BotContext, tap: AskFees) -> None:
    """What the switch would do, and the question."""
    message_id = await message_of(update, context)
    if message_id is not None:
        await answer_tap(update)
        screen = await _question(context, chat_of(update), tap.account, on=bool(tap.on))
        await _draw(update, context, message_id, screen)


async def on_switch_fees(update: Update, context: BotContext, tap: SwitchFees) -> None:
    """Switches it at the exchange, after the question; doing it twice changes nothing."""
    message_id = await message_of(update, context)
    if message_id is None:
        return
    await answer_tap(update)
    exchange = context.deps.accounts[tap.account]
    try:
        await exchange.pay_fees_in_token(bool(tap.on))
    except DustError as error:
        t = await context.texts(chat_of(update))
        keyboard = ((screens.Button(t.gettext("Try again"), AskFees(tap.account, tap.on)),),)
        title = context.deps.title(tap.account)
        await _draw(update, context, message_id, render_problem_with(error, title, keyboard, t))
        return
    await _draw(update, context, message_id, await _screen(context, chat_of(update), tap.account))


async def _typed(context: BotContext, chat_id: int, account: str, words: list[str]) -> Screen:
    t = await context.texts(chat_id)
    if context.deps.accounts[account].capabilities.fee_token is None:
        return render_no_fee_token(context.deps.title(account), t)
    match words:
        case []:
            return await _screen(context, chat_id, account)
        case [("on" | "off") as word]:
            return await _question(context, chat_id, account, on=_SWITCH[word])
        case ["level", "off"]:
            await context.deps.fee_levels.remove(account, chat_id)
            return await _screen(context, chat_id, account)
        case ["level", word]:
            return await _set_level(context, chat_id, account, word)
        case _:
            return render_fees_how_to(t)


async def _set_level(context: BotContext, chat_id: int, account: str, word: str) -> Screen:
    number = read_amount(word)
    if isinstance(number, Fault) or number <= Decimal(0):
        return render_fees_how_to(await context.texts(chat_id))
    await context.deps.fee_levels.save(FeeLevel(account, chat_id, number))
    return await _screen(context, chat_id, account)


async def _screen(context: BotContext, chat_id: int, account: str) -> Screen:
    deps = context.deps
    exchange, t = deps.accounts[account], await context.texts(chat_id)
    token = exchange.capabilities.fee_token or ""
    try:
        on = await exchange.fees_in_token()
        free = free_of(token, await exchange.balances())
    except DustError as error:
        keyboard = ((screens.Button(t.gettext("Try again"), ShowFees(account)),),)
        return render_problem_with(error, deps.title(account), keyboard, t)
    levels = [one for one in await deps.fee_levels.of(account) if one.chat_id == chat_id]
    state = FeeState(account, token, on, free, levels[0].level if levels else None)
    return render_fees(state, deps.title(account), t)


async def _question(context: BotContext, chat_id: int, account: str, *, on: bool) -> Screen:
    token = context.deps.accounts[account].capabilities.fee_token or ""
    t = await context.texts(chat_id)
    return render_fees_question(account, token, context.deps.title(account), t, on=on)


async def _draw(update: Update, context: BotContext, message_id: int, screen: Screen) -> None:
    chat_id = chat_of(update)
    async with context.deps.redraws.of(chat_id, message_id):
        await screens.edit(context.bot, chat_id, message_id, screen)
