"""Version 2 of the tables: what each account's API key may do."""

_KEY_HEALTH = """
CREATE TABLE key_health (
    account TEXT PRIMARY KEY,
    report TEXT,
    read_at INTEGER,
    next_read_at INTEGER
) STRICT
"""

STATEMENTS = (_KEY_HEALTH,)
