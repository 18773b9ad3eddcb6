"""A conversion as a row, and back."""

import json

from dust.conversion import ClosedBy, Conversion, Fill, OpenDoubt, Origin, Quote, State
from dust.model import LeftOut
from dust.refusal import Refusal
from storage.codec import from_json, to_json
from storage.db import Row, Value
from storage.rows import (
    amount_in,
    maybe_amount_in,
    maybe_time_in,
    maybe_time_out,
    time_in,
    time_out,
)


def columns(conversion: Conversion) -> tuple[Value, ...]:
    """The columns of the table `conversion` that are written when it begins, in their order."""
    refusal = conversion.refusal
    return (
        conversion.id,
        conversion.account,
        conversion.chat_id,
        conversion.user_id,
        conversion.origin,
        conversion.state,
        to_json(conversion.quote),
        to_json(conversion.left_out),
        time_out(conversion.created_at),
        time_out(conversion.expires_at),
        conversion.message_id,
        maybe_time_out(conversion.attempt_at),
        conversion.reference,
        maybe_time_out(conversion.settled_at),
        None if refusal is None else to_json(refusal),
        conversion.closed_by,
        maybe_time_out(conversion.asked_at),
        conversion.corrected,
        conversion.automatic,
    )


def conversion_of(row: Row) -> Conversion:
    """The conversion in a row of `conversion_with_fills`."""
    return Conversion(
        id=row["id"],
        account=row["account"],
        chat_id=row["chat_id"],
        user_id=row["user_id"],
        origin=Origin(row["origin"]),
        state=State(row["state"]),
        quote=from_json(Quote, row["quote"]),
        left_out=from_json(tuple[LeftOut, ...], row["left_out"]),
        created_at=time_in(row["created_at"]),
        expires_at=time_in(row["expires_at"]),
        message_id=row["message_id"],
        attempt_at=maybe_time_in(row["attempt_at"]),
        reference=row["reference"],
        settled_at=maybe_time_in(row["settled_at"]),
        refusal=None if row["refusal"] is None else from_json(Refusal, row["refusal"]),
        closed_by=None if row["closed_by"] is None else ClosedBy(row["closed_by"]),
        asked_at=maybe_time_in(row["asked_at"]),
        corrected=bool(row["corrected"]),
        fills=_fills(row["fills"]),
        automatic=bool(row["automatic"]),
        balance_before=maybe_amount_in(row["balance_before"]),
        balance_after=maybe_amount_in(row["balance_after"]),
    )


def doubt_of(row: Row) -> OpenDoubt:
    """The doubt in a row of `conversion_with_fills` that is still being looked up."""
    next_look_at = time_in(row["next_look_at"])
    return OpenDoubt(conversion_of(row), row["looks"], row["absents"], next_look_at)


def _fills(column: str) -> tuple[Fill, ...]:
    placed = sorted(json.loads(column), key=lambda pair: int(pair[0]))
    return tuple(
        Fill(
            trade_id=fill["trade_id"],
            asset=fill["asset"],
            amount=amount_in(fill["amount"]),
            gross=amount_in(fill["gross"]),
            fee=amount_in(fill["fee"]),
            at=time_in(fill["at"]),
            fee_asset=fill["fee_asset"],
        )
        for _, fill in placed
    )
