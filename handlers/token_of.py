"""Which token a button means: its name may be too long for one, so that buttons carry a tag of it."""

from telegram import Update

from dust.errors import DustError
from handlers import screens
from handlers.context import BotContext
from handlers.places import chat_of
from handlers.taps import answer_tap
from handlers.views.problems import outdated_text, render_problem
from handlers.views.protected import token_tag


async def tapped_asset(update: Update, context: BotContext, account: str, tag: str) -> str | None:
    """The token with this tag. The tap is answered first, for the wallet may have to be read. Where there is
    none any more, or the wallet can't be read, the chat is told so, and it is None."""
    await answer_tap(update)
    chat_id, t = chat_of(update), await context.texts(chat_of(update))
    try:
        asset = await _asset(context, account, tag)
    except DustError as error:
        problem = render_problem(error, account, context.deps.title(account), t)
        await screens.send(context.bot, chat_id, problem)
        return None
    if asset is None:
        await screens.send(context.bot, chat_id, screens.Screen(outdated_text(t)))
    return asset


async def _asset(context: BotContext, account: str, tag: str) -> str | None:
    """Of the account's newest snapshot, or of its wallet; raises `dust.errors`."""
    deps = context.deps
    newest = await deps.snapshots.latest(account)
    names = [line.asset for line in newest.lines] if newest else []
    if not any(token_tag(name) == tag for name in names):
        names = [balance.asset for balance in await deps.accounts[account].balances()]
    return next((name for name in names if token_tag(name) == tag), None)
