"""What a rule spares: the answer for each token, from what was read and what the watcher has seen."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from dust.auto_rule import AutoTerms
from dust.conversion import QuoteLine
from dust.model import Balance, LeftOut, Reason, Snapshot
from dust.money import ZERO


def settle_since(terms: AutoTerms, now: datetime) -> datetime:
    """A token must have been there, not smaller than now, since then."""
    return now - timedelta(hours=terms.settle_hours)


def spared(
    lines: Collection[QuoteLine],
    balances: Collection[Balance],
    terms: AutoTerms,
    own_token: str | None,
    seen: Sequence[Snapshot],
    now: datetime,
) -> tuple[LeftOut, ...]:
    """The tokens that the rule leaves alone, each with the reason. `seen` are the watcher's snapshots since
    `settle_since`, led by the last one before. In doubt a token is spared."""
    locked = {one.asset for one in balances if one.locked > ZERO}
    found = []
    for line in lines:
        reason = _reason(line, terms, own_token, locked)
        if reason is None and not _is_settled(line.asset, line.amount, terms, seen, now):
            reason = Reason.RECENT
        if reason is not None:
            found.append(LeftOut(line.asset, reason))
    return tuple(found)


def _reason(
    line: QuoteLine, terms: AutoTerms, own_token: str | None, locked: Collection[str]
) -> Reason | None:
    if line.asset in terms.spared:
        return Reason.SPARED
    if line.asset == own_token and terms.reserve > ZERO:
        return Reason.RESERVE
    return Reason.LOCKED if line.asset in locked else None


def _is_settled(
    asset: str, amount: Decimal, terms: AutoTerms, seen: Sequence[Snapshot], now: datetime
) -> bool:
    """Whether the watcher has seen at least this much of it during the whole time."""
    if not terms.settle_hours:
        return True
    if not seen or seen[0].taken_at > settle_since(terms, now):
        return False  # nobody watched at the beginning of that time
    return all(one.amounts().get(asset, ZERO) >= amount for one in seen)
