"""Rows that no version ever wrote, put into the running bot's database behind its back."""

import asyncio
import sqlite3
from contextlib import closing

from tests.flows.house import House


async def spoil_settings(house: House, chat_id: int) -> None:
    """Makes the chat's settings unreadable. In a thread: the bot must be able to end its transaction."""
    await asyncio.to_thread(_spoil, house, chat_id)


def _spoil(house: House, chat_id: int) -> None:
    with closing(sqlite3.connect(house.settings["database_path"])) as database, database:
        database.execute(
            "INSERT OR REPLACE INTO chat_settings"
            " (chat_id, currency, threshold, threshold_currency, alert_cooldown, zone, silent)"
            " VALUES (?, 'USD', 'five', 'USD', 60, 'UTC', 0)",
            (chat_id,),
        )
