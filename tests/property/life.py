"""One life of the program without Telegram: the real services on the real database and account."""

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.settings import Settings
from bot.wiring import open_accounts, services
from dust.auto import AutoConverter
from dust.ports import ExchangeAccount
from handlers.context import Deps
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
    deps: Deps
    auto: AutoConverter

    @classmethod
    async def begin(cls, path: Path, wire: Wire, clock: HandClock) -> "Life":
        """Starts as the process does: what the last life left is put in order first."""
        settings = _settings(path)
        store = await Store.open(path, clock.now)
        accounts = open_accounts(settings, clock)
        _plug_in(accounts["main"], wire)
        wired = services(
            settings, store, accounts, clock, announce_code=lambda _: None, draw=lambda: 0.0
        )
        await store.journal.orphan(clock.now())
        await wired.deps.directory.load()
        await wired.deps.access.load()
        await wired.deps.watcher.restart("main")
        return cls(store, accounts["main"], wired.deps, wired.auto)

    async def end(self) -> None:
        """Nothing of it goes on: calls in flight are let go unanswered."""
        await self.deps.conversions.drain(timedelta(0))
        await self.account.close()
        await self.store.close()


def _settings(path: Path) -> Settings:
    keys = {"api_key": KEY, "api_secret": SECRET, "api_url": "http://127.0.0.1:9"}
    return Settings.in_code(
        telegram_token="110201543:a-token-that-nobody-ever-uses-here",
        allowed_chats=list(CHATS),
        allowed_users=[ANNA, BORIS],
        accounts={"main": keys},
        database_path=path,
        check_interval=INTERVAL,
    )


def _plug_in(account: Any, wire: Wire) -> None:
    """Puts the wire in the place of ccxt's session, and takes away its waiting between requests."""
    client = account._wire.client
    client.enableRateLimit = False
    client.own_session = False
    client.session = wire
