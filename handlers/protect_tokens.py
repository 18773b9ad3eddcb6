"""The list of protected tokens and its toggles."""

from dataclasses import dataclass
from datetime import timedelta

from telegram import Update

from dust.errors import DustError
from dust.preferences import protect
from handlers import screens
from handlers.callbacks import ShowProtected, ToggleProtected
from handlers.context import BotContext
from handlers.places import chat_of
from handlers.screens import Screen
from handlers.setting_store import change_settings
from handlers.taps import answer_tap, message_of
from handlers.views.problems import outdated_text, problem_text
from handlers.views.protected import PAGE, TokenRow, render_protected, token_rows, token_tag

#: Turning pages doesn't ask the exchange again while the reading is younger than this.
PAGE_AGE = timedelta(seconds=60)
#: Ticking needs names, not prices: it works on while the exchange is away.
TICK_AGE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Listing:
    """The rows, the currency of their worths, and why the wallet's own are missing, if so."""

    rows: tuple[TokenRow, ...]
    currency: str
    problem: str = ""


async def on_show_protected(update: Update, context: BotContext, tap: ShowProtected) -> None:
    """Shows a page of the list in the same message."""
    message_id = await _answered(update, context, tap.account)
    if message_id is None:
        return
    chat_id = chat_of(update)
    async with context.deps.redraws.of(chat_id, message_id):
        screen = await protected_screen(context, chat_id, tap.account, tap.page)
        await screens.edit(context.bot, chat_id, message_id, screen)


async def on_toggle_protected(update: Update, context: BotContext, tap: ToggleProtected) -> None:
    """Protects a token, or no longer, and stays on its page."""
    message_id = await _answered(update, context, tap.account)
    if message_id is None:
        return
    chat_id = chat_of(update)
    async with context.deps.redraws.of(chat_id, message_id):
        page = await _toggle(context, chat_id, tap)
        screen = await protected_screen(context, chat_id, tap.account, page, max_age=TICK_AGE)
        await screens.edit(context.bot, chat_id, message_id, screen)


async def protected_screen(
    context: BotContext, chat_id: int, account: str, page: int, *, max_age: timedelta = PAGE_AGE
) -> Screen:
    """One page of the account's list; protected tokens are there even if the exchange is not."""
    listing = await _listing(context, chat_id, account, max_age)
    t = await context.texts(chat_id)
    return render_protected(
        listing.rows, account, listing.currency, t, page=page, problem=listing.problem
    )


async def _answered(update: Update, context: BotContext, account: str) -> int | None:
    """The tapped message, with the tap answered; None where the button leads nowhere any more."""
    message_id = await message_of(update, context)
    if message_id is None:
        return None
    if account not in context.deps.accounts:
        await answer_tap(update, outdated_text(await context.texts(chat_of(update))))
        return None
    await answer_tap(update)
    return message_id


async def _listing(context: BotContext, chat_id: int, account: str, max_age: timedelta) -> _Listing:
    deps = context.deps
    try:
        report = await deps.scanner.report(account, chat_id, max_age=max_age)
    except DustError as error:
        settings = await deps.preferences.get(chat_id)
        exchange = deps.title(account)
        problem = problem_text(error, exchange, await context.texts(chat_id))
        return _Listing(token_rows(None, settings.protected), settings.currency, problem)
    settings = await deps.preferences.get(chat_id)
    return _Listing(token_rows(report, settings.protected), report.currency)


async def _toggle(context: BotContext, chat_id: int, tap: ToggleProtected) -> int:
    """Toggles the token and gives its page; one that is gone from the list changes nothing."""
    rows = (await _listing(context, chat_id, tap.account, TICK_AGE)).rows
    assets = [row.asset for row in rows if token_tag(row.asset) == tap.token]
    if not assets:
        return 0
    asset = assets[0]
    await change_settings(context, chat_id, lambda s: protect(s, asset, asset not in s.protected))
    return [row.asset for row in rows].index(asset) // PAGE
