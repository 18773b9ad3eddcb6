"""Ready-made values for tests; each argument says what the test is about, the rest is unremarkable."""

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from dust.conversion import ClosedBy, Conversion, Fill, Origin, Quote, QuoteLine, State

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

_ids = itertools.count(1)


def a_line(asset: str = "ADA", amount: str = "1.5", net: str = "0.00098") -> QuoteLine:
    """A token worth about a dollar, with a fee of two per cent."""
    gross = Decimal(net) / Decimal("0.98")
    return QuoteLine(asset, Decimal(amount), gross, gross, gross - Decimal(net), Decimal(net))


def a_quote(*assets: str, taken_at: datetime = NOON) -> Quote:
    """An estimate in BNB for these tokens (ADA and TRX if none are named)."""
    return Quote("BNB", tuple(a_line(asset) for asset in assets or ("ADA", "TRX")), taken_at)


def a_fill(trade_id: str = "", asset: str = "ADA", at: datetime = NOON) -> Fill:
    """One executed leg with a trade id of its own."""
    amounts = Decimal("1.5"), Decimal("0.001"), Decimal("0.00002")
    return Fill(trade_id or f"trade-{next(_ids)}", asset, *amounts, at)


def a_conversion(
    conversion_id: str = "",
    *,
    account: str = "main",
    chat_id: int = 7,
    user_id: int = 7,
    quote: Quote | None = None,
    created_at: datetime = NOON,
    message_id: int | None = None,
) -> Conversion:
    """An offer, good for five minutes."""
    return Conversion(
        id=conversion_id or f"conversion-{next(_ids)}",
        account=account,
        chat_id=chat_id,
        user_id=user_id,
        origin=Origin.CHAT,
        state=State.QUOTED,
        quote=quote or a_quote(taken_at=created_at),
        created_at=created_at,
        expires_at=created_at + timedelta(minutes=5),
        message_id=message_id,
    )


def an_imported_conversion(
    fills: Sequence[Fill] = (), *, account: str = "main", at: datetime = NOON
) -> Conversion:
    """A conversion made on the exchange's website."""
    return Conversion(
        id=f"imported-{next(_ids)}",
        account=account,
        chat_id=None,
        user_id=None,
        origin=Origin.EXCHANGE,
        state=State.FILLED,
        quote=a_quote("ADA", taken_at=at),
        created_at=at,
        expires_at=at,
        attempt_at=at,
        settled_at=at,
        closed_by=ClosedBy.LOOKING,
        fills=tuple(fills) or (a_fill(at=at),),
    )
