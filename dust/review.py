"""What a review can lead to, and the rules that decide whether a consent still holds."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from dust.conversion import Conversion, Quote, State
from dust.cooldown import ConversionCooldown
from dust.model import LeftOut, Reason
from dust.money import ZERO, Rates
from dust.policy import DustPolicy


@dataclass(frozen=True, slots=True)
class Yield:
    """What a conversion of `count` tokens into `target` would bring after the fee, in the target."""

    target: str
    net: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class Review:
    """An offer that waits for its confirmation. `previous` is set when it replaces a shown one.

    `rates` tell what it is worth, where prices could be had. `instead_of` is the target that was wished and
    is not offered. `yields` is what the same tokens would bring in other targets.
    """

    conversion: Conversion
    previous: Quote | None = None
    rates: Rates | None = None
    instead_of: str | None = None
    yields: tuple[Yield, ...] = ()


@dataclass(frozen=True, slots=True)
class NothingToConvert:
    """None of the wanted tokens can be converted now."""

    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Cooling:
    """The exchange's pause lasts still (or is thought to)."""

    cooldown: ConversionCooldown


@dataclass(frozen=True, slots=True)
class Awaiting:
    """Another conversion of the account is live."""

    conversion: Conversion


OfferResult = Review | NothingToConvert | Cooling | Awaiting


class Hindrance(StrEnum):
    """Why a tap on a review does nothing; known from local data."""

    GONE = "gone"
    NOT_YOURS = "not_yours"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    ALREADY = "already"


@dataclass(frozen=True, slots=True)
class Submitted:
    """The one call was made; what came of it is on its way to the chat."""

    conversion_id: str


ConfirmResult = Submitted | Review | NothingToConvert | Cooling | Awaiting | Hindrance


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of an account without asking the exchange."""

    cooldown: ConversionCooldown | None
    live: Conversion | None


#: The expected net may fall by this share between review and confirmation without asking again.
TOLERATED_FALL = Decimal("0.02")


def compare(shown: Quote, fresh: Quote) -> bool:
    """Whether `fresh` may be sent on the strength of a consent to `shown`.

    Not if a free amount grew, nor if the net of the tokens that remain fell by more than 2 %.
    """
    before = {line.asset: line for line in shown.lines}
    if any(line.amount > before[line.asset].amount for line in fresh.lines):
        return False
    expected = sum((before[line.asset].net for line in fresh.lines), ZERO)
    return fresh.net >= expected * (1 - TOLERATED_FALL)


def pick(
    quote: Quote, wanted: Collection[str] | None, policy: DustPolicy, limit: int
) -> tuple[Quote, tuple[LeftOut, ...]]:
    """The lines to convert, at most `limit`, and what of the wanted is left out, with the reason."""
    left_out = [row for row in quote.left_out if row.asset not in policy.protected]
    known = {row.asset for row in left_out}.union(quote.assets)
    worths = {line.asset: line.worth for line in quote.lines}
    for asset in wanted or ():
        spared = policy.spares(asset, worths.get(asset, ZERO))
        reason = spared or (Reason.NOT_LISTED if asset not in known else None)
        if reason is not None:
            left_out.append(LeftOut(asset, reason))
    lines = [line for line in quote.lines if policy.spares(line.asset, line.worth) is None]
    left_out += [LeftOut(line.asset, Reason.TOO_SMALL) for line in lines if line.net <= ZERO]
    lines = [line for line in lines if line.net > ZERO]
    left_out += [LeftOut(line.asset, Reason.OVER_LIMIT) for line in lines[limit:]]
    return replace(quote, lines=tuple(lines[:limit])), tuple(left_out)


def hindrance_of(conversion: Conversion | None, user_id: int, now: datetime) -> Hindrance | None:
    """Why this person can't confirm this review now."""
    if conversion is None:
        return Hindrance.GONE
    if conversion.user_id != user_id:
        return Hindrance.NOT_YOURS
    if conversion.state is State.CANCELLED:
        return Hindrance.CANCELLED
    if conversion.state is State.EXPIRED:
        return Hindrance.EXPIRED
    if conversion.state is not State.QUOTED:
        return Hindrance.ALREADY
    return Hindrance.EXPIRED if now >= conversion.expires_at else None
