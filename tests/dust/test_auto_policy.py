"""What a rule leaves alone, and what its terms mean."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from dust.auto_policy import settle_since, spared
from dust.auto_rule import SPARED, AutoRule, AutoRun, AutoTerms, Quiet, RuleState
from dust.model import Balance, LeftOut, Reason, Snapshot, SnapshotLine
from dust.money import ZERO, Money, Rates
from tests.factories import NOON, a_line

TERMS = AutoTerms(Money(Decimal(5), "USD"))
HOUR = timedelta(hours=1)


def seen(hours_ago: int, **amounts: str) -> Snapshot:
    lines = tuple(SnapshotLine(one, Decimal(amount), Decimal(1)) for one, amount in amounts.items())
    return Snapshot("main", NOON - hours_ago * HOUR, lines, Rates("BTC", {}, NOON))


def alone(
    *snapshots: Snapshot,
    terms: AutoTerms = TERMS,
    asset: str = "ADA",
    amount: str = "2",
    locked: str = "0",
) -> tuple[LeftOut, ...]:
    balance = Balance(asset, Decimal(amount), Decimal(locked), ZERO, ZERO, ZERO)
    return spared([a_line(asset, amount)], [balance], terms, "BNB", snapshots, NOON)


def test_what_lay_there_all_the_time_is_taken() -> None:
    assert alone(seen(30, ADA="2")) == ()
    assert alone(seen(24, ADA="2")) == ()
    assert alone(seen(30, ADA="5"), seen(3, ADA="2")) == ()


@pytest.mark.parametrize(
    "snapshots",
    [
        (),
        (seen(23, ADA="2"),),
        (seen(30, TRX="2"),),
        (seen(30, ADA="1.99999999"),),
        (seen(30, ADA="2"), seen(20), seen(10, ADA="2")),
        (seen(30, ADA="2"), seen(20, ADA="1"), seen(10, ADA="2")),
    ],
    ids=["never seen", "seen too late", "another", "has grown", "was away", "was less"],
)
def test_what_came_or_grew_lately_is_spared_and_in_doubt_everything(
    snapshots: tuple[Snapshot, ...],
) -> None:
    assert alone(*snapshots) == (LeftOut("ADA", Reason.RECENT),)


def test_without_hours_nothing_is_new() -> None:
    assert alone(terms=replace(TERMS, settle_hours=0)) == ()
    assert settle_since(replace(TERMS, settle_hours=0), NOON) == NOON


def test_what_has_an_open_order_is_spared() -> None:
    assert alone(seen(30, ADA="2"), locked="0.1") == (LeftOut("ADA", Reason.LOCKED),)


def test_money_and_what_the_person_has_named_are_spared() -> None:
    for asset in ("USDT", "USDC", "FDUSD", "BTC", "ETH", "EUR"):
        assert alone(seen(30, **{asset: "2"}), asset=asset) == (LeftOut(asset, Reason.SPARED),)
    named = replace(TERMS, spared=frozenset({"ADA"}))
    assert alone(seen(30, ADA="2"), terms=named) == (LeftOut("ADA", Reason.SPARED),)
    assert alone(seen(30, USDT="2"), terms=named, asset="USDT") == ()


def test_the_exchanges_own_token_goes_only_without_a_reserve() -> None:
    kept = seen(30, BNB="2")
    assert alone(kept, asset="BNB") == (LeftOut("BNB", Reason.RESERVE),)
    assert alone(kept, asset="BNB", terms=replace(TERMS, reserve=Decimal(0))) == ()


@pytest.mark.parametrize(
    ("quiet", "zone", "moment", "covered"),
    [
        (Quiet(23 * 60, 7 * 60), "UTC", "2026-03-01T23:00", True),
        (Quiet(23 * 60, 7 * 60), "UTC", "2026-03-01T06:59", True),
        (Quiet(23 * 60, 7 * 60), "UTC", "2026-03-01T07:00", False),
        (Quiet(23 * 60, 7 * 60), "UTC", "2026-03-01T22:59", False),
        (Quiet(9 * 60, 17 * 60), "UTC", "2026-03-01T12:00", True),
        (Quiet(9 * 60, 17 * 60), "Asia/Tokyo", "2026-03-01T12:00", False),
        (Quiet(2 * 60, 3 * 60), "Europe/Berlin", "2026-03-29T01:30", False),
        (Quiet(2 * 60, 3 * 60), "Europe/Berlin", "2026-10-25T00:30", True),
        (Quiet(2 * 60, 3 * 60), "Europe/Berlin", "2026-10-25T01:30", True),
    ],
)
def test_quiet_hours_are_local_and_may_reach_past_midnight(
    quiet: Quiet, zone: str, moment: str, covered: bool
) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert quiet.covers(at, ZoneInfo(zone)) is covered


def test_a_window_is_free_when_its_time_is_over_and_nothing_waits() -> None:
    used = AutoRule("main", 7, replace(TERMS, every=6 * HOUR), AutoRun(window_at=NOON))
    assert AutoRule("main", 7, TERMS).is_free(NOON)
    assert not used.is_free(NOON + 6 * HOUR - timedelta(seconds=1))
    assert used.is_free(NOON + 6 * HOUR)
    assert not replace(used, run=AutoRun(conversion_id="c1")).is_free(NOON)


def test_the_mark_changes_with_whatever_is_consented_to() -> None:
    others = {
        "minimum": Money(Decimal(6), "USD"),
        "every": HOUR,
        "target": "USDC",
        "quiet": Quiet(0, 60),
        "settle_hours": 1,
        "spared": SPARED - {"BTC"},
        "reserve": Decimal(0),
        "announce": HOUR,
    }
    assert set(others) | {"state", "user_id"} == {field.name for field in fields(AutoTerms)}
    marks = {replace(TERMS, **{name: value}).mark() for name, value in others.items()}  # type: ignore[arg-type]
    assert len(marks | {TERMS.mark()}) == len(others) + 1
    assert replace(TERMS, state=RuleState.ON, user_id=7).mark() == TERMS.mark()
