"""Version 6 of the tables: below which level of the fee token a chat is told, and what is being delisted."""

_FEE_LEVEL = """
CREATE TABLE fee_level (
    account TEXT NOT NULL,
    chat_id INTEGER NOT NULL,
    level TEXT NOT NULL,
    low INTEGER NOT NULL,
    PRIMARY KEY (account, chat_id)
) STRICT, WITHOUT ROWID
"""

_DELISTING = """
CREATE TABLE delisting (
    account TEXT NOT NULL,
    asset TEXT NOT NULL,
    at INTEGER NOT NULL,
    pairs TEXT NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (account, asset)
) STRICT, WITHOUT ROWID
"""

_DELISTING_READ = """
CREATE TABLE delisting_read (account TEXT PRIMARY KEY, read_at INTEGER NOT NULL) STRICT
"""

STATEMENTS = (_FEE_LEVEL, _DELISTING, _DELISTING_READ)
