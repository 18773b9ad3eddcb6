"""Binance's answers as values.

Source: wallet documentation (asset/dust-btc, asset/dust, asset/dust-convert, asset/getUserAsset,
account/apiRestrictions, bnbBurn).

All functions raise `Malformed` for anything but the documented shape; unknown extra keys are ignored.
"""

from collections.abc import Collection

from dust.conversion import Fill
from dust.model import Balance, Candidate, KeyReport
from dust.money import DEFAULT_CURRENCY, ZERO, Rates
from exchanges.answers import (
    Malformed,
    amount,
    as_object,
    as_rows,
    flag,
    identifier,
    moment,
    positive,
    text,
    to_milliseconds,
)


def candidates(answer: object) -> tuple[Candidate, ...]:
    """The preview: amounts in BTC (`toBTC`) and BNB (gross `toBNB`, fee `exchange`)."""
    return tuple(
        Candidate(
            asset=text(row, "asset"),
            amount=amount(row, "amountFree"),
            worth=amount(row, "toBTC"),
            gross=amount(row, "toBNB"),
            fee=amount(row, "exchange"),
            net=amount(row, "toBNBOffExchange"),
        )
        for row in as_rows(as_object(answer, "the preview").get("details"), "details")
    )


def candidates_for(answer: object, rates: Rates) -> tuple[Candidate, ...]:
    """The preview of another target (asset/dust-convert/query-convertible-assets).

    `toQuotaAssetAmount` is in a unit that the documentation does not name; in its example it is a dollar.
    """
    return tuple(
        Candidate(
            asset=text(row, "asset"),
            amount=amount(row, "amountFree"),
            worth=amount(row, "toQuotaAssetAmount") / rates.per_base[DEFAULT_CURRENCY],
            gross=amount(row, "toTargetAssetAmount"),
            fee=amount(row, "exchange"),
            net=amount(row, "toTargetAssetOffExchange"),
        )
        for row in as_rows(as_object(answer, "the preview").get("details"), "details")
    )


def balances(answer: object) -> tuple[Balance, ...]:
    """The spot wallet, without the positions of Simple Earn that show up in it."""
    rows = (
        Balance(
            asset=text(row, "asset"),
            free=amount(row, "free"),
            locked=amount(row, "locked"),
            frozen=amount(row, "freeze"),
            withdrawing=amount(row, "withdrawing"),
            worth=amount(row, "btcValuation"),
        )
        for row in as_rows(answer, "the wallet")
    )
    return tuple(row for row in rows if row.total > ZERO and not _is_earn_position(row.asset))


def _is_earn_position(asset: str) -> bool:
    """`LDBTC` is BTC lent to Simple Earn; `LDO` is a token."""
    return asset.startswith("LD") and len(asset) >= len("LD") + 2


def fills(answer: object, asked: Collection[str]) -> tuple[Fill, ...]:
    """What a conversion brought: at least one row, each for another one of the `asked` assets.

    `transferedAmount` is before the fee: real answers and a reconciled balance show it, the documentation
    does not say.
    """
    rows = as_rows(as_object(answer, "the answer").get("transferResult"), "transferResult")
    found = tuple(
        Fill(
            trade_id=f"{identifier(row, 'tranId')}:{text(row, 'fromAsset')}",
            asset=text(row, "fromAsset"),
            amount=positive(row, "amount"),
            gross=amount(row, "transferedAmount"),
            fee=amount(row, "serviceChargeAmount"),
            at=moment(row, "operateTime"),
        )
        for row in rows
    )
    assets = {fill.asset for fill in found}
    if not found:
        raise Malformed("transferResult is empty")  # nothing proves that nothing was converted
    if len(assets) != len(found) or not assets <= set(asked):
        raise Malformed("transferResult names assets that were not asked for, or one twice")
    return found


def key_report(answer: object) -> KeyReport:
    """What the key may do."""
    row = as_object(answer, "the key's restrictions")
    return KeyReport(
        can_read=flag(row, "enableReading"),
        can_convert=flag(row, "enableSpotAndMarginTrading"),
        can_withdraw=flag(row, "enableWithdrawals"),
        ip_restricted=flag(row, "ipRestrict"),
    )


def burns(answer: object) -> bool:
    """Whether spot fees are paid in BNB (bnbBurn)."""
    on = flag(as_object(answer, "the switch"), "spotBNBBurn")
    if on is None:
        raise Malformed("spotBNBBurn is missing")
    return on


def server_time(answer: object) -> int:
    """Milliseconds since 1970; seconds or microseconds do not pass for them."""
    at = moment(as_object(answer, "the time"), "serverTime")
    if not 2020 <= at.year < 2100:
        raise Malformed("serverTime is not of our time")
    return to_milliseconds(at)
