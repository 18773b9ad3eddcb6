"""The local Telegram's HTTP side: `{url}/bot{token}/{method}` on 127.0.0.1."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Self

from aiohttp import web

from sandbox.telegram.chat import Chat
from sandbox.telegram.dispatch import Dispatcher
from sandbox.telegram.faults import Faults
from sandbox.telegram.feed import Subscription
from sandbox.telegram.model import ApiCall, Person
from sandbox.telegram.world import World

UPLOAD_LIMIT = 50 * 1024 * 1024  # bytes; Bot API, "Sending files"


def utc_now() -> datetime:
    """The time, aware UTC."""
    return datetime.now(UTC)


class TelegramSandbox:
    """A Telegram with one bot; people and chats are made with `person`, `private`, `group`."""

    def __init__(
        self,
        token: str,
        username: str = "dustpan_bot",
        name: str = "Dustpan",
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        head = token.partition(":")[0]
        bot_id = int(head) if head.isdigit() else 1
        self.world = World(Person(bot_id, name, username, is_bot=True), now)
        self.faults = Faults()
        self.url = ""
        self._token = token
        self._runner: web.AppRunner | None = None

    @property
    def calls(self) -> list[ApiCall]:
        """Every finished call, oldest first."""
        return self.world.calls

    @property
    def commands(self) -> Mapping[tuple[str, str], list[dict[str, str]]]:
        """Command menus by scope (JSON text) and language code."""
        return self.world.profile.commands

    @property
    def query_lifetime(self) -> timedelta:
        """How long a tap can be answered."""
        return self.world.taps.lifetime

    @query_lifetime.setter
    def query_lifetime(self, lifetime: timedelta) -> None:
        self.world.taps.lifetime = lifetime

    async def start(self, port: int = 0) -> None:
        """Listen on 127.0.0.1; port 0 takes a free one. `url` is set afterwards.

        After `stop` it can start again, on the old port too; nothing is forgotten in between.
        """
        self.world.updates.open()
        app = web.Application(client_max_size=UPLOAD_LIMIT)
        dispatcher = Dispatcher(self.world, self.faults, self._token)
        app.router.add_route("*", "/bot{token}/{method}", dispatcher.handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        bound = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{bound}"

    async def stop(self) -> None:
        """Stop listening; waiting polls and listeners end."""
        self.world.updates.close()
        self.world.feed.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.stop()

    def person(
        self, user_id: int, name: str, username: str | None = None, language: str | None = "en"
    ) -> Person:
        """A person with a Telegram account."""
        return self.world.add_person(Person(user_id, name, username, language))

    def private(self, person: Person) -> Chat:
        """The person's private chat with the bot."""
        return self.world.open_chat(person.id, person.first_name, [person])

    def group(self, chat_id: int, title: str, members: Sequence[Person]) -> Chat:
        """A group (a supergroup if the id begins with -100) with the bot in it.

        The first member is its owner.
        """
        return self.world.open_chat(chat_id, title, members)

    def push_raw(self, update: Mapping[str, object]) -> int:
        """Queue any update as it is; returns its id."""
        return self.world.updates.add_raw(update)

    def subscribe(self) -> Subscription:
        """Everything visible from now on, as JSON-able events."""
        return self.world.feed.subscribe()

    async def wait_poll(self, timeout: float = 5) -> None:
        """Until the bot waits in a long poll; TimeoutError after `timeout` seconds."""
        await self.world.changes.until(lambda: self.world.updates.waiting or None, timeout)

    async def wait_call(
        self, wanted: Callable[[ApiCall], bool], timeout: float = 5, since: int = 0
    ) -> ApiCall:
        """The first finished call that is as wanted, from `calls[since]` on.

        AssertionError, with the calls, if there is none within `timeout` seconds.
        """

        def first() -> ApiCall | None:
            return next((call for call in self.calls[since:] if wanted(call)), None)

        try:
            return await self.world.changes.until(first, timeout)
        except TimeoutError:
            lines = "".join(f"\n  {call}" for call in self.calls[since:])
            raise AssertionError(f"no such call within {timeout} s:{lines or ' none'}") from None
