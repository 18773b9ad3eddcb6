"""Choosing tokens: a row in SQLite and a message that shows it."""

import secrets

from telegram import Update

from dust.errors import DustError, TargetNotOffered
from dust.model import DustReport
from dust.remedy import Wish
from dust.selection import Selection
from handlers import screens
from handlers.callbacks import (
    CancelSelection,
    ChooseTokens,
    ClearSelection,
    ReviewSelection,
    SelectAll,
    Tap,
    ToggleToken,
    TryNow,
    TurnInto,
    TurnSelection,
)
from handlers.context import BotContext
from handlers.places import chat_of, user_of
from handlers.review_conversion import show_offer
from handlers.taps import answer_tap, message_of
from handlers.views.dust import render_report
from handlers.views.problems import (
    outdated_text,
    render_obstacle,
    render_problem,
    render_problem_with,
)
from handlers.views.selection import choices_of, render_selection, render_selection_closed

SelectionTap = (
    ToggleToken
    | TurnSelection
    | SelectAll
    | ClearSelection
    | TurnInto
    | CancelSelection
    | ReviewSelection
)


async def on_choose(update: Update, context: BotContext, tap: ChooseTokens | TryNow) -> None:
    """Opens a selection in a message of its own: the report or alert above it stays."""
    await answer_tap(update)
    chat_id = chat_of(update)
    screen = await open_selection(
        context, chat_id, user_of(update), tap.account, try_now=isinstance(tap, TryNow)
    )
    await screens.send(context.bot, chat_id, screen)


async def open_selection(
    context: BotContext,
    chat_id: int,
    user_id: int,
    account: str,
    *,
    target: str | None = None,
    try_now: bool = False,
) -> screens.Screen:
    """A new selection of the account's dust, or the reason why there is nothing to select. A target that is
    not offered gives way to the exchange's own."""
    deps = context.deps
    t = await context.texts(chat_id)
    obstacle = await deps.conversions.obstacle(account, try_now=try_now)
    if obstacle is not None:
        return render_obstacle(obstacle, account, t)
    exchange_account, exchange = deps.accounts[account], deps.title(account)
    try:
        report = await _report(context, account, chat_id, target)
    except DustError as error:
        return render_problem(error, account, exchange, t)
    if not report.items:
        return render_report(report, await deps.conversions.standing(account), exchange, t)
    selection = Selection(
        id=secrets.token_hex(8),
        account=account,
        chat_id=chat_id,
        user_id=user_id,
        currency=report.currency,
        target=report.target,
        choices=choices_of(report),
        chosen=frozenset(),
        page=0,
        created_at=deps.clock.now(),
    )
    await deps.selections.add(selection)
    return render_selection(selection, exchange_account.capabilities.targets, t)


async def _report(
    context: BotContext, account: str, chat_id: int, target: str | None
) -> DustReport:
    scanner = context.deps.scanner
    try:
        return await scanner.report(account, chat_id, target=target)
    except TargetNotOffered:
        if target in (None, context.deps.accounts[account].capabilities.target):
            raise
        return await scanner.report(account, chat_id)


async def on_selection(update: Update, context: BotContext, tap: SelectionTap) -> None:
    """Any tap inside a selection, by the person who opened it."""
    message_id = await message_of(update, context)
    if message_id is None:
        return
    selection = await _mine(update, context, tap)
    if selection is None:
        return
    if isinstance(tap, ReviewSelection) and not selection.chosen:
        t = await context.texts(chat_of(update))
        await answer_tap(update, t.gettext("Choose at least one token first."))
        return
    await answer_tap(update)
    if isinstance(tap, ReviewSelection):
        chosen = tuple(c.asset for c in selection.choices if c.asset in selection.chosen)
        wish = Wish(assets=chosen, target=selection.target)
        await show_offer(
            update, context, selection.account, wish, message_id=message_id, try_now=True
        )
        return
    if isinstance(tap, TurnInto):
        await _turn_into(context, selection, tap.target, message_id)
        return
    await _change(context, selection, tap)
    await _redraw(context, selection, message_id)


async def _mine(update: Update, context: BotContext, tap: SelectionTap) -> Selection | None:
    """The selection, if it is there and this person's; else the tap is answered with the reason."""
    selection = await context.deps.selections.get(tap.selection)
    t = await context.texts(chat_of(update))
    if selection is None or selection.chat_id != chat_of(update):
        await answer_tap(update, outdated_text(t))
        return None
    if selection.user_id != user_of(update):
        await answer_tap(
            update, t.gettext("This selection belongs to someone else. Send /convert for your own.")
        )
        return None
    return selection


async def _change(context: BotContext, selection: Selection, tap: Tap) -> None:
    selections = context.deps.selections
    match tap:
        case ToggleToken(index=index) if index < len(selection.choices):
            await selections.toggle(selection.id, selection.choices[index].asset)
        case TurnSelection(page=page):
            await selections.turn(selection.id, page)
        case SelectAll():
            await selections.choose(selection.id, [c.asset for c in selection.choices])
        case ClearSelection():
            await selections.choose(selection.id, [])
        case CancelSelection():
            await selections.remove(selection.id)


async def _turn_into(
    context: BotContext, selection: Selection, target: str, message_id: int
) -> None:
    """Reads what the tokens bring in the other target; what is ticked stays ticked."""
    deps = context.deps
    exchange = deps.title(selection.account)
    try:
        report = await deps.scanner.report(selection.account, selection.chat_id, target=target)
    except DustError as error:
        t = await context.texts(selection.chat_id)
        targets = deps.accounts[selection.account].capabilities.targets
        keyboard = render_selection(selection, targets, t).keyboard
        screen = render_problem_with(error, exchange, keyboard, t)
        await screens.edit(context.bot, selection.chat_id, message_id, screen)
        return
    await deps.selections.offer(selection.id, report.target, choices_of(report))
    await _redraw(context, selection, message_id)


async def _redraw(context: BotContext, selection: Selection, message_id: int) -> None:
    t = await context.texts(selection.chat_id)
    async with context.deps.redraws.of(selection.chat_id, message_id):
        current = await context.deps.selections.get(selection.id)
        targets = context.deps.accounts[selection.account].capabilities.targets
        screen = render_selection(current, targets, t) if current else render_selection_closed(t)
        await screens.edit(context.bot, selection.chat_id, message_id, screen)
