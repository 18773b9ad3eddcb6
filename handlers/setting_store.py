"""The one door through which a chat's settings change, so that no change overwrites another."""

from collections.abc import Callable

from dust.preferences import ChatSettings
from handlers.context import BotContext

#: Telegram's message ids begin at 1: this one stands for the settings of the chat.
_SETTINGS = 0


async def change_settings(
    context: BotContext, chat_id: int, change: Callable[[ChatSettings], ChatSettings]
) -> tuple[ChatSettings, ChatSettings]:
    """Applies `change` to what is stored now; the settings before and after.

    Where the report or the time zone changed, the next report is planned anew.
    """
    deps = context.deps
    async with deps.redraws.of(chat_id, _SETTINGS):
        before = await deps.preferences.get(chat_id)
        after = change(before)
        await deps.preferences.save(after)
        if (before.report, before.zone) != (after.report, after.zone):
            await deps.reports.plan(after)
    return before, after
