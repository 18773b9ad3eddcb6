"""The life of the process: start in an order that is safe, serve, end in time."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from telegram import Update
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot.clocks import SystemClock
from bot.lock import only_instance, only_poller
from bot.menu import dress
from bot.settings import Settings
from bot.start_problems import SettingsProblem, StartProblem
from bot.wiring import TICK, World, build, open_accounts
from dust.ports import Clock
from dust.preferences import ChatSettings
from handlers.texts import texts_for
from storage.errors import StorageError
from storage.store import Store

_log = logging.getLogger(__name__)

#: What a call in flight gets to settle when the process is told to end.
PATIENCE = timedelta(seconds=8)
#: What messages on their way, and answers that only read, get then.
LAST_WORDS = timedelta(seconds=2)
_HEARD = [Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]


async def run(settings: Settings, say: Callable[[str], None]) -> None:
    """Serves until SIGTERM or SIGINT, which also end a start that waits for Telegram.

    `say` prints to the operator's terminal, never to the log.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    token = settings.telegram_token.get_secret_value()
    with only_instance(settings.database_path), only_poller(token):
        serve = asyncio.create_task(_serve(settings, say))
        told = asyncio.create_task(stop.wait())
        await asyncio.wait((serve, told), return_when=asyncio.FIRST_COMPLETED)
        told.cancel()
        if stop.is_set():
            _log.info("ending")
            serve.cancel()
        with suppress(asyncio.CancelledError):
            await serve


async def _serve(settings: Settings, say: Callable[[str], None]) -> None:
    async with serving(settings, SystemClock(), say=say):
        await asyncio.Event().wait()  # until cancelled


@asynccontextmanager
async def serving(
    settings: Settings,
    clock: Clock,
    *,
    say: Callable[[str], None],
    tick: timedelta = TICK,
    patience: timedelta = PATIENCE,
) -> AsyncIterator[World]:
    """The running bot. Raises StartProblem where a person must put something right first.

    `tick` is how often the jobs look; `patience` what a call in flight gets when it ends.
    """
    try:
        store = await Store.open(settings.database_path, clock.now)
    except StorageError as error:
        raise StartProblem(f"DATABASE_PATH {settings.database_path}: {error}") from None
    accounts = open_accounts(settings, clock)
    try:
        world = build(
            settings,
            store,
            accounts,
            clock,
            announce_code=lambda code: say(_pairing_text(world, code)),
            tick=tick,
        )
        async with _started(world, patience):
            yield world
    finally:
        for account in accounts.values():
            await account.close()
        await store.close()


@asynccontextmanager
async def _started(world: World, patience: timedelta) -> AsyncIterator[None]:
    """Only SQL runs before polling; look-ups begin beside it."""
    deps, app = world.deps, world.app
    for conversion in await deps.journal.orphan(deps.clock.now()):
        _log.warning("conversion %s was under way when the process died", conversion.id)
    await deps.directory.load()
    await deps.access.load()
    for account in deps.accounts:
        await world.watcher.restart(account)
        await deps.reports.resume(await deps.access.everyone(account))
    _warn_of_groups(world)
    await _reach_telegram(world)
    courier = asyncio.create_task(world.courier.run())
    dressing = asyncio.create_task(_dress(world))
    try:
        await app.start()
        if app.updater is None:
            raise RuntimeError("the application was built without its updater")
        await app.updater.start_polling(
            allowed_updates=_HEARD, bootstrap_retries=-1, error_callback=_told_already
        )
        _log.info("serving as @%s", app.bot.username)
        yield
    finally:
        await _end(world, patience, courier, dressing)


async def _reach_telegram(world: World) -> None:
    """Waits for Telegram as long as it takes; a wrong token ends the start."""
    pause = 1
    while True:
        try:
            await world.app.initialize()
        except InvalidToken:
            await world.app.bot.shutdown()
            raise SettingsProblem(
                "TELEGRAM_TOKEN is not accepted by Telegram: copy it again from @BotFather."
            ) from None
        except NetworkError as error:
            if pause == 1:
                _log.warning("Telegram can't be reached, trying again until it can: %s", error)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 60)
        else:
            return


def _told_already(_: TelegramError) -> None:
    """`HeardRequest` says it once; PTB's own way would be a traceback at each try."""


async def _dress(world: World) -> None:
    await dress(world.app.bot, texts_for(ChatSettings(chat_id=0), world.deps.clock.now()))


async def _end(world: World, patience: timedelta, *tasks: asyncio.Task[None]) -> None:
    app = world.app
    if app.updater is not None and app.updater.running:
        await app.updater.stop()
    world.jobs.abandon()
    left = await world.deps.conversions.drain(patience)
    if left:
        _log.warning("a conversion had no answer yet; it is looked up at the next start")
    await world.courier.flush(LAST_WORDS)
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    if app.running:
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_WORDS.total_seconds()):
                await app.stop()
        await world.updates.abandon()
    await app.shutdown()


def _warn_of_groups(world: World) -> None:
    for chat in world.deps.access.idle_groups():
        _log.warning(
            "group %s is in ALLOWED_CHATS, but nobody may convert there: set ALLOWED_USERS", chat
        )
    for old, new in world.deps.access.moved_groups():
        _log.warning("group %s in ALLOWED_CHATS is %s by now: change the setting", old, new)


def _pairing_text(world: World, code: str) -> str:
    return (
        "\nNobody may use this bot yet. To become its owner, open this link in Telegram:\n"
        f"  https://t.me/{world.app.bot.username}?start={code}\n"
        f"or send it:  /start {code}\n"
        "The code works once, for 15 minutes; then a new one is shown here.\n"
    )
