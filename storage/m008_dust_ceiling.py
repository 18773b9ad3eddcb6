"""Version 8 of the tables: a chat's own dust ceiling, none for the chats of before."""

STATEMENTS = (
    "ALTER TABLE chat_settings ADD COLUMN ceiling TEXT",
    "ALTER TABLE chat_settings ADD COLUMN ceiling_currency TEXT",
)
