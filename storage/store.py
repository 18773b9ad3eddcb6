"""Everything that is kept, behind the domain's ports."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dust.ports import (
    AlertMemory,
    AutoRules,
    Chats,
    ConversionJournal,
    Cooldowns,
    Delistings,
    FeeLevels,
    KeyRecords,
    Owners,
    Preferences,
    ReportCalendar,
    Selections,
    Snapshots,
    Watches,
)
from storage.alerts import SqliteAlertMemory
from storage.auto_rules import SqliteAutoRules
from storage.chats import SqliteChats
from storage.cooldowns import SqliteCooldowns
from storage.db import Database
from storage.delistings import SqliteDelistings
from storage.fee_levels import SqliteFeeLevels
from storage.journal import SqliteJournal
from storage.key_health import SqliteKeyRecords
from storage.notice_queue import NoticeQueue, utc_now
from storage.outbox import SqliteOutbox
from storage.owners import SqliteOwners
from storage.preferences import SqlitePreferences
from storage.reports import SqliteReportCalendar
from storage.selections import SqliteSelections
from storage.snapshots import SqliteSnapshots
from storage.watches import SqliteWatches


@dataclass(frozen=True, slots=True)
class Store:
    """One open database and what it holds."""

    database: Database
    journal: ConversionJournal
    cooldowns: Cooldowns
    preferences: Preferences
    reports: ReportCalendar
    alerts: AlertMemory
    snapshots: Snapshots
    watches: Watches
    keys: KeyRecords
    selections: Selections
    fee_levels: FeeLevels
    delistings: Delistings
    auto_rules: AutoRules
    outbox: SqliteOutbox
    chats: Chats
    owners: Owners

    @classmethod
    async def open(cls, path: Path, now: Callable[[], datetime] = utc_now) -> "Store":
        """Opens or creates the database; `now` dates what is queued. Raises StorageError."""
        database, queue = await Database.open(path), NoticeQueue(now)
        return cls(
            database=database,
            journal=SqliteJournal(database, queue),
            cooldowns=SqliteCooldowns(database),
            preferences=SqlitePreferences(database),
            reports=SqliteReportCalendar(database, queue),
            alerts=SqliteAlertMemory(database, queue),
            snapshots=SqliteSnapshots(database),
            watches=SqliteWatches(database, queue),
            keys=SqliteKeyRecords(database, queue),
            selections=SqliteSelections(database),
            fee_levels=SqliteFeeLevels(database, queue),
            delistings=SqliteDelistings(database, queue),
            auto_rules=SqliteAutoRules(database, queue),
            outbox=SqliteOutbox(database, queue),
            chats=SqliteChats(database, queue),
            owners=SqliteOwners(database),
        )

    async def close(self) -> None:
        """Closes the database."""
        await self.database.close()
