"""Version 3 of the tables: chats that can't be written to, and groups that have become supergroups."""

_MUTED = "CREATE TABLE chat_muted (chat_id INTEGER PRIMARY KEY, since INTEGER NOT NULL) STRICT"

_MOVED = """
CREATE TABLE chat_moved (
    old_id INTEGER PRIMARY KEY,
    new_id INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT
"""

STATEMENTS = (_MUTED, _MOVED)
