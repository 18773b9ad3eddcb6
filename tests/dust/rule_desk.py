"""The rule of a fake account, on a real database and a clock that is moved by hand."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from decimal import Decimal

from dust.auto import AutoConverter
from dust.auto_keeper import RuleKeeper
from dust.auto_prospect import Prospects
from dust.auto_rule import AutoRule, AutoTerms, RuleState
from dust.conversion import Quote
from dust.convert import ConversionService
from dust.money import Money, Rates
from dust.ports import ExchangeAccount
from dust.remedy import EVERYTHING, Wish
from storage.store import Store
from tests.dust.fake_account import FakeAccount, HandClock
from tests.factories import NOON

CHAT, USER = 1001, 1001
DOLLAR = Money(Decimal(1), "USD")


class RuleAccount(FakeAccount):
    """Its dust has a price; `meanwhile` happens each time before it is read."""

    def __init__(self) -> None:
        super().__init__()
        self.meanwhile: Callable[[], Awaitable[None]] | None = None
        self.reads = 0

    async def prepare(self, wish: Wish = EVERYTHING) -> Quote:
        """The quote, after whatever happens meanwhile."""
        self.reads += 1
        if self.meanwhile is not None:
            await self.meanwhile()
        return await super().prepare(wish)

    async def rates(self) -> Rates:
        """A unit of the base is worth a hundred thousand dollars."""
        return Rates("BTC", {"BTC": Decimal(1), "USD": Decimal(100_000)}, NOON)


class Rights:
    """Who may, as a test says."""

    def __init__(self) -> None:
        self.allowed = True
        self.heard = True

    def may_act(self, chat_id: int, user_id: int) -> bool:
        """As the test says."""
        return self.allowed

    def hears(self, chat_id: int) -> bool:
        """As the test says."""
        return self.heard


class RuleDesk:
    """`again` makes what a restart would make: new services on the same database."""

    def __init__(self, store: Store, clock: HandClock) -> None:
        self.store = store
        self.clock = clock
        self.account = RuleAccount()
        self.rights = Rights()
        accounts: dict[str, ExchangeAccount] = {"main": self.account}
        self.keeper = RuleKeeper(
            accounts, store.auto_rules, store.journal, store.preferences, clock
        )
        self.converter = self.again()

    def again(self) -> AutoConverter:
        """A converter that remembers nothing."""
        accounts: dict[str, ExchangeAccount] = {"main": self.account}
        store, clock = self.store, self.clock
        service = ConversionService(
            accounts, store.journal, store.cooldowns, store.preferences, clock, store_pauses=(0,)
        )
        return AutoConverter(
            store.auto_rules,
            Prospects(accounts, store.preferences, store.snapshots, clock),
            service,
            journal=store.journal,
            preferences=store.preferences,
            outbox=store.outbox,
            access=self.rights,
            clock=clock,
        )

    async def rule(self) -> AutoRule:
        """How the rule stands."""
        return await self.keeper.get("main", CHAT)

    async def switch_on(
        self, change: Callable[[AutoTerms], AutoTerms] = lambda terms: terms
    ) -> None:
        """A rule that looks at no history, with a minimum of a dollar, and `change`."""

        def make(terms: AutoTerms) -> AutoTerms:
            bare = AutoTerms(DOLLAR, settle_hours=0, announce=timedelta(0))
            return change(bare)

        rule = await self.keeper.revise("main", CHAT, make)
        assert await self.keeper.switch_on("main", CHAT, USER, rule.terms.mark())
        assert (await self.rule()).terms.state is RuleState.ON

    async def tick(self, *, after: timedelta = timedelta(0)) -> None:
        """One tick of the job, later."""
        self.clock.jump(after)
        await self.store.journal.expire(self.clock.now())
        await self.converter.tick("main")

    async def queued(self) -> list[object]:
        """What the chat will be told next."""
        return [item.addressed.notice for item in await self.store.outbox.due(self.clock.now())]

    async def deliver(self) -> list[object]:
        """What Telegram accepts now, one after the other."""
        told: list[object] = []
        while items := await self.store.outbox.due(self.clock.now()):
            for item in items:
                told.append(item.addressed.notice)
                await self.store.outbox.delivered(item.id)
        return told
