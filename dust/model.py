"""The nouns of a wallet full of dust."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from dust.money import ZERO, Money, Rates
from dust.remedy import Remedy


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an exchange can do, as data.

    `max_assets` is the most that one conversion can be read back for. `ceiling_range` are the lowest and
    the highest dust ceiling that the exchange is known to have had, in the base asset `valued_in`: they
    name the reason why a balance is not offered, and never decide what is converted. `target` is what dust
    becomes unless something else is wished; `targets` are those worth asking for. `fee_token` is what
    trading fees can be paid in instead of the token that is bought.
    """

    exchange: str
    display_name: str
    target: str
    valued_in: str
    max_assets: int
    ceiling_range: tuple[Decimal, Decimal]
    targets: tuple[str, ...] = ()
    remedies: frozenset[Remedy] = frozenset({Remedy.DUST})
    fee_token: str | None = None


@dataclass(frozen=True, slots=True)
class KeyReport:
    """What the exchange says about the API key; None where it does not tell."""

    can_read: bool | None
    can_convert: bool | None
    can_withdraw: bool | None
    ip_restricted: bool | None


@dataclass(frozen=True, slots=True)
class Balance:
    """One asset of the spot wallet. Amounts in the asset; `worth` is that of all of it, in the base asset."""

    asset: str
    free: Decimal
    locked: Decimal
    frozen: Decimal
    withdrawing: Decimal
    worth: Decimal

    @property
    def total(self) -> Decimal:
        """Everything of the asset, whether it can be used now or not."""
        return self.free + self.locked + self.frozen + self.withdrawing


@dataclass(frozen=True, slots=True)
class Candidate:
    """A balance that the exchange offers to convert now.

    `amount` in the asset, `worth` in the exchange's base asset, `gross`, `fee` and `net` in the target.
    """

    asset: str
    amount: Decimal
    worth: Decimal
    gross: Decimal
    fee: Decimal
    net: Decimal


@dataclass(frozen=True, slots=True)
class Candidates:
    """The exchange's list of convertible dust at one moment."""

    account: str
    target: str
    items: tuple[Candidate, ...]
    taken_at: datetime


class Reason(StrEnum):
    """Why a token can't be converted now."""

    LOCKED = "locked"
    FROZEN = "frozen"
    WITHDRAWING = "withdrawing"
    ABOVE_CEILING = "above_ceiling"
    ABOVE_OWN_CEILING = "above_own_ceiling"
    TOO_SMALL = "too_small"
    NOT_SUPPORTED = "not_supported"
    PROTECTED = "protected"
    OVER_LIMIT = "over_limit"
    NOT_LISTED = "not_listed"
    BELOW_MINIMUM = "below_minimum"
    ABOVE_MAXIMUM = "above_maximum"
    NOT_ENOUGH = "not_enough"
    NO_MARKET = "no_market"
    MARKET_CLOSED = "market_closed"
    SPARED = "spared"
    RECENT = "recent"
    RESERVE = "reserve"
    NO_BUYER = "no_buyer"


#: What keeps a token out of a conversion of dust, and not off its market.
_SALEABLE = frozenset({Reason.ABOVE_CEILING, Reason.NOT_SUPPORTED})


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A token that was asked for but is not part of a conversion, and why.

    Both in the asset: `amount` is what there is of it, `limit` the minimum or maximum that keeps it out.
    `worth` is that of `amount`, in the exchange's base asset, where it is known.
    """

    asset: str
    reason: Reason
    amount: Decimal | None = None
    limit: Decimal | None = None
    worth: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of an asset one conversion takes, in the asset."""

    least: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class DustItem:
    """A convertible balance with its worth in the report's currency; the rest as in `Candidate`."""

    asset: str
    amount: Decimal
    worth: Decimal
    gross: Decimal
    fee: Decimal
    net: Decimal


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Dust that can't be converted now. `amount` in the asset, `worth` in the report's currency.
    `worthless`: it would bring nothing, or is worth less than a cent."""

    asset: str
    amount: Decimal
    worth: Decimal
    reason: Reason
    worthless: bool = False


@dataclass(frozen=True, slots=True)
class DustReport:
    """One account's dust as one chat sees it, the most valuable first.

    `wanted_currency` differs from `currency` where the wanted one has no price now. `remedies` are those
    that the account has. `above_ceiling` is how many balances the exchange would convert and the chat's own
    dust ceiling keeps out.
    """

    account: str
    target: str
    currency: str
    wanted_currency: str
    items: tuple[DustItem, ...]
    held_back: tuple[HeldBack, ...]
    taken_at: datetime
    remedies: frozenset[Remedy] = frozenset({Remedy.DUST})
    above_ceiling: int = 0

    @property
    def folded(self) -> tuple[HeldBack, ...]:
        """What need not be named one by one."""
        rows = tuple(row for row in self.held_back if row.worthless)
        return rows if len(rows) > 1 else ()

    @property
    def for_sale(self) -> tuple[HeldBack, ...]:
        """What is worth something, and is held back for a reason that keeps nobody from selling it."""
        if Remedy.SALE not in self.remedies:
            return ()
        return tuple(row for row in self.held_back if row.reason in _SALEABLE and not row.worthless)

    @property
    def worth(self) -> Money:
        """What all convertible dust is worth, in the report's currency."""
        return Money(sum((item.worth for item in self.items), ZERO), self.currency)

    @property
    def gross(self) -> Decimal:
        """The sum in the target asset before the fee."""
        return sum((item.gross for item in self.items), ZERO)

    @property
    def fee(self) -> Decimal:
        """What the exchange would keep, in the target asset."""
        return sum((item.fee for item in self.items), ZERO)

    @property
    def net(self) -> Decimal:
        """What would be received, in the target asset."""
        return sum((item.net for item in self.items), ZERO)


@dataclass(frozen=True, slots=True)
class SnapshotLine:
    """One convertible balance in a snapshot: `amount` in the asset, `worth` in the base asset."""

    asset: str
    amount: Decimal
    worth: Decimal


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An account's convertible dust at one moment, with the rates of that moment."""

    account: str
    taken_at: datetime
    lines: tuple[SnapshotLine, ...]
    rates: Rates

    def amounts(self) -> dict[str, Decimal]:
        """The amount of each asset."""
        return {line.asset: line.amount for line in self.lines}


class Trouble(StrEnum):
    """Why an account can't be watched at present."""

    UNREACHABLE = "unreachable"
    MAINTENANCE = "maintenance"
    RATE_LIMITED = "rate_limited"
    KEY_REJECTED = "key_rejected"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class AccountWatch:
    """What the watcher remembers of an account between two looks; all times aware UTC.

    `trouble` is set when the chats were told of it; `failures` counts looks that failed in a row.
    `log_read_at` is None until the exchange's log was read for the first time.
    """

    account: str
    next_check_at: datetime | None = None
    checked_at: datetime | None = None
    failures: int = 0
    trouble: Trouble | None = None
    trouble_since: datetime | None = None
    log_read_at: datetime | None = None
    log_due: bool = True
