"""/convert, typed or with buttons; both end on the same review."""

from telegram import Update

from handlers import screens
from handlers.choose_tokens import open_selection
from handlers.context import BotContext
from handlers.places import chat_of, user_of
from handlers.review_conversion import show_offer

_ALL = "all"


async def on_convert(update: Update, context: BotContext) -> None:
    """`/convert` opens a selection, `/convert all` and `/convert ADA TRX` a review."""
    words = [word for arg in context.args or () for word in arg.split(",") if word]
    for account in context.deps.accounts:
        if words:
            wanted = None if _is_all(words) else list(dict.fromkeys(_asset(w) for w in words))
            await show_offer(update, context, account, wanted=wanted)
        else:
            screen = await open_selection(context, chat_of(update), user_of(update), account)
            await screens.send(context.bot, chat_of(update), screen)


def _is_all(words: list[str]) -> bool:
    return len(words) == 1 and words[0].lower() == _ALL


def _asset(word: str) -> str:
    """Exchanges write assets in capitals; letters without case stay as they are."""
    return word.upper()
