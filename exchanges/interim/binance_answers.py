"""Binance's answers in the domain's words. Raises BadAnswer for any other shape."""

from collections.abc import Collection, Mapping, Sequence

from dust.conversion import Conversion, Fill, LogRecord, Quote
from dust.model import Balance, Candidate
from dust.money import ZERO
from exchanges.interim.answers import BadAnswer, amount, as_dict, as_list, label, moment, rows, text

Row = Mapping[str, object]

#: Simple Earn positions appear as assets named LD and the asset: LDUSDT. LDO is a coin of its own.
_EARN = "LD"
_SHORTEST_EARN = 5


def flag(row: Row, key: str) -> bool | None:
    """A permission; None where the exchange does not tell."""
    value = row.get(key)
    return value if isinstance(value, bool) else None


def candidates(answer: object) -> tuple[Candidate, ...]:
    """`asset/dust-btc`: `toBNB` is gross, `exchange` the fee, `toBNBOffExchange` net; worth in BTC."""
    return tuple(
        Candidate(
            asset=text(row, "asset"),
            amount=amount(row, "amountFree"),
            worth=amount(row, "toBTC"),
            gross=amount(row, "toBNB"),
            fee=amount(row, "exchange"),
            net=amount(row, "toBNBOffExchange"),
        )
        for row in rows(answer, "details")
    )


def balances(answer: object) -> tuple[Balance, ...]:
    """`asset/getUserAsset`; `btcValuation` is the worth of all of it in BTC."""
    found = (_balance(as_dict(row)) for row in as_list(answer))
    return tuple(balance for balance in found if not _is_earn(balance.asset))


def _balance(row: Row) -> Balance:
    return Balance(
        asset=text(row, "asset"),
        free=amount(row, "free"),
        locked=amount(row, "locked"),
        frozen=amount(row, "freeze"),
        withdrawing=amount(row, "withdrawing"),
        worth=amount(row, "btcValuation"),
    )


def _is_earn(asset: str) -> bool:
    return asset.startswith(_EARN) and len(asset) >= _SHORTEST_EARN


def transfer(answer: object, sent: Collection[str]) -> tuple[Fill, ...]:
    """`asset/dust`: `transferedAmount` is before the fee (reconciled against real balances in ccxt #10272).

    Raises BadAnswer where there is no row, or one for a token that was not sent: nothing is proven then.
    """
    fills = tuple(
        Fill(
            trade_id=f"{label(row, 'tranId')}:{text(row, 'fromAsset')}",
            asset=text(row, "fromAsset"),
            amount=amount(row, "amount"),
            gross=amount(row, "transferedAmount"),
            fee=amount(row, "serviceChargeAmount"),
            at=moment(row, "operateTime"),
        )
        for row in rows(answer, "transferResult")
    )
    assets = [fill.asset for fill in fills]
    if not fills or len(set(assets)) != len(assets) or not set(assets) <= set(sent):
        raise BadAnswer("the rows are not the tokens that were sent")
    return fills


def log_records(answer: object) -> tuple[LogRecord, ...]:
    """`asset/dribblet`, oldest first. `total` counts more than is shown and is ignored."""
    records = [_record(row) for row in rows(answer, "userAssetDribblets")]
    return tuple(sorted(records, key=lambda record: record.at))


def _record(row: Row) -> LogRecord:
    record_id = label(row, "transId")
    details = rows(row, "userAssetDribbletDetails")
    if not details:
        raise BadAnswer("a conversion without tokens")
    return LogRecord(
        record_id=record_id,
        at=moment(row, "operateTime"),
        # In the answers since 2025 only; before, every target was BNB.
        target=str(details[0].get("targetAsset") or "BNB"),
        fills=tuple(_logged(record_id, detail) for detail in details),
    )


def _logged(record_id: str, row: Row) -> Fill:
    """A token of a group. The group's id alone is not unique, the row's need not be the answer's `tranId`."""
    asset = text(row, "fromAsset")
    return Fill(
        trade_id=f"log:{record_id}:{label(row, 'transId')}:{asset}",
        asset=asset,
        amount=amount(row, "amount"),
        gross=amount(row, "transferedAmount"),
        fee=amount(row, "serviceChargeAmount"),
        at=moment(row, "operateTime"),
    )


def fills_of(
    conversion: Conversion, records: Sequence[LogRecord], owned: Collection[str]
) -> tuple[Fill, ...]:
    """What the log around the attempt shows of this conversion: groups of nothing but its tokens that
    belong to no other one."""
    quoted = set(conversion.quote.assets)
    found: dict[str, Fill] = {}
    for record in records:
        mine = {fill.asset for fill in record.fills} <= quoted
        free = not any(fill.trade_id in owned for fill in record.fills)
        if mine and free and record.target == conversion.quote.target:
            found.update({fill.trade_id: fill for fill in record.fills})
    return tuple(found.values())


def all_there(quote: Quote, held: Sequence[Balance]) -> bool:
    """Whether every quoted token is still free in the quoted amount."""
    free = {balance.asset: balance.free for balance in held}
    return all(free.get(line.asset, ZERO) >= line.amount for line in quote.lines)
