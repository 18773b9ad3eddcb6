"""The bot's face in Telegram: command menu and descriptions. A failure here is one log line."""

import logging
from typing import Any

from telegram import BotCommand
from telegram.error import TelegramError
from telegram.ext import ExtBot

from handlers.routes import menu
from handlers.texts import Texts

_log = logging.getLogger(__name__)


async def dress(bot: ExtBot[Any], t: Texts) -> None:
    """Sets the menu where it differs, and descriptions where there are none; the name is the owner's."""
    try:
        wanted = tuple(BotCommand(name, about) for name, about in menu(t))
        if await bot.get_my_commands() != wanted:
            await bot.set_my_commands(wanted)
        if not (await bot.get_my_description()).description:
            await bot.set_my_description(
                t.gettext(
                    "Watches a crypto exchange account for balances too small to sell, tells when they "
                    "add up, and converts them when its owner says so."
                )
            )
        if not (await bot.get_my_short_description()).short_description:
            await bot.set_my_short_description(
                t.gettext("Sweeps the dust off an exchange account.")
            )
    except TelegramError as error:
        _log.warning("the command menu could not be set: %s", error)
