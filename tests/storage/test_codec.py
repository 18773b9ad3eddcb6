"""Values survive the way into the database and back, digit by digit."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from dust.auto_rule import StopReason
from dust.conversion import Quote, QuoteLine
from dust.key_health import KeyWarning
from dust.model import Trouble
from dust.notices import (
    Alert,
    AskOwner,
    AutoAnnounced,
    AutoSkipped,
    AutoStopped,
    Corrected,
    FeeTokenLow,
    Imported,
    KeyWarned,
    LeavesSoon,
    Notice,
    Outcome,
    PeriodReport,
    Settled,
    SkipReason,
    TroubleBegan,
    TroubleEnded,
)
from dust.refusal import Refusal, RefusalKind
from storage.codec import from_json, to_json
from storage.notices_codec import KINDS, decode, encode
from storage.rows import amount_in, amount_out, time_in, time_out
from tests.factories import NOON

NOTICES: tuple[Notice, ...] = (
    Outcome("c1"),
    Settled("c1"),
    AskOwner("c1"),
    Corrected("c1"),
    FeeTokenLow("main", "BNB", Decimal("0.005"), Decimal("0.01"), Decimal("0.002"), 3),
    LeavesSoon("main", "ADA", NOON),
    AutoAnnounced("main", "c1", NOON),
    AutoSkipped("main", "c1", SkipReason.MISSED),
    AutoStopped("main", StopReason.REFUSALS, "c1"),
    Imported("c1"),
    Alert("main", Decimal("5.10"), "USD", "EUR", 12, Decimal("0.00000012"), "BNB"),
    TroubleBegan("main", Trouble.RATE_LIMITED, NOON, NOON + timedelta(minutes=3)),
    TroubleBegan("main", Trouble.UNREACHABLE, NOON),
    TroubleEnded("main", Trouble.KEY_REJECTED, NOON),
    KeyWarned("main", (KeyWarning.CAN_WITHDRAW, KeyWarning.CANNOT_CONVERT)),
    PeriodReport("main", NOON, NOON + timedelta(days=7)),
)

AMOUNTS = ("0", "0.00000012", "1E+2", "-0.1", "123456789012345678901234567890.123456789012345678")


def test_every_kind_of_notice_is_tried_here() -> None:
    assert {type(notice).__name__ for notice in NOTICES} == set(KINDS)


@pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: type(notice).__name__)
def test_a_notice_survives(notice: Notice) -> None:
    assert decode(*encode(notice)) == notice


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("Nonsense", "{}"),
        ("Outcome", "{}"),
        ("Outcome", '{"conversion_id":"c1","more":1}'),
        ("Outcome", '{"conversion_id":5}'),
        ("Outcome", '["c1"]'),
        ("TroubleEnded", '{"account":"main","trouble":"boredom","since":1}'),
        ("TroubleEnded", '{"account":"main","trouble":"refused","since":"1"}'),
    ],
)
def test_what_is_no_notice_is_refused(kind: str, body: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        decode(kind, body)


def test_a_field_that_got_a_default_later_may_be_missing_in_an_old_row() -> None:
    old = '{"account":"main","trouble":"refused","since":0}'
    assert decode("TroubleBegan", old) == TroubleBegan("main", Trouble.REFUSED, time_in(0))


@pytest.mark.parametrize("amount", AMOUNTS)
def test_an_amount_keeps_its_digits_and_has_no_exponent(amount: str) -> None:
    column = amount_out(Decimal(amount))
    assert "E" not in column
    assert amount_in(column) == Decimal(amount)


@pytest.mark.parametrize("amount", AMOUNTS)
def test_an_amount_within_a_quote_keeps_its_digits(amount: str) -> None:
    exact = Decimal(amount)
    quote = Quote("BNB", (QuoteLine("ADA", exact, exact, exact, exact, exact),), NOON, True)
    assert from_json(Quote, to_json(quote)) == quote


@pytest.mark.parametrize("column", [0.1, 1, None])
def test_an_amount_that_is_not_text_is_refused(column: object) -> None:
    with pytest.raises(ValueError, match="stored as text"):
        amount_in(column)  # type: ignore[arg-type]


@pytest.mark.parametrize("amount", ["NaN", "Infinity"])
def test_what_is_no_amount_is_not_stored(amount: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        amount_out(Decimal(amount))


def test_a_float_is_not_stored() -> None:
    with pytest.raises(TypeError, match="float"):
        to_json((0.1,))


def test_an_amount_written_as_a_number_is_refused() -> None:
    text = to_json(Alert("main", Decimal("5.1"), "USD", "USD", 1, Decimal(1), "BNB"))
    with pytest.raises(ValueError, match="stored as text"):
        from_json(Alert, text.replace('"5.1"', "5.1"))


def test_a_refusal_keeps_its_lengths_and_times() -> None:
    refusal = Refusal(RefusalKind.COOLDOWN, "-9", "wait", None, timedelta(hours=6), NOON)
    assert from_json(Refusal, to_json(refusal)) == refusal


def test_a_time_is_kept_in_utc() -> None:
    east = datetime(2026, 3, 1, 12, 0, 0, 5000, tzinfo=timezone(timedelta(hours=2)))
    assert time_in(time_out(east)) == east
    assert time_in(time_out(east)).tzinfo is UTC


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(TypeError):
        time_out(NOON.replace(tzinfo=None))
