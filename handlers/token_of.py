"""Which token a button means: its name may be too long for one, so that buttons carry a tag of it."""

from dust.errors import DustError
from handlers.context import BotContext
from handlers.views.protected import token_tag


async def asset_by_tag(context: BotContext, account: str, tag: str) -> str | None:
    """The token of the account's newest snapshot, or of its wallet, that has this tag; None if none has."""
    deps = context.deps
    newest = await deps.snapshots.latest(account)
    names = [line.asset for line in newest.lines] if newest else []
    if not any(token_tag(name) == tag for name in names):
        try:
            names = [balance.asset for balance in await deps.accounts[account].balances()]
        except DustError:
            return None
    return next((name for name in names if token_tag(name) == tag), None)
