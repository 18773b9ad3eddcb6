"""What the journal's transactions are made of."""

from collections.abc import Sequence
from datetime import datetime

from dust.conversion import LIVE, Conversion, Fill, Settlement, State
from storage.codec import to_json
from storage.db import Transaction
from storage.journal_rows import columns, conversion_of
from storage.rows import amount_out, time_out

_LOAD = "SELECT * FROM conversion_with_fills WHERE id = ?"

_INSERT = """
INSERT INTO conversion (id, account, chat_id, user_id, origin, state, quote, left_out, created_at,
    expires_at, message_id, attempt_at, reference, settled_at, refusal, closed_by, asked_at,
    corrected, automatic)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

_EVENT = """
INSERT INTO conversion_event (conversion_id, at, from_state, to_state, note, raw)
VALUES (?, ?, ?, ?, ?, ?)
"""

_ADVANCE = """
UPDATE conversion SET state = ?, reference = coalesce(?, reference), settled_at = ?,
    refusal = coalesce(?, refusal), closed_by = ?, corrected = ?, looks = 0, absents = 0,
    next_look_at = ? WHERE id = ?
"""

_FILL = """
INSERT INTO fill (account, trade_id, conversion_id, position, asset, amount, gross, fee, at, fee_asset)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

_OWNER_OF_TRADE = "SELECT conversion_id FROM fill WHERE account = ? AND trade_id = ?"


async def load(transaction: Transaction, conversion_id: str) -> Conversion:
    """The conversion as the transaction sees it. Raises ValueError if there is none."""
    row = await transaction.one(_LOAD, conversion_id)
    if row is None:
        raise ValueError(f"no such conversion: {conversion_id}")
    return conversion_of(row)


async def insert(transaction: Transaction, conversion: Conversion, note: str) -> None:
    """Adds the conversion with its first event and its fills."""
    await transaction.run(_INSERT, *columns(conversion))
    at = conversion.created_at
    await add_event(transaction, conversion.id, at, None, conversion.state, note)
    await add_fills(transaction, conversion, conversion.fills)


async def add_event(
    transaction: Transaction,
    conversion_id: str,
    at: datetime,
    before: State | None,
    after: State,
    note: str = "",
    raw: str = "",
) -> None:
    """Adds one line to the conversion's story."""
    await transaction.run(_EVENT, conversion_id, time_out(at), before, after, note, raw)


async def advance(
    transaction: Transaction, old: Conversion, settlement: Settlement, *, corrected: bool = False
) -> Conversion:
    """Writes the new state, its event and its fills. A doubt is to be looked up at once."""
    live = settlement.state in LIVE
    at = time_out(settlement.at)
    await transaction.run(
        _ADVANCE,
        settlement.state,
        settlement.reference,
        None if live else at,
        None if settlement.refusal is None else to_json(settlement.refusal),
        None if live else settlement.closed_by,
        corrected,
        at if live else None,
        old.id,
    )
    note, raw = settlement.note, settlement.raw
    await add_event(transaction, old.id, settlement.at, old.state, settlement.state, note, raw)
    await add_fills(transaction, old, settlement.fills)
    return await load(transaction, old.id)


async def add_fills(
    transaction: Transaction, conversion: Conversion, fills: Sequence[Fill]
) -> None:
    """Adds the fills. Raises ValueError for a trade id that any conversion of the account has already."""
    if len({fill.trade_id for fill in fills}) < len(fills):
        raise ValueError("two fills have the same trade id")
    for position, fill in enumerate(fills):
        if await is_known(transaction, conversion.account, fill):
            raise ValueError(f"trade {fill.trade_id} is known already")
        await transaction.run(
            _FILL,
            conversion.account,
            fill.trade_id,
            conversion.id,
            position,
            fill.asset,
            amount_out(fill.amount),
            amount_out(fill.gross),
            amount_out(fill.fee),
            time_out(fill.at),
            fill.fee_asset,
        )


async def is_known(transaction: Transaction, account: str, fill: Fill) -> bool:
    """Whether a conversion of the account has this trade already."""
    return await transaction.one(_OWNER_OF_TRADE, account, fill.trade_id) is not None
