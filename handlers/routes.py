"""Every door of the chat in one table: it makes the handlers, the command menu and /help."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from telegram import Update
from telegram.ext import (
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from handlers import callbacks, screens
from handlers.auto import (
    on_auto,
    on_auto_ask,
    on_auto_show,
    on_auto_stop_run,
    on_auto_switch_off,
    on_auto_switch_on,
)
from handlers.auto_topics import on_auto_change, on_auto_topic
from handlers.callbacks import Tap, decode
from handlers.choose_tokens import on_choose, on_selection
from handlers.compare import on_compare, on_compare_remedies
from handlers.context import App, BotContext
from handlers.convert import on_convert
from handlers.edit_settings import on_change_setting, on_settings, on_show_settings
from handlers.fees import on_ask_fees, on_fees, on_show_fees, on_switch_fees
from handlers.gate import admit, follow, welcome_back
from handlers.list_dust import on_dust, on_refresh, on_show_held_back, on_turn
from handlers.offer_sales import on_open_sales
from handlers.places import chat_of, user_of
from handlers.protect_tokens import on_show_protected, on_toggle_protected
from handlers.review_conversion import (
    on_cancel,
    on_confirm,
    on_convert_all,
    on_offer_rest,
    on_review_into,
)
from handlers.settle_doubt import on_check_now, on_owner_says
from handlers.show_history import on_history, on_show_conversion, on_show_history
from handlers.show_stats import on_show_stats, on_stats
from handlers.show_status import on_check_account, on_refresh_status, on_status
from handlers.show_token import on_show_token
from handlers.snooze import on_snooze, on_snooze_tap
from handlers.start import on_outdated_tap, on_unknown_command
from handlers.taps import answer_tap, query_of
from handlers.texts import Texts
from handlers.trade import on_review_one, on_sell, on_swap
from handlers.views.welcome import not_allowed_text, render_help, render_not_allowed


class Acts(Enum):
    """Whether a command changes anything, and so needs a person who may."""

    NEVER = "never"
    WITH_ARGUMENTS = "with arguments"
    ALWAYS = "always"


CommandFunction = Callable[[Update, BotContext], Coroutine[Any, Any, None]]
TapFunction = Callable[[Update, BotContext, Any], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class CommandRoute:
    """A command: its name, what the menu and /help say of it, and what it does."""

    name: str
    about: Callable[[Texts], str]
    function: CommandFunction
    acts: Acts = Acts.NEVER


@dataclass(frozen=True, slots=True)
class TapRoute:
    """A button: what it does, and whether it needs a person who may act."""

    function: TapFunction
    acts: bool = True


async def on_start(update: Update, context: BotContext) -> None:
    """Greets and shows what can be sent."""
    await _help(update, context, welcome=True)


async def on_help(update: Update, context: BotContext) -> None:
    """Shows what can be sent."""
    await _help(update, context, welcome=False)


async def _help(update: Update, context: BotContext, *, welcome: bool) -> None:
    chat_id = chat_of(update)
    t = await context.texts(chat_id)
    await screens.send(context.bot, chat_id, render_help(menu(t), t, welcome=welcome))


COMMANDS: tuple[CommandRoute, ...] = (
    CommandRoute("dust", lambda t: t.gettext("Show the dust in your wallet"), on_dust),
    CommandRoute(
        "convert", lambda t: t.gettext("Choose tokens and convert them"), on_convert, Acts.ALWAYS
    ),
    CommandRoute(
        "swap",
        lambda t: t.gettext("Swap one token at a price that holds"),
        on_swap,
        Acts.WITH_ARGUMENTS,
    ),
    CommandRoute("sell", lambda t: t.gettext("Sell one token on the market"), on_sell, Acts.ALWAYS),
    CommandRoute("compare", lambda t: t.gettext("What a token brings by each way"), on_compare),
    CommandRoute(
        "auto",
        lambda t: t.gettext("Convert by a rule, without asking each time"),
        on_auto,
        Acts.WITH_ARGUMENTS,
    ),
    CommandRoute(
        "fees",
        lambda t: t.gettext("Pay fees in BNB, and word when it runs low"),
        on_fees,
        Acts.WITH_ARGUMENTS,
    ),
    CommandRoute("history", lambda t: t.gettext("What was converted so far"), on_history),
    CommandRoute("stats", lambda t: t.gettext("What it all has brought"), on_stats),
    CommandRoute(
        "settings",
        lambda t: t.gettext("Currency, alerts, dust ceiling, reports, protected tokens"),
        on_settings,
        Acts.WITH_ARGUMENTS,
    ),
    CommandRoute(
        "snooze", lambda t: t.gettext("No alerts for a while"), on_snooze, Acts.WITH_ARGUMENTS
    ),
    CommandRoute(
        "status", lambda t: t.gettext("Whether all is well: looks, key, pauses"), on_status
    ),
    CommandRoute("help", lambda t: t.gettext("What you can send"), on_help),
    CommandRoute("start", lambda t: t.gettext("Say hello"), on_start),
)

TAPS: Mapping[type[Tap], TapRoute] = {
    callbacks.RefreshDust: TapRoute(on_refresh, acts=False),
    callbacks.TurnDust: TapRoute(on_turn, acts=False),
    callbacks.ShowHeldBack: TapRoute(on_show_held_back, acts=False),
    callbacks.ConvertAll: TapRoute(on_convert_all),
    callbacks.ChooseTokens: TapRoute(on_choose),
    callbacks.TryNow: TapRoute(on_choose),
    callbacks.ToggleToken: TapRoute(on_selection),
    callbacks.TurnSelection: TapRoute(on_selection),
    callbacks.SelectAll: TapRoute(on_selection),
    callbacks.ClearSelection: TapRoute(on_selection),
    callbacks.TurnInto: TapRoute(on_selection),
    callbacks.CancelSelection: TapRoute(on_selection),
    callbacks.ReviewSelection: TapRoute(on_selection),
    callbacks.ConfirmConversion: TapRoute(on_confirm),
    callbacks.CancelConversion: TapRoute(on_cancel),
    callbacks.ReviewInto: TapRoute(on_review_into),
    callbacks.ReviewOne: TapRoute(on_review_one),
    callbacks.OpenSales: TapRoute(on_open_sales),
    callbacks.CompareRemedies: TapRoute(on_compare_remedies, acts=False),
    callbacks.OfferRest: TapRoute(on_offer_rest),
    callbacks.CheckNow: TapRoute(on_check_now, acts=False),
    callbacks.ItWentThrough: TapRoute(on_owner_says),
    callbacks.ItDidNot: TapRoute(on_owner_says),
    callbacks.Snooze: TapRoute(on_snooze_tap),
    callbacks.ChangeSnooze: TapRoute(on_snooze_tap),
    callbacks.ShowProtected: TapRoute(on_show_protected, acts=False),
    callbacks.ToggleProtected: TapRoute(on_toggle_protected),
    callbacks.ShowHistory: TapRoute(on_show_history, acts=False),
    callbacks.ShowConversion: TapRoute(on_show_conversion, acts=False),
    callbacks.ShowStats: TapRoute(on_show_stats, acts=False),
    callbacks.AutoShow: TapRoute(on_auto_show, acts=False),
    callbacks.AutoTopic: TapRoute(on_auto_topic),
    callbacks.AutoChange: TapRoute(on_auto_change),
    callbacks.AutoStep: TapRoute(on_auto_topic),
    callbacks.AutoPick: TapRoute(on_auto_change),
    callbacks.AutoAsk: TapRoute(on_auto_ask),
    callbacks.AutoSwitchOn: TapRoute(on_auto_switch_on),
    callbacks.AutoSwitchOff: TapRoute(on_auto_switch_off),
    callbacks.AutoStopRun: TapRoute(on_auto_stop_run),
    callbacks.ShowToken: TapRoute(on_show_token, acts=False),
    callbacks.ShowFees: TapRoute(on_show_fees, acts=False),
    callbacks.AskFees: TapRoute(on_ask_fees),
    callbacks.SwitchFees: TapRoute(on_switch_fees),
    callbacks.RefreshStatus: TapRoute(on_refresh_status, acts=False),
    callbacks.CheckAccount: TapRoute(on_check_account),
    callbacks.ShowSettings: TapRoute(on_show_settings, acts=False),
    callbacks.ChangeSetting: TapRoute(on_change_setting),
}


def menu(t: Texts) -> list[tuple[str, str]]:
    """Each command with what it does, in the order of the menu."""
    return [(route.name, route.about(t)) for route in COMMANDS]


def register(app: App) -> None:
    """Word of the chat itself (group -2), the gate (-1), then commands and taps, then what nobody knew."""
    app.add_handler(MessageHandler(_MIGRATED, follow), group=-2)
    app.add_handler(ChatMemberHandler(welcome_back, ChatMemberHandler.MY_CHAT_MEMBER), group=-2)
    app.add_handler(TypeHandler(Update, admit), group=-1)
    for route in COMMANDS:
        app.add_handler(CommandHandler(route.name, _guarded_command(route), filters=_NEW))
    app.add_handler(CallbackQueryHandler(_on_tap))
    app.add_handler(MessageHandler(_NEW & filters.COMMAND, _on_unknown))
    app.add_handler(MessageHandler(_WRITTEN & filters.ChatType.PRIVATE, on_unknown_command))


_NEW = filters.UpdateType.MESSAGE
_MIGRATED = _NEW & filters.StatusUpdate.MIGRATE
#: Telegram also reports that somebody pinned a message, and the like.
_WRITTEN = _NEW & ~filters.StatusUpdate.ALL


def _guarded_command(route: CommandRoute) -> CommandFunction:
    async def run(update: Update, context: BotContext) -> None:
        changes = route.acts is Acts.ALWAYS or (
            route.acts is Acts.WITH_ARGUMENTS and bool(context.args)
        )
        if changes and not _may_act(update, context):
            t = await context.texts(chat_of(update))
            await screens.send(context.bot, chat_of(update), render_not_allowed(t))
            return
        await route.function(update, context)

    return run


async def _on_tap(update: Update, context: BotContext) -> None:
    tap = decode(query_of(update).data)
    if tap is None or not _is_known(context, tap):
        await on_outdated_tap(update, context)
        return
    route = TAPS[type(tap)]
    if route.acts and not _may_act(update, context):
        t = await context.texts(chat_of(update))
        await answer_tap(update, not_allowed_text(t), alert=True)
        return
    await route.function(update, context, tap)


def _is_known(context: BotContext, tap: Tap) -> bool:
    """A button may name an account that the settings no longer have."""
    account = getattr(tap, "account", None)
    return account is None or account in context.deps.accounts


async def _on_unknown(update: Update, context: BotContext) -> None:
    """Groups hear of an unknown command only when it was addressed to this bot."""
    message = update.message
    if message is None:
        return
    word = (message.text or message.caption or "").split(maxsplit=1)[0].lower()
    addressed = word.endswith(f"@{context.bot.username.lower()}")
    if message.chat.type == "private" or addressed:
        await on_unknown_command(update, context)


def _may_act(update: Update, context: BotContext) -> bool:
    return context.deps.access.may_act(chat_of(update), user_of(update))
