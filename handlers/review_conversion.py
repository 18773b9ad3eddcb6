"""From a wish to a confirmed conversion: offer, review, confirm, cancel."""

import logging

from telegram import Update
from telegram.error import TelegramError

from dust.conversion import Conversion
from dust.errors import DustError
from dust.remedy import EVERYTHING, Remedy, Wish
from dust.review import (
    Awaiting,
    ConfirmResult,
    Cooling,
    Hindrance,
    NothingToConvert,
    OfferResult,
    Review,
    Submitted,
)
from handlers import screens
from handlers.callbacks import (
    CancelConversion,
    ConfirmConversion,
    ConvertAll,
    OfferRest,
    ReviewInto,
)
from handlers.context import BotContext
from handlers.places import chat_of, user_of
from handlers.taps import answer_tap, message_of
from handlers.views.dust import render_reading
from handlers.views.left_out import Prices
from handlers.views.problems import (
    hindrance_text,
    render_obstacle,
    render_problem,
    render_problem_with,
)
from handlers.views.review import (
    render_cancelled,
    render_converting,
    render_nothing_left,
    render_review,
)

_log = logging.getLogger(__name__)


async def on_convert_all(update: Update, context: BotContext, tap: ConvertAll) -> None:
    """A review of everything, in a message of its own."""
    await answer_tap(update)
    await show_offer(update, context, tap.account, EVERYTHING)


async def show_offer(
    update: Update,
    context: BotContext,
    account: str,
    wish: Wish,
    *,
    message_id: int | None = None,
    try_now: bool = False,
) -> None:
    """Shows the review, in `message_id` or in a new message."""
    chat_id = chat_of(update)
    exchange = context.deps.title(account)
    if message_id is None:
        waiting = render_reading(exchange, await context.texts(chat_id))
        message_id = await screens.send(context.bot, chat_id, waiting)
    try:
        offered: OfferResult = await context.deps.conversions.offer(
            account, chat_id=chat_id, user_id=user_of(update), wish=wish, try_now=try_now
        )
    except DustError as error:
        screen = render_problem(error, account, exchange, await context.texts(chat_id))
        await screens.edit(context.bot, chat_id, message_id, screen)
        return
    await _show(context, chat_id, message_id, account, offered, wish.remedy)


async def on_offer_rest(update: Update, context: BotContext, tap: OfferRest) -> None:
    """A review of a refused batch without the token that spoiled it."""
    message_id = await message_of(update, context)
    if message_id is None:
        return
    chat_id = chat_of(update)
    refused = await context.deps.journal.get(tap.conversion)
    if refused is None or refused.chat_id != chat_id:
        t = await context.texts(chat_id)
        await answer_tap(update, hindrance_text(Hindrance.GONE, t))
        return
    await answer_tap(update)
    exchange = context.deps.title(refused.account)
    try:
        offered = await context.deps.conversions.offer_rest(tap.conversion, user_id=user_of(update))
    except DustError as error:
        screen = render_problem(error, refused.account, exchange, await context.texts(chat_id))
        await screens.send(context.bot, chat_id, screen)
        return
    if not isinstance(offered, Hindrance):
        new_message = await screens.send(
            context.bot, chat_id, render_reading(exchange, await context.texts(chat_id))
        )
        await _show(context, chat_id, new_message, refused.account, offered)


async def on_review_into(update: Update, context: BotContext, tap: ReviewInto) -> None:
    """The same tokens at this moment's prices, into the tapped target, in the same message."""
    message_id = await message_of(update, context)
    if message_id is None or await _hindered(update, context, tap.conversion, expired=True):
        return
    await answer_tap(update)
    chat_id = chat_of(update)
    old = await context.deps.journal.get(tap.conversion)
    if old is None:
        return
    try:
        offered = await context.deps.conversions.offer_again(
            tap.conversion, user_id=user_of(update), target=tap.target
        )
    except DustError as error:
        await _unread(update, context, tap.conversion, message_id, old.account, error)
        return
    if not isinstance(offered, Hindrance):
        await _show(context, chat_id, message_id, old.account, offered, old.quote.remedy)


async def on_confirm(update: Update, context: BotContext, tap: ConfirmConversion) -> None:
    """The consent. What local data forbids is answered at once; the outcome comes through the outbox."""
    message_id = await message_of(update, context)
    if message_id is None or await _hindered(update, context, tap.conversion):
        return
    await answer_tap(update)
    deps, chat_id = context.deps, chat_of(update)
    conversion = await deps.journal.get(tap.conversion)
    if conversion is None:
        return
    exchange = deps.title(conversion.account)
    progress = render_converting(conversion.quote, exchange, await context.texts(chat_id))
    try:
        with deps.conversions.tapped(conversion.id):
            await _show_progress(context, chat_id, message_id, progress)
            result = await deps.conversions.confirm(
                conversion.id, user_id=user_of(update), message_id=message_id
            )
    except DustError as error:
        await _unread(update, context, conversion.id, message_id, conversion.account, error)
        return
    await _confirmed(update, context, conversion, message_id, result)


async def _show_progress(
    context: BotContext, chat_id: int, message_id: int, progress: screens.Screen
) -> None:
    """Where Telegram does not take it, the conversion goes on: the outcome comes through the outbox."""
    try:
        async with context.deps.redraws.of(chat_id, message_id):
            await screens.edit(context.bot, chat_id, message_id, progress)
    except TelegramError as error:
        _log.warning("the progress of a conversion could not be shown: %s", error)


async def on_cancel(update: Update, context: BotContext, tap: CancelConversion) -> None:
    """Withdraws the review."""
    message_id = await message_of(update, context)
    if message_id is None or await _hindered(update, context, tap.conversion):
        return
    await answer_tap(update)
    chat_id = chat_of(update)
    if await context.deps.conversions.cancel(tap.conversion, user_of(update)):
        async with context.deps.redraws.of(chat_id, message_id):
            screen = render_cancelled(await context.texts(chat_id))
            await screens.edit(context.bot, chat_id, message_id, screen)


async def _hindered(
    update: Update, context: BotContext, conversion_id: str, *, expired: bool = False
) -> bool:
    """Whether local data forbids the tap; it is answered with the reason then. `expired`: a review whose
    time is over will do."""
    chat_id = chat_of(update)
    conversion = await context.deps.journal.get(conversion_id)
    hindrance: Hindrance | None = Hindrance.GONE
    if conversion is not None and conversion.chat_id == chat_id:
        hindrance = await context.deps.conversions.hindrance(conversion_id, user_of(update))
    if hindrance is None or (expired and hindrance is Hindrance.EXPIRED):
        return False
    remedy = conversion.quote.remedy if conversion else Remedy.DUST
    text = hindrance_text(hindrance, await context.texts(chat_id), remedy)
    await answer_tap(update, text, alert=hindrance is Hindrance.NOT_YOURS)
    return True


async def _unread(
    update: Update,
    context: BotContext,
    conversion_id: str,
    message_id: int,
    account: str,
    error: DustError,
) -> None:
    """The list could not be read again: nothing was sent and the review can still be confirmed."""
    chat_id = chat_of(update)
    t = await context.texts(chat_id)
    buttons = (
        screens.Button(t.gettext("✅ Confirm"), ConfirmConversion(conversion_id)),
        screens.Button(t.gettext("Cancel"), CancelConversion(conversion_id)),
    )
    screen = render_problem_with(error, context.deps.title(account), (buttons,), t)
    await screens.edit(context.bot, chat_id, message_id, screen)


async def _confirmed(
    update: Update,
    context: BotContext,
    conversion: Conversion,
    message_id: int,
    result: ConfirmResult,
) -> None:
    if isinstance(result, Submitted):
        return
    chat_id, remedy = chat_of(update), conversion.quote.remedy
    if isinstance(result, Hindrance):
        if result is not Hindrance.ALREADY:
            t = await context.texts(chat_id)
            await screens.edit(
                context.bot, chat_id, message_id, screens.Screen(hindrance_text(result, t, remedy))
            )
        return
    await _show(context, chat_id, message_id, conversion.account, result, remedy)


async def prices_of(context: BotContext, chat_id: int, account: str) -> Prices | None:
    """What tokens are worth to the chat; None where no prices can be had now."""
    settings = await context.deps.preferences.get(chat_id)
    try:
        rates = await context.deps.accounts[account].rates()
    except DustError:
        return None
    return Prices(rates, settings.currency)


async def _show(
    context: BotContext,
    chat_id: int,
    message_id: int,
    account: str,
    offered: OfferResult,
    remedy: Remedy = Remedy.DUST,
) -> None:
    t = await context.texts(chat_id)
    exchange = context.deps.title(account)
    match offered:
        case Review(conversion=conversion):
            settings = await context.deps.preferences.get(chat_id)
            screen = render_review(offered, exchange, settings.currency, t)
            await context.deps.conversions.shown(conversion.id, message_id)
        case NothingToConvert(left_out):
            prices = await prices_of(context, chat_id, account)
            screen = render_nothing_left(left_out, account, exchange, t, remedy, prices)
        case Cooling() | Awaiting():
            screen = render_obstacle(offered, account, t)
    async with context.deps.redraws.of(chat_id, message_id):
        await screens.edit(context.bot, chat_id, message_id, screen)
