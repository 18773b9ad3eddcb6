"""What the domain asks of the world. Storage and exchanges implement these; the domain never imports them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from dust.alerting import AlertState
from dust.auto_rule import AutoRule
from dust.conversion import (
    Conversion,
    ExecuteResult,
    LogRecord,
    LookupResult,
    OpenDoubt,
    Quote,
    Settlement,
)
from dust.cooldown import ConversionCooldown
from dust.delisted import Delisting
from dust.fee_level import FeeLevel
from dust.key_health import KeyHealth
from dust.model import (
    AccountWatch,
    Balance,
    Candidates,
    Capabilities,
    KeyReport,
    LeftOut,
    Limits,
    Snapshot,
)
from dust.money import Rates
from dust.notices import Addressed, Notice, OutboxItem
from dust.preferences import ChatSettings
from dust.remedy import EVERYTHING, Wish
from dust.selection import Choice, Selection
from dust.which import ANY, Which


class Clock(Protocol):
    """The one source of time."""

    def now(self) -> datetime:
        """The present, aware UTC."""
        ...


class ExchangeAccount(Protocol):
    """One account on one exchange. Readings raise `dust.errors`; `execute` and `lookup` give values."""

    @property
    def name(self) -> str:
        """The account's name in the settings."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What this exchange can do."""
        ...

    async def check_key(self) -> KeyReport:
        """What the key may do."""
        ...

    async def candidates(self, target: str | None = None) -> Candidates:
        """What the exchange offers to convert now into `target` (its own one if None). One signed request.

        Raises TargetNotOffered where it does not convert into that.
        """
        ...

    async def balances(self) -> tuple[Balance, ...]:
        """Every positive balance of the spot wallet. One signed request."""
        ...

    async def rates(self) -> Rates:
        """Prices of the base asset, at most a minute old. A currency without a market is absent."""
        ...

    async def prepare(self, wish: Wish = EVERYTHING) -> Quote:
        """A fresh quote for what of the wish the exchange would take, largest worth first. No money moves.

        Raises TargetNotOffered where it does not convert dust into the wished target.
        """
        ...

    async def swap_limits(self, target: str) -> Mapping[str, Limits]:
        """How much of each token that can be swapped for `target` one swap takes. An answer of the last hour
        will do; empty where the exchange has no such remedy."""
        ...

    async def execute(self, conversion: Conversion) -> ExecuteResult:
        """Sends exactly one request for `conversion.quote`. Never raises, except when cancelled."""
        ...

    async def lookup(self, conversion: Conversion, others: Collection[Conversion]) -> LookupResult:
        """Looks for what became of a claimed conversion. `others`: the account's conversions of about that
        time whose fills are known; what belongs to one of them is not this one."""
        ...

    async def history(self, since: datetime) -> tuple[LogRecord, ...]:
        """The exchange's own log from `since` on, oldest first, as far as it reaches back."""
        ...

    async def fees_in_token(self) -> bool:
        """Whether trading fees are paid in `capabilities.fee_token`; only where there is one."""
        ...

    async def pay_fees_in_token(self, on: bool) -> None:
        """Switches that; to what it is already changes nothing."""
        ...

    async def delistings(self, held: Collection[str]) -> tuple[Delisting, ...]:
        """What of the `held` assets the exchange will stop trading, the next first."""
        ...

    def rest_until(self, until: datetime) -> None:
        """No call leaves for the exchange before then: it had asked an earlier process for a pause."""
        ...

    async def close(self) -> None:
        """Lets go of the connection."""
        ...


class ConversionJournal(Protocol):
    """The write-ahead record of conversions. Each method is one transaction."""

    async def add_quoted(self, conversion: Conversion) -> None:
        """Records an offer. No money has moved."""
        ...

    async def supersede(self, old_id: str, conversion: Conversion) -> bool:
        """Cancels the quoted `old_id` and records `conversion` in its place; False if it wasn't quoted."""
        ...

    async def get(self, conversion_id: str) -> Conversion | None:
        """The conversion with its fills."""
        ...

    async def claim(
        self,
        conversion_id: str,
        *,
        user_id: int,
        quote: Quote,
        left_out: Sequence[LeftOut],
        message_id: int | None,
        now: datetime,
        balance_before: Decimal | None = None,
    ) -> Conversion | None:
        """quoted → submitting by compare-and-set: for its owner, before it expires, and only while no other
        conversion of the account is live. `quote` is what will be sent, `balance_before` what is free of its
        target now. None to everyone but the winner."""
        ...

    async def cancel(self, conversion_id: str, *, user_id: int, now: datetime) -> bool:
        """quoted → cancelled, by its owner."""
        ...

    async def shown(self, conversion_id: str, message_id: int) -> None:
        """Remembers which message shows a quoted one."""
        ...

    async def ticking(self, now: datetime) -> tuple[Conversion, ...]:
        """The quoted ones that bind the exchange and stand in a message, as long as they are good."""
        ...

    async def is_replaced(self, conversion: Conversion) -> bool:
        """Whether the message that showed this review shows a later one by now."""
        ...

    async def expire(self, now: datetime) -> int:
        """quoted → expired where its time is over; how many. Where a message shows it, that message is
        queued to say so (`Outcome`)."""
        ...

    async def settle(
        self,
        conversion_id: str,
        settlement: Settlement,
        *,
        notices: Sequence[Addressed] = (),
        cooldown: ConversionCooldown | None = None,
    ) -> Conversion:
        """A live conversion goes on: state, event, fills, notices and cooldown in one transaction. An
        execution has changed the wallet: it makes the account's next look due at once.

        Raises ValueError for a move that `TRANSITIONS` does not have, and changes nothing then.
        """
        ...

    async def note_balance(
        self, conversion_id: str, after: Decimal, notices: Sequence[Addressed] = ()
    ) -> None:
        """Remembers what is free of the target after an executed conversion."""
        ...

    async def orphan(self, now: datetime) -> tuple[Conversion, ...]:
        """Every submitting one, left by a dead process, becomes unknown, is queued for a look at once, and
        its message is queued to say so (`Outcome`)."""
        ...

    async def live(self, account: str) -> Conversion | None:
        """The account's live conversion."""
        ...

    async def doubts(self, now: datetime) -> tuple[OpenDoubt, ...]:
        """The unknown and accepted ones whose next look is due."""
        ...

    async def note_look(self, doubt: OpenDoubt, note: str, now: datetime) -> None:
        """Remembers a look that settled nothing (`looks`, `absents`, `next_look_at` as in `doubt`)."""
        ...

    async def hasten(self, conversion_id: str, now: datetime) -> None:
        """The next look at a doubt is due now; what it finds is not counted as one more look in vain."""
        ...

    async def ask_owner(
        self, conversion_id: str, notices: Sequence[Addressed], now: datetime
    ) -> None:
        """Marks the doubt as put to the owner, once."""
        ...

    async def correct(
        self, conversion_id: str, settlement: Settlement, notices: Sequence[Addressed]
    ) -> Conversion:
        """A final state without evidence gives way to what the exchange's log shows; marked `corrected`."""
        ...

    async def add_imported(self, conversion: Conversion, notices: Sequence[Addressed] = ()) -> bool:
        """Records a conversion found in the exchange's log; False if one of its trade ids is known."""
        ...

    async def settled_between(
        self, account: str, since: datetime, until: datetime
    ) -> tuple[Conversion, ...]:
        """The claimed or imported ones with an attempt in that time, oldest first."""
        ...

    async def last_success_at(self, account: str) -> datetime | None:
        """When the account last converted anything."""
        ...

    async def history(
        self, accounts: Sequence[str], *, which: Which = ANY, limit: int, offset: int
    ) -> tuple[tuple[Conversion, ...], int]:
        """Those of the claimed and imported ones, newest first, and how many there are."""
        ...


class Cooldowns(Protocol):
    """Conversion cooldowns, by account."""

    async def get(self, account: str) -> ConversionCooldown | None:
        """What is known of the account's pause."""
        ...

    async def save(self, cooldown: ConversionCooldown) -> None:
        """Remembers it."""
        ...


class Preferences(Protocol):
    """The chats' settings."""

    async def get(self, chat_id: int) -> ChatSettings:
        """The chat's settings; defaults where it has chosen nothing."""
        ...

    async def save(self, settings: ChatSettings) -> None:
        """Remembers them, protected tokens included."""
        ...


class ReportCalendar(Protocol):
    """When each chat's next periodic report is due."""

    async def plan(self, chat_id: int, next_at: datetime | None, since: datetime) -> None:
        """Sets when the next report is due; it covers from `since`, or from where the last one ended if
        one was planned before. `next_at` None: there is none."""
        ...

    async def due(self, now: datetime) -> tuple[tuple[int, datetime], ...]:
        """Chats whose report is due, each with the start of the time it covers; a chat that can't be
        written to has none until it can."""
        ...

    async def next_at(self, chat_id: int) -> datetime | None:
        """When the chat's next report is due."""
        ...

    async def issue(
        self, chat_id: int, next_at: datetime, since: datetime, notices: Sequence[Addressed]
    ) -> None:
        """Queues the report and plans the next one, in one transaction."""
        ...


class AlertMemory(Protocol):
    """What was told to which chat."""

    async def get(self, account: str, chat_id: int) -> AlertState:
        """The state; armed where nothing was told yet."""
        ...

    async def save(self, state: AlertState, notices: Sequence[Addressed] = ()) -> None:
        """The new state and its alert, in one transaction."""
        ...


class Snapshots(Protocol):
    """Convertible dust over time."""

    async def add(self, snapshot: Snapshot) -> None:
        """Keeps it, unless the amounts are those of the newest one (whose worths it then renews)."""
        ...

    async def latest(self, account: str) -> Snapshot | None:
        """The newest one."""
        ...

    async def between(self, account: str, since: datetime, until: datetime) -> tuple[Snapshot, ...]:
        """Those taken in that time, oldest first, led by the last one before it if there is one."""
        ...

    async def presence(
        self, account: str, since: datetime
    ) -> tuple[tuple[datetime, frozenset[str]], ...]:
        """Which tokens were dust from each moment on at which that changed, oldest first."""
        ...


class Watches(Protocol):
    """What the watcher remembers of each account."""

    async def get(self, account: str) -> AccountWatch:
        """The state; that of an account never looked at, if so."""
        ...

    async def save(self, watch: AccountWatch, notices: Sequence[Addressed] = ()) -> None:
        """The new state and what the chats are told of it, in one transaction."""
        ...


class KeyRecords(Protocol):
    """What the exchanges have said about the accounts' keys."""

    async def get(self, account: str) -> KeyHealth:
        """What is known; of a key never read, that nothing is."""
        ...

    async def save(self, health: KeyHealth, notices: Sequence[Addressed] = ()) -> None:
        """What is known now and what the chats are told of it, in one transaction."""
        ...


class FeeLevels(Protocol):
    """Below which level of the fee token each chat is told."""

    async def of(self, account: str) -> tuple[FeeLevel, ...]:
        """Every level that a chat has set."""
        ...

    async def save(self, level: FeeLevel, notices: Sequence[Addressed] = ()) -> None:
        """The level and what its chat is told of it, in one transaction."""
        ...

    async def remove(self, account: str, chat_id: int) -> None:
        """The chat wants to know no more."""
        ...


class AutoRules(Protocol):
    """Rules for automatic conversion."""

    async def get(self, account: str) -> AutoRule | None:
        """The account's rule."""
        ...

    async def change(
        self,
        old: AutoRule | None,
        new: AutoRule,
        *,
        notices: Sequence[Addressed] = (),
        conversion: Conversion | None = None,
    ) -> bool:
        """`new` in place of `old` by compare-and-set, together with the conversion that it begins and what
        is told of it; False, and nothing is changed, if the rule is no longer `old`."""
        ...


class Delistings(Protocol):
    """What the exchanges will delist of what is held."""

    async def read_at(self, account: str) -> datetime | None:
        """When the schedule was read last."""
        ...

    async def of(self, account: str, now: datetime) -> tuple[Delisting, ...]:
        """What is still to come, the next first."""
        ...

    async def save(
        self,
        account: str,
        found: Sequence[Delisting],
        now: datetime,
        notices: Sequence[Addressed] = (),
    ) -> None:
        """What the schedule says now in place of what it said before, and word of it."""
        ...


class Selections(Protocol):
    """Half-made choices of tokens."""

    async def add(self, selection: Selection) -> None:
        """Keeps a new one."""
        ...

    async def get(self, selection_id: str) -> Selection | None:
        """The selection as it stands."""
        ...

    async def toggle(self, selection_id: str, asset: str) -> Selection | None:
        """Ticks or unticks one token; None if there is no such selection."""
        ...

    async def choose(self, selection_id: str, chosen: Collection[str]) -> Selection | None:
        """Replaces what is ticked."""
        ...

    async def offer(
        self, selection_id: str, target: str, choices: Sequence[Choice]
    ) -> Selection | None:
        """Replaces what there is to choose from; ticks of tokens that are still there stay."""
        ...

    async def turn(self, selection_id: str, page: int) -> Selection | None:
        """Remembers the page that is shown."""
        ...

    async def remove(self, selection_id: str) -> None:
        """Forgets it."""
        ...

    async def tidy(self, before: datetime) -> int:
        """Forgets those made before then; how many."""
        ...


class Outbox(Protocol):
    """Notices that Telegram has not accepted yet. Written by the transactions that cause them."""

    async def due(self, now: datetime) -> tuple[OutboxItem, ...]:
        """For each chat that can and may be written to now its oldest notice."""
        ...

    async def add(self, notices: Sequence[Addressed]) -> None:
        """Queues notices that no other change goes with."""
        ...

    async def waits(self, notice: Notice) -> bool:
        """Whether Telegram has not accepted this notice yet."""
        ...

    async def delivered(self, item_id: int) -> None:
        """Telegram has accepted it (or never will): it is deleted."""
        ...

    async def postpone(self, item_id: int, until: datetime) -> None:
        """It is tried again from `until` on; later notices for that chat wait behind it."""
        ...


class Chats(Protocol):
    """Which chats can't be written to, and where a chat is to be found since its id changed."""

    async def muted(self) -> Mapping[int, datetime]:
        """The chats that can't be written to, each with the time since when."""
        ...

    async def mute(self, chat_id: int, now: datetime) -> bool:
        """Its notices wait from now on; False if they did already."""
        ...

    async def lift(self, chat_id: int) -> bool:
        """What waited for the chat is due at once; False if nothing kept it waiting."""
        ...

    async def moved(self) -> Mapping[int, int]:
        """Former ids, each with the chat's present one."""
        ...

    async def move(self, old_id: int, new_id: int, now: datetime) -> None:
        """Everything that belongs to the chat follows to its new id, in one transaction."""
        ...


class Owners(Protocol):
    """Who has paired."""

    async def get(self) -> int | None:
        """The owner's user id, which is also the id of the private chat."""
        ...

    async def claim(self, user_id: int, now: datetime) -> bool:
        """Makes this person the owner, if there is none yet."""
        ...


class Audience(Protocol):
    """Which chats hear of an account."""

    async def chats(self, account: str) -> tuple[int, ...]:
        """Those of `everyone` that can be written to."""
        ...

    async def everyone(self, account: str) -> tuple[int, ...]:
        """The chats that may see the account."""
        ...
