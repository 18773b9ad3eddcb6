"""A small world for made-up stories: exchange, wire, the program's lives, and what a witness has seen."""

import asyncio
from collections.abc import Awaitable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from dust.auto_rule import AutoTerms
from dust.conversion import Conversion, Quote
from dust.money import Money
from dust.notices import Addressed, Alert
from dust.remedy import Wish
from dust.review import Review
from sandbox.binance.key import ApiKey
from sandbox.binance.state import ExchangeState
from storage.notices_codec import decode
from tests.property.alarms import BTC_IN_USD, Alarm
from tests.property.life import CHATS, INTERVAL, KEY, SECRET, HandClock, Life
from tests.property.rules import Conduct, Consent, announced
from tests.property.wire import DUST, LIST, PRICES, Sent, Strike, Wire

DOLLARS = {"ADA": "0.5", "TRX": "0.25", "XRP": "2", "DOGE": "0.1", "VET": "0.03"}
ASSETS = tuple(DOLLARS)


@dataclass
class Seen:
    """What a witness knows by its own eyes, without asking the program.

    `shown`: the reviews by id. `confirmed`: who tapped on which. `senders`: which conversion each request
    to convert belongs to. `notices`: everything that was ever queued, by its number.
    """

    shown: dict[str, Quote] = field(default_factory=dict)
    owners: dict[str, tuple[int, int]] = field(default_factory=dict)
    confirmed: set[tuple[str, int]] = field(default_factory=set)
    website: set[int] = field(default_factory=set)
    senders: dict[str, Sent] = field(default_factory=dict)
    notices: dict[int, Addressed] = field(default_factory=dict)
    delivered: set[int] = field(default_factory=set)
    conduct: Conduct = field(default_factory=Conduct)
    alarms: dict[int, Alarm] = field(default_factory=lambda: {chat: Alarm() for chat in CHATS})
    last_try: datetime | None = None
    first_reading: datetime | None = None


class World:
    """The exchange and one program on it; `life` is replaced when the program starts again."""

    def __init__(self, folder: Path) -> None:
        self.clock = HandClock()
        self.exchange = ExchangeState(ApiKey(KEY, SECRET), self.clock.now)
        self.wire = Wire(self.exchange)
        self.seen = Seen()
        self._path = folder / "dustpan.sqlite3"
        self._life: Life | None = None
        for asset, dollars in DOLLARS.items():
            self.exchange.market.set_price(asset, Decimal(dollars) / BTC_IN_USD)

    @property
    def life(self) -> Life:
        """The present one."""
        assert self._life is not None
        return self._life

    async def start(self) -> None:
        """The program starts, for the first time or again."""
        self._life = await Life.begin(self._path, self.wire, self.clock)

    async def stop(self) -> None:
        """The program ends at once."""
        life, self._life = self._life, None
        if life is not None:
            await life.end()

    def pass_time(self, span: timedelta) -> None:
        """Moves the clock; on the way the exchange does what it has put off."""
        end = self.clock.now() + span
        while (at := self.wire.next_late) is not None and at <= end:
            self.clock.jump(at - self.clock.now())
            self.wire.catch_up()
        self.clock.jump(end - self.clock.now())

    async def offer(self, chat: int, user: int, wanted: Sequence[str] | None) -> None:
        """Somebody asks for a review."""
        wish = Wish(assets=None if wanted is None else tuple(wanted))
        answer = await self.life.deps.conversions.offer(
            "main", chat_id=chat, user_id=user, wish=wish, try_now=True
        )
        await self._show(answer)

    async def confirm(self, review: str, user: int) -> None:
        """Somebody taps Confirm."""
        self.seen.confirmed.add((review, user))
        answer = await self.life.deps.conversions.confirm(review, user_id=user, message_id=1)
        await self._show(answer)

    async def _show(self, answer: object) -> None:
        if isinstance(answer, Review):
            made = answer.conversion
            assert made.chat_id is not None
            assert made.user_id is not None
            self.seen.shown[made.id] = made.quote
            self.seen.owners[made.id] = made.chat_id, made.user_id
            await self.life.deps.conversions.shown(made.id, 1)

    async def die_amid(self, work: Coroutine[Any, Any, None], strike: Strike) -> None:
        """The program dies while its request to convert is on its way (if it comes to that)."""
        self.wire.strike(DUST, strike)
        self.wire.hanging.clear()
        doing = asyncio.ensure_future(work)
        hanging = asyncio.ensure_future(self.wire.hanging.wait())
        await asyncio.wait((doing, hanging), return_when=asyncio.FIRST_COMPLETED)
        hanging.cancel()
        await self.stop()
        await asyncio.gather(doing, hanging, return_exceptions=True)
        self.wire.heal()
        await self.start()

    async def tick(self) -> None:
        """The jobs tick once; whether that had to bring alerts is decided here, by the second opinion."""
        now, sound = self.clock.now(), self.wire.is_sound
        due = self.seen.last_try is None or now - self.seen.last_try >= INTERVAL
        due = due and now >= self.wire.quiet_until
        asked, failed = len(self.wire.asked), len(self.wire.failed)
        told = {chat: self.alerts_of(chat) for chat in CHATS}
        await self.life.deps.watcher.tick("main")
        asked_now, failed_now = self.wire.asked[asked:], self.wire.failed[failed:]
        if asked_now:
            self.seen.last_try = now
        assert asked_now or not due, "a look that was due was not taken"
        assert not (sound and failed_now), f"failed without a cause: {failed_now}"
        looked = asked_now.count(LIST) > failed_now.count(LIST) and PRICES not in failed_now
        await self.take_notice()
        for chat, alarm in self.seen.alarms.items():
            wanted = int(looked and alarm.look(self.exchange.desk.offered(), now))
            came = self.alerts_of(chat) - told[chat]
            assert came == wanted, f"{chat} got {came} alerts and not {wanted}"
        await self.life.deps.reconciler.tick("main")
        await self.life.store.journal.expire(now)
        await self.life.auto.tick("main")

    async def consent(
        self,
        chat: int,
        user: int,
        *,
        minimum: Decimal,
        every: timedelta,
        announce: timedelta,
        spared: frozenset[str],
    ) -> None:
        """Somebody is shown a rule's terms and switches it on."""
        rules = self.life.deps.auto_rules
        before = await rules.get("main", chat)
        terms = AutoTerms(
            Money(minimum, "USD"),
            every=every,
            announce=announce,
            spared=spared,
            settle_hours=0,
            target="BNB",
        )
        shown = await rules.revise(
            "main",
            chat,
            lambda old: replace(terms, state=old.state, user_id=old.user_id),
        )
        assert await rules.switch_on("main", chat, user, shown.terms.mark())
        if before != await rules.get("main", chat):
            self.seen.conduct.replace(Consent(chat, user, every, announce, spared))

    async def revoke(self) -> None:
        """Somebody switches the rule off."""
        await self.life.deps.auto_rules.switch_off("main", CHATS[0])
        self.seen.conduct.replace(None)

    def alerts_of(self, chat: int) -> int:
        """How many alerts were ever queued for the chat."""
        return sum(
            1
            for each in self.seen.notices.values()
            if each.chat_id == chat and isinstance(each.notice, Alert)
        )

    async def take_notice(self) -> None:
        """Reads the outbox: nothing leaves it but what was delivered."""
        rows = await self.life.store.database.all("SELECT * FROM outbox")
        present = {row["id"]: row for row in rows}
        waiting = self.seen.notices.keys() - self.seen.delivered
        assert waiting <= present.keys(), "a notice is gone that nobody was given"
        for number in present.keys() - self.seen.notices.keys():
            row = present[number]
            notice = decode(row["kind"], row["body"])
            self.seen.notices[number] = Addressed(row["chat_id"], notice, row["message_id"])
        rows = await self.life.store.database.all("SELECT id FROM conversion WHERE automatic")
        for row in rows:
            if row["id"] not in self.seen.conduct.runs:
                run = await self.life.store.journal.get(row["id"])
                assert run is not None
                self.seen.conduct.begun(run)

    def untold(self) -> set[str]:
        """Runs whose announcement nobody has been given."""
        waiting = self.seen.notices.keys() - self.seen.delivered
        told = (announced(self.seen.notices[number]) for number in waiting)
        return {conversion_id for conversion_id in told if conversion_id}

    async def deliver(self) -> None:
        """Telegram takes the oldest notice of each chat."""
        for item in await self.life.store.outbox.due(self.clock.now()):
            await self.life.store.outbox.delivered(item.id)
            self.seen.delivered.add(item.id)

    async def deliver_all(self) -> None:
        """Telegram takes everything."""
        while await self.life.store.outbox.due(self.clock.now()):
            await self.deliver()

    async def choose(
        self,
        chat: int,
        *,
        threshold: Decimal | None = None,
        rest: timedelta | None = None,
        snooze: timedelta | None = None,
        toggle: str | None = None,
    ) -> None:
        """A chat changes its settings, and the second opinion with it."""
        alarm = self.seen.alarms[chat]
        settings = await self.life.store.preferences.get(chat)
        if threshold is not None:
            alarm.threshold = threshold
        if rest is not None:
            alarm.rest = rest
        if snooze is not None:
            alarm.snoozed_until = self.clock.now() + snooze
        if toggle is not None:
            alarm.protected ^= {toggle}
        changed = replace(
            settings,
            threshold=Money(alarm.threshold, "USD"),
            alert_cooldown=alarm.rest,
            snoozed_until=alarm.snoozed_until,
            protected=frozenset(alarm.protected),
        )
        await self.life.store.preferences.save(changed)

    async def journal(self) -> tuple[Conversion, ...]:
        """Every claimed and imported conversion, newest first."""
        found, _ = await self.life.store.journal.history(("main",), limit=10_000, offset=0)
        return found


async def whatever(work: Awaitable[object], *faults: type[Exception]) -> None:
    """Awaits the work; an exchange that can't be read is no fault of the program's."""
    with suppress(*faults):
        await work
