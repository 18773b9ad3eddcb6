"""Fills as people read them: one line for each token, fees in whatever they were paid."""

from collections.abc import Sequence
from dataclasses import replace

from dust.conversion import Conversion, Fill
from dust.money import ZERO
from handlers.views.format import fmt_amount, fmt_coin


def by_asset(fills: Sequence[Fill]) -> tuple[Fill, ...]:
    """The fills of each token added up, in their order; a fee in another asset is left out of the sum."""
    sums: dict[str, Fill] = {}
    for fill in fills:
        own = fill.fee if fill.fee_asset is None else ZERO
        old = sums.get(fill.asset)
        sums[fill.asset] = (
            replace(fill, fee=own, fee_asset=None)
            if old is None
            else replace(
                old,
                amount=old.amount + fill.amount,
                gross=old.gross + fill.gross,
                fee=old.fee + own,
            )
        )
    return tuple(sums.values())


def fmt_rate(fills: Sequence[Fill]) -> str:
    """Units of the target before the fee for one of the token."""
    paid = sum((fill.amount for fill in fills), ZERO)
    return fmt_amount(sum((fill.gross for fill in fills), ZERO) / paid if paid else ZERO, 12)


def fees_text(conversion: Conversion) -> str:
    """`0.006 USDT`, `0.00001 BNB`, or both."""
    others = conversion.fees_elsewhere
    fees = [fmt_coin(fee, asset) for asset, fee in sorted(others.items())]
    if conversion.fee > ZERO or not others:
        fees.insert(0, fmt_coin(conversion.fee, conversion.quote.target))
    return " + ".join(fees)
