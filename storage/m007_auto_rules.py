"""Version 7 of the tables: automatic conversion."""

_AUTO_RULE = """
CREATE TABLE auto_rule (
    account TEXT PRIMARY KEY,
    chat_id INTEGER NOT NULL,
    terms TEXT NOT NULL,
    run TEXT NOT NULL
) STRICT
"""

STATEMENTS = (
    _AUTO_RULE,
    "ALTER TABLE conversion ADD COLUMN automatic INTEGER NOT NULL DEFAULT 0",
)
