"""SQLite: one connection, one writer at a time, frozen migrations, Decimal as TEXT."""
