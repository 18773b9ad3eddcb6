"""What handlers may ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from telegram.ext import Application, CallbackContext, ExtBot

from dust.access import Access, Pairing
from dust.auto_keeper import RuleKeeper
from dust.auto_prospect import Prospects
from dust.chats import Directory
from dust.convert import ConversionService
from dust.ledger import LedgerService
from dust.ports import (
    Clock,
    ConversionJournal,
    Delistings,
    ExchangeAccount,
    FeeLevels,
    KeyRecords,
    Preferences,
    Selections,
    Snapshots,
    Watches,
)
from dust.reconcile import Reconciler
from dust.report import ReportService
from dust.scan import DustScanner
from dust.watch import DustWatcher
from handlers.screens import Redraws
from handlers.texts import Texts, texts_for

DEPS = "deps"


@dataclass(frozen=True, slots=True)
class Deps:
    """The services of one process, built in one place and read everywhere."""

    accounts: Mapping[str, ExchangeAccount]
    access: Access
    directory: Directory
    pairing: Pairing
    scanner: DustScanner
    conversions: ConversionService
    reconciler: Reconciler
    reports: ReportService
    watcher: DustWatcher
    watches: Watches
    keys: KeyRecords
    preferences: Preferences
    journal: ConversionJournal
    ledger: LedgerService
    selections: Selections
    snapshots: Snapshots
    fee_levels: FeeLevels
    delistings: Delistings
    prospects: Prospects
    auto_rules: RuleKeeper
    clock: Clock
    redraws: Redraws = field(default_factory=Redraws)

    def title(self, account: str) -> str:
        """What a chat calls an account: its exchange, and its own name where there are several. One that
        the settings no longer have is called by its name."""
        known = self.accounts.get(account)
        if known is None:
            return account
        exchange = known.capabilities.display_name
        return exchange if len(self.accounts) == 1 else f"{exchange} ({account})"


class BotContext(CallbackContext[ExtBot[Any], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """The context of one update, with the services at hand."""

    @property
    def deps(self) -> Deps:
        """The services."""
        return cast(Deps, self.application.bot_data[DEPS])

    async def texts(self, chat_id: int) -> Texts:
        """How to speak to this chat now."""
        settings = await self.deps.preferences.get(chat_id)
        return texts_for(settings, self.deps.clock.now())


App = Application[ExtBot[Any], BotContext, dict[Any, Any], dict[Any, Any], dict[Any, Any], Any]
