"""The composition root: the one place that builds the world."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from random import SystemRandom

from pydantic import SecretStr
from telegram.ext import ApplicationBuilder, ContextTypes

from bot.courier import Courier
from bot.failures import on_error
from bot.jobs import Jobs
from bot.settings import Settings
from bot.telegram_bot import telegram_bot
from bot.updates import Updates
from dust.access import Access, Pairing
from dust.auto import AutoConverter
from dust.auto_keeper import RuleKeeper
from dust.auto_prospect import Prospects
from dust.backoff import Draw
from dust.chats import Directory
from dust.convert import ConversionService
from dust.delisting import DelistingWatch
from dust.exchange_log import ExchangeLogReader
from dust.fees import FeeWatch
from dust.key_inspector import KeyInspector
from dust.ledger import LedgerService
from dust.ports import Clock, ExchangeAccount
from dust.reconcile import Reconciler
from dust.report import ReportService
from dust.scan import DustScanner
from dust.watch import DustWatcher
from exchanges.pause import Pauses
from exchanges.registry import open_account
from handlers.announce import Announcer
from handlers.context import DEPS, App, BotContext, Deps
from handlers.countdown import Countdown
from handlers.routes import register
from storage.store import Store

#: How often the jobs look whether something is due.
TICK = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class World:
    """Everything that runs, built and connected but not started."""

    app: App
    store: Store
    deps: Deps
    watcher: DustWatcher
    courier: Courier
    jobs: Jobs
    updates: Updates


def open_accounts(settings: Settings, clock: Clock) -> dict[str, ExchangeAccount]:
    """Every account of the settings, by name."""
    pauses = Pauses(clock)
    return {
        name: open_account(
            account.exchange,
            name=name,
            api_key=_reveal(account.api_key),
            api_secret=_reveal(account.api_secret),
            api_url=account.api_url,
            clock=clock,
            pauses=pauses,
        )
        for name, account in settings.accounts.items()
    }


def _reveal(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


@dataclass(frozen=True, slots=True)
class Services:
    """All that works without Telegram; `deps` is what the handlers need of it."""

    deps: Deps
    auto: AutoConverter


def services(
    settings: Settings,
    store: Store,
    accounts: Mapping[str, ExchangeAccount],
    clock: Clock,
    *,
    announce_code: Callable[[str], None],
    draw: Draw,
) -> Services:
    """Connects the services with the database and the accounts. Nothing is asked of an exchange yet.

    `draw` spreads the pauses between looks that fail (`dust.backoff`).
    """
    directory = Directory(store.chats, clock)
    access = Access(settings.allowed_chats, settings.allowed_users, store.owners, directory)
    conversions = ConversionService(
        accounts, store.journal, store.cooldowns, store.preferences, clock
    )
    prospects = Prospects(accounts, store.preferences, store.snapshots, clock)
    auto = AutoConverter(
        store.auto_rules,
        prospects,
        conversions,
        journal=store.journal,
        preferences=store.preferences,
        outbox=store.outbox,
        access=access,
        clock=clock,
    )
    deps = Deps(
        accounts=accounts,
        access=access,
        directory=directory,
        pairing=Pairing(access, store.owners, clock, announce_code),
        scanner=DustScanner(accounts, store.preferences, clock),
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
        watcher=_watcher(settings, store, accounts, access, clock, draw),
        watches=store.watches,
        keys=store.keys,
        preferences=store.preferences,
        journal=store.journal,
        ledger=LedgerService(store.journal, store.snapshots, store.preferences, clock),
        selections=store.selections,
        snapshots=store.snapshots,
        fee_levels=store.fee_levels,
        delistings=store.delistings,
        prospects=prospects,
        auto_rules=RuleKeeper(accounts, store.auto_rules, store.journal, store.preferences, clock),
        clock=clock,
    )
    return Services(deps, auto)


def build(
    settings: Settings,
    store: Store,
    accounts: Mapping[str, ExchangeAccount],
    clock: Clock,
    *,
    announce_code: Callable[[str], None],
    tick: timedelta = TICK,
) -> World:
    """Connects services, handlers and jobs. Nothing is asked of Telegram or an exchange yet."""
    draw = SystemRandom().random
    wired = services(settings, store, accounts, clock, announce_code=announce_code, draw=draw)
    deps = wired.deps
    updates = Updates()
    app = _application(settings, updates)
    app.bot_data[DEPS] = deps
    register(app)
    app.add_error_handler(on_error)
    courier = Courier(
        app.bot,
        store.outbox,
        Announcer(deps, store.cooldowns),
        store.preferences,
        store.journal,
        deps.redraws,
        deps.directory,
        clock,
    )
    jobs = Jobs(app, tick, clock)
    for name in accounts:
        jobs.watch(name, deps.watcher, deps.reconciler)
        jobs.act_for(name, wired.auto)
    jobs.count_down(Countdown(app.bot, deps))
    jobs.keep_house(deps.pairing, store.journal, deps.reports, store.selections, clock)
    return World(app, store, deps, deps.watcher, courier, jobs, updates)


def _watcher(
    settings: Settings,
    store: Store,
    accounts: Mapping[str, ExchangeAccount],
    access: Access,
    clock: Clock,
    draw: Draw,
) -> DustWatcher:
    return DustWatcher(
        accounts,
        preferences=store.preferences,
        alerts=store.alerts,
        snapshots=store.snapshots,
        watches=store.watches,
        audience=access,
        log_reader=ExchangeLogReader(accounts, store.journal, store.cooldowns, access, clock),
        keys=KeyInspector(accounts, store.keys, access, clock),
        fees=FeeWatch(accounts, store.fee_levels),
        delistings=DelistingWatch(accounts, store.delistings, access, clock),
        clock=clock,
        interval=settings.check_interval,
        draw=draw,
    )


def _application(settings: Settings, updates: Updates) -> App:
    return (
        ApplicationBuilder()
        .bot(telegram_bot(settings.telegram_token.get_secret_value(), settings.telegram_api_url))
        .context_types(ContextTypes(context=BotContext))
        .concurrent_updates(updates)
        .build()
    )
