"""One life of the program without Telegram: the real services on the real database and account."""

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.settings import Settings
from bot.wiring import open_accounts
from dust.access import Access
from dust.auto import AutoConverter
from dust.auto_keeper import RuleKeeper
from dust.auto_prospect import Prospects
from dust.chats import Directory
from dust.convert import ConversionService
from dust.delisting import DelistingWatch
from dust.exchange_log import ExchangeLogReader
from dust.fees import FeeWatch
from dust.key_inspector import KeyInspector
from dust.ports import ExchangeAccount
from dust.reconcile import Reconciler
from dust.report import ReportService
from dust.watch import DustWatcher
from storage.store import Store
from tests.factories import NOON
from tests.property.wire import Wire

KEY, SECRET = "key-that-only-the-emulator-knows", "secret-that-only-the-emulator-knows"
ANNA, BORIS, GROUP = 1001, 1002, -500
CHATS = (GROUP, ANNA, BORIS)
INTERVAL = timedelta(minutes=15)


class HandClock:
    """Stands still unless it is moved."""

    def __init__(self) -> None:
        self._now = NOON

    def now(self) -> datetime:
        """Aware UTC."""
        return self._now

    def jump(self, span: timedelta) -> None:
        """Moves it on."""
        self._now += span


def scratch() -> Path:
    """A folder for one database, in memory where the machine has such a place: each commit is synced."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    usable = memory.is_dir() and os.access(memory, os.W_OK)
    return Path(tempfile.mkdtemp(prefix="dustpan-property-", dir=memory if usable else None))


def forget(folder: Path) -> None:
    """Removes the folder."""
    shutil.rmtree(folder)


@dataclass(frozen=True, slots=True)
class Life:
    """What runs between a start and an end."""

    store: Store
    account: ExchangeAccount
    access: Access
    conversions: ConversionService
    reconciler: Reconciler
    reports: ReportService
    watcher: DustWatcher
    rules: RuleKeeper
    auto: AutoConverter

    @classmethod
    async def begin(cls, path: Path, wire: Wire, clock: HandClock) -> "Life":
        """Starts as the process does: what the last life left is put in order first."""
        store = await Store.open(path, clock.now)
        accounts = _accounts(path, wire, clock)
        directory = Directory(store.chats, clock)
        access = Access(CHATS, (ANNA, BORIS), store.owners, directory)
        reader = ExchangeLogReader(accounts, store.journal, store.cooldowns, access, clock)
        conversions = ConversionService(
            accounts, store.journal, store.cooldowns, store.preferences, clock
        )
        life = cls(
            store=store,
            account=accounts["main"],
            access=access,
            conversions=conversions,
            reconciler=Reconciler(accounts, store.journal, store.cooldowns, clock),
            reports=ReportService(
                accounts,
                calendar=store.reports,
                preferences=store.preferences,
                snapshots=store.snapshots,
                journal=store.journal,
                clock=clock,
            ),
            watcher=DustWatcher(
                accounts,
                preferences=store.preferences,
                alerts=store.alerts,
                snapshots=store.snapshots,
                watches=store.watches,
                audience=access,
                log_reader=reader,
                keys=KeyInspector(accounts, store.keys, access, clock),
                fees=FeeWatch(accounts, store.fee_levels),
                delistings=DelistingWatch(accounts, store.delistings, access, clock),
                clock=clock,
                interval=INTERVAL,
                draw=lambda: 0.0,
            ),
            rules=RuleKeeper(accounts, store.auto_rules, store.journal, store.preferences, clock),
            auto=AutoConverter(
                store.auto_rules,
                Prospects(accounts, store.preferences, store.snapshots, clock),
                conversions,
                journal=store.journal,
                preferences=store.preferences,
                outbox=store.outbox,
                access=access,
                clock=clock,
            ),
        )
        await store.journal.orphan(clock.now())
        await directory.load()
        await access.load()
        await life.watcher.restart("main")
        return life

    async def end(self) -> None:
        """Nothing of it goes on: calls in flight are let go unanswered."""
        await self.conversions.drain(timedelta(0))
        await self.account.close()
        await self.store.close()


def _accounts(path: Path, wire: Wire, clock: HandClock) -> dict[str, ExchangeAccount]:
    keys = {"api_key": KEY, "api_secret": SECRET, "api_url": "http://127.0.0.1:9"}
    settings = Settings.in_code(
        telegram_token="110201543:a-token-that-nobody-ever-uses-here",
        allowed_chats=list(CHATS),
        accounts={"main": keys},
        database_path=path,
        check_interval=INTERVAL,
    )
    accounts = open_accounts(settings, clock)
    _plug_in(accounts["main"], wire)
    return accounts


def _plug_in(account: Any, wire: Wire) -> None:
    """Puts the wire in the place of ccxt's session, and takes away its waiting between requests."""
    client = account._wire.client
    client.enableRateLimit = False
    client.own_session = False
    client.session = wire
