"""A conversion: the wish, the consent, the one call and its end."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from dust.model import LeftOut
from dust.money import ZERO
from dust.refusal import Refusal
from dust.remedy import Remedy, Wish

#: Exchanges keep eight places of every amount and round each fill by itself.
ROUNDING = Decimal("0.00000001")


class State(StrEnum):
    """Where a conversion stands."""

    QUOTED = "quoted"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    SUBMITTING = "submitting"
    ACCEPTED = "accepted"
    FILLED = "filled"
    PARTLY_FILLED = "partly_filled"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    NOT_EXECUTED = "not_executed"


_ENDS = frozenset({State.FILLED, State.PARTLY_FILLED, State.REFUSED, State.UNKNOWN})

#: The moves that exist. Nothing leaves a final state, except that a conversion closed without evidence
#: is corrected when the exchange later shows it (`ConversionJournal.correct`).
TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.QUOTED: frozenset({State.CANCELLED, State.EXPIRED, State.SUBMITTING}),
    State.SUBMITTING: _ENDS | {State.ACCEPTED},
    State.ACCEPTED: _ENDS,
    State.UNKNOWN: frozenset({State.FILLED, State.PARTLY_FILLED, State.NOT_EXECUTED}),
}

#: A conversion that may still change the account. At most one per account.
LIVE = frozenset({State.SUBMITTING, State.ACCEPTED, State.UNKNOWN})


class Origin(StrEnum):
    """Who started a conversion."""

    CHAT = "chat"
    EXCHANGE = "exchange"  # made on the exchange's website or app, imported from its log


class ClosedBy(StrEnum):
    """What a final state rests on."""

    ANSWER = "answer"
    LOOKING = "looking"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One token of a quote; units as in `dust.model.Candidate`. `remainder` of it stays in the wallet."""

    asset: str
    amount: Decimal
    worth: Decimal
    gross: Decimal
    fee: Decimal
    net: Decimal
    remainder: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Quote:
    """What a conversion is expected to bring, the largest first.

    An estimate, unless `binding`: then the exchange keeps to it until `valid_until`. `reference` is the
    exchange's own name for what would be accepted: a quote's id, a pair. `left_out` is what of the wish the
    exchange would not take, and why.
    """

    target: str
    lines: tuple[QuoteLine, ...]
    taken_at: datetime
    binding: bool = False
    remedy: Remedy = Remedy.DUST
    reference: str = ""
    valid_until: datetime | None = None
    left_out: tuple[LeftOut, ...] = ()

    @property
    def assets(self) -> tuple[str, ...]:
        """The tokens, in the order of the lines."""
        return tuple(line.asset for line in self.lines)

    @property
    def gross(self) -> Decimal:
        """In the target asset, before the fee."""
        return sum((line.gross for line in self.lines), ZERO)

    @property
    def fee(self) -> Decimal:
        """What the exchange will keep, in the target asset."""
        return sum((line.fee for line in self.lines), ZERO)

    @property
    def net(self) -> Decimal:
        """What will be received, in the target asset."""
        return sum((line.net for line in self.lines), ZERO)

    @property
    def worth(self) -> Decimal:
        """In the exchange's base asset."""
        return sum((line.worth for line in self.lines), ZERO)

    def only(self, assets: frozenset[str]) -> "Quote":
        """The same quote without the tokens that are not in `assets`."""
        return replace(self, lines=tuple(line for line in self.lines if line.asset in assets))

    def again(self) -> Wish:
        """The wish for the same once more. A swap and a sale take what was shown, not what is free by now."""
        whole = self.remedy is Remedy.DUST or not self.lines
        amount = None if whole else self.lines[0].amount
        return Wish(self.remedy, self.assets, self.target, amount)


@dataclass(frozen=True, slots=True)
class Fill:
    """One executed leg. `amount` in `asset`, `gross` in the target, `fee` in the target too unless
    `fee_asset` names another asset that it was paid in.

    `trade_id` is unique within an account.
    """

    trade_id: str
    asset: str
    amount: Decimal
    gross: Decimal
    fee: Decimal
    at: datetime
    fee_asset: str | None = None

    @property
    def net(self) -> Decimal:
        """What was credited, in the target asset."""
        return self.gross - self.fee if self.fee_asset is None else self.gross


@dataclass(frozen=True, slots=True)
class Filled:
    """The exchange converted everything that was asked."""

    fills: tuple[Fill, ...]
    raw: str = ""


@dataclass(frozen=True, slots=True)
class PartlyFilled:
    """The exchange converted some tokens and left out others."""

    fills: tuple[Fill, ...]
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The exchange took the order and will carry it out; `reference` finds it again."""

    reference: str
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """The exchange is proven to have converted nothing."""

    refusal: Refusal
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """It is not known whether the exchange converted. `why` is for the log and the journal.

    `said` is what the exchange answered, where that proves neither.
    """

    why: str
    raw: str = ""
    said: Refusal | None = None


ExecuteResult = Filled | PartlyFilled | Accepted | Refused | Unknown


@dataclass(frozen=True, slots=True)
class Found:
    """The exchange shows what became of the attempt. `partly`: it took less than was sent, for good."""

    fills: tuple[Fill, ...]
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Pending:
    """The exchange is still at it."""


@dataclass(frozen=True, slots=True)
class Absent:
    """The exchange shows no trace of it, and the balances are still there.

    `final`: the exchange says itself that it was not carried out and never will be.
    """

    final: bool = False


@dataclass(frozen=True, slots=True)
class Undecided:
    """What the exchange shows proves neither."""

    why: str


LookupResult = Found | Pending | Absent | Undecided


@dataclass(frozen=True, slots=True)
class LogRecord:
    """One conversion in the exchange's own log, whoever made it."""

    record_id: str
    at: datetime
    target: str
    fills: tuple[Fill, ...]


@dataclass(frozen=True, slots=True)
class Conversion:
    """One row of the journal; all times aware UTC.

    `quote` is what was shown, and from the claim on what was sent. `chat_id` and `user_id` are None for an
    imported one. `automatic`: the rule of the person has confirmed it. `message_id` is the chat message that
    shows it. `balance_before` and `balance_after` are what was free of the target just before the one call
    and just after its answer, where that could be read.
    `refusal` is what the exchange said to the one call in place of a success, proof or not.
    """

    id: str
    account: str
    chat_id: int | None
    user_id: int | None
    origin: Origin
    state: State
    quote: Quote
    created_at: datetime
    expires_at: datetime
    left_out: tuple[LeftOut, ...] = ()
    message_id: int | None = None
    attempt_at: datetime | None = None
    reference: str | None = None
    settled_at: datetime | None = None
    refusal: Refusal | None = None
    closed_by: ClosedBy | None = None
    asked_at: datetime | None = None
    corrected: bool = False
    fills: tuple[Fill, ...] = ()
    automatic: bool = False
    balance_before: Decimal | None = None
    balance_after: Decimal | None = None

    @property
    def is_live(self) -> bool:
        """Whether it may still change the account."""
        return self.state in LIVE

    @property
    def gross(self) -> Decimal:
        """What the fills brought before the fee, in the target asset."""
        return sum((fill.gross for fill in self.fills), ZERO)

    @property
    def fee(self) -> Decimal:
        """What the exchange kept, in the target asset."""
        return sum((fill.fee for fill in self.fills if fill.fee_asset is None), ZERO)

    @property
    def fees_elsewhere(self) -> Mapping[str, Decimal]:
        """What the exchange took in other assets than the target, by asset."""
        taken: dict[str, Decimal] = {}
        for fill in self.fills:
            if fill.fee_asset is not None:
                taken[fill.fee_asset] = taken.get(fill.fee_asset, ZERO) + fill.fee
        return taken

    @property
    def net(self) -> Decimal:
        """What was credited, in the target asset."""
        return sum((fill.net for fill in self.fills), ZERO)

    @property
    def credited(self) -> Decimal | None:
        """By how much the balance of the target has changed, in the target; None where it was not read."""
        if self.balance_before is None or self.balance_after is None:
            return None
        return self.balance_after - self.balance_before

    @property
    def unexplained(self) -> Decimal | None:
        """How much more (or less, if negative) has arrived than the exchange has reported; None where the
        two agree but for rounding, or the balance was not read."""
        if self.credited is None or not self.fills:
            return None
        difference = self.credited - self.net
        return difference if abs(difference) > ROUNDING * (len(self.fills) + 1) else None

    @property
    def not_filled(self) -> tuple[str, ...]:
        """Tokens that were sent and for which no fill is known."""
        filled = {fill.asset for fill in self.fills}
        return tuple(asset for asset in self.quote.assets if asset not in filled)


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a live conversion goes on: the new state and what it rests on."""

    state: State
    at: datetime
    fills: tuple[Fill, ...] = ()
    refusal: Refusal | None = None
    reference: str | None = None
    closed_by: ClosedBy = ClosedBy.ANSWER
    note: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class OpenDoubt:
    """A live conversion that is being looked up. `absents` counts proofs of absence in a row."""

    conversion: Conversion
    looks: int
    absents: int
    next_look_at: datetime
