"""/convert, typed or with buttons; both end on the same review."""

from telegram import Update

from dust.remedy import Wish
from handlers import screens
from handlers.asset_input import asset_of
from handlers.choose_tokens import open_selection
from handlers.context import BotContext
from handlers.places import chat_of, user_of
from handlers.review_conversion import show_offer

_ALL = "all"
_INTO = frozenset({"to", "into"})


async def on_convert(update: Update, context: BotContext) -> None:
    """`/convert` opens a selection, `/convert all` and `/convert ADA TRX` a review; `to USDC` at the end of
    any of them names the target."""
    words, target = _split([word for arg in context.args or () for word in arg.split(",") if word])
    for account in context.deps.accounts:
        if words:
            assets = None if _is_all(words) else tuple(dict.fromkeys(map(asset_of, words)))
            await show_offer(update, context, account, Wish(assets=assets, target=target))
        else:
            screen = await open_selection(
                context, chat_of(update), user_of(update), account, target=target
            )
            await screens.send(context.bot, chat_of(update), screen)


def _split(words: list[str]) -> tuple[list[str], str | None]:
    """The tokens and, after "to", the target."""
    if len(words) >= 2 and words[-2].lower() in _INTO:
        return words[:-2], asset_of(words[-1])
    return words, None


def _is_all(words: list[str]) -> bool:
    return len(words) == 1 and words[0].lower() == _ALL
