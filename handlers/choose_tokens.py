"""Choosing tokens: a row in SQLite and a message that shows it."""

import secrets

from telegram import Update

from dust.errors import DustError
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
    TurnSelection,
)
from handlers.context import BotContext
from handlers.places import chat_of, user_of
from handlers.review_conversion import show_offer
from handlers.taps import answer_tap, message_of
from handlers.views.dust import render_report
from handlers.views.problems import outdated_text, render_obstacle, render_problem
from handlers.views.selection import choices_of, render_selection, render_selection_closed

SelectionTap = (
    ToggleToken | TurnSelection | SelectAll | ClearSelection | CancelSelection | ReviewSelection
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
    context: BotContext, chat_id: int, user_id: int, account: str, *, try_now: bool = False
) -> screens.Screen:
    """A new selection of the account's dust, or the reason why there is nothing to select."""
    deps = context.deps
    t = await context.texts(chat_id)
    obstacle = await deps.conversions.obstacle(account, try_now=try_now)
    if obstacle is not None:
        return render_obstacle(obstacle, account, t)
    exchange = deps.title(account)
    try:
        report = await deps.scanner.report(account, chat_id)
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
    return render_selection(selection, t)


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
        await show_offer(
            update,
            context,
            selection.account,
            wanted=[c.asset for c in selection.choices if c.asset in selection.chosen],
            message_id=message_id,
            try_now=True,
        )
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


async def _redraw(context: BotContext, selection: Selection, message_id: int) -> None:
    t = await context.texts(selection.chat_id)
    async with context.deps.redraws.of(selection.chat_id, message_id):
        current = await context.deps.selections.get(selection.id)
        screen = render_selection(current, t) if current else render_selection_closed(t)
        await screens.edit(context.bot, selection.chat_id, message_id, screen)
