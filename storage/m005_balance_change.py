"""Version 5 of the tables: what a conversion changed in the balance of its target."""

STATEMENTS = (
    "ALTER TABLE conversion ADD COLUMN balance_before TEXT",
    "ALTER TABLE conversion ADD COLUMN balance_after TEXT",
)
