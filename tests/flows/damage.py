"""Rows that no version ever wrote, put into the running bot's database behind its back."""

import sqlite3
from contextlib import closing

from tests.flows.house import House


def spoil_settings(house: House, chat_id: int) -> None:
    """Makes the chat's settings unreadable."""
    with closing(sqlite3.connect(house.settings["database_path"])) as database, database:
        database.execute(
            "INSERT OR REPLACE INTO chat_settings"
            " VALUES (?, 'USD', 'five', 'USD', 60, NULL, NULL, NULL, 'UTC', 0, NULL)",
            (chat_id,),
        )
