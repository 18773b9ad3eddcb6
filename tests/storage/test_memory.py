"""What is remembered of chats and accounts comes back as it was."""

import asyncio
from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from dust.alerting import AlertState
from dust.cooldown import ConversionCooldown, LearnedFrom
from dust.key_health import KeyHealth, KeyWarning
from dust.model import AccountWatch, KeyReport, Snapshot, SnapshotLine, Trouble
from dust.money import Money, Rates
from dust.notices import KeyWarned, PeriodReport
from dust.preferences import ChatSettings, Period, ReportSchedule
from storage.store import Store
from tests.factories import NOON
from tests.storage.steps import queued, to

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

SETTINGS = ChatSettings(
    chat_id=-100,
    currency="EUR",
    threshold=Money(Decimal("0.00000012"), "BTC"),
    alert_cooldown=timedelta(hours=3),
    ceiling=Money(Decimal("0.00000034"), "BNB"),
    report=ReportSchedule(Period.WEEKLY, time(8, 30), 4),
    zone="Europe/Berlin",
    silent=True,
    snoozed_until=NOON,
    protected=frozenset({"BTC", "ETH"}),
)


async def test_a_chat_that_chose_nothing_has_the_defaults(store: Store) -> None:
    assert await store.preferences.get(1) == ChatSettings(1)


async def test_choices_survive_a_restart(store: Store, path: Path) -> None:
    await store.preferences.save(SETTINGS)
    await store.close()
    again = await Store.open(path)
    try:
        assert await again.preferences.get(-100) == SETTINGS
    finally:
        await again.close()


async def test_choices_can_be_taken_back(store: Store) -> None:
    await store.preferences.save(SETTINGS)
    await store.preferences.save(replace(SETTINGS, chat_id=5))
    await store.preferences.save(ChatSettings(-100, protected=frozenset({"ETH"})))
    assert await store.preferences.get(-100) == ChatSettings(-100, protected=frozenset({"ETH"}))
    assert await store.preferences.get(5) == replace(SETTINGS, chat_id=5)


async def test_an_amount_is_text_in_the_file(store: Store) -> None:
    await store.preferences.save(SETTINGS)
    row = await store.database.one("SELECT threshold, typeof(threshold) FROM chat_settings")
    assert row is not None
    assert tuple(row) == ("0.00000012", "text")


@pytest.mark.parametrize("length", [None, HOUR])
async def test_a_conversion_cooldown_is_remembered(store: Store, length: timedelta | None) -> None:
    pause = ConversionCooldown("main", NOON, NOON + HOUR, LearnedFrom.LOG, NOON, length)
    assert await store.cooldowns.get("main") is None
    await store.cooldowns.save(replace(pause, until=NOON))
    await store.cooldowns.save(pause)
    assert await store.cooldowns.get("main") == pause
    assert await store.cooldowns.get("spare") is None


async def test_an_alert_is_remembered_by_account_and_chat(store: Store) -> None:
    told = AlertState("main", 1, armed=False, last_alert_at=NOON)
    await store.alerts.save(told)
    assert await store.alerts.get("main", 1) == told
    assert await store.alerts.get("main", 2) == AlertState("main", 2)
    assert await store.alerts.get("spare", 1) == AlertState("spare", 1)


async def test_an_accounts_watch_is_remembered(store: Store) -> None:
    assert await store.watches.get("main") == AccountWatch("main")
    watch = AccountWatch("main", NOON, NOON, 3, Trouble.MAINTENANCE, NOON, NOON, log_due=False)
    await store.watches.save(watch)
    assert await store.watches.get("main") == watch
    await store.watches.save(AccountWatch("main"))
    assert await store.watches.get("main") == AccountWatch("main")


async def test_what_is_known_of_a_key_is_remembered(store: Store) -> None:
    assert await store.keys.get("main") == KeyHealth("main")
    report = KeyReport(can_read=True, can_convert=None, can_withdraw=False, ip_restricted=True)
    known = KeyHealth("main", report, NOON, NOON + DAY)
    told = [to(1, KeyWarned("main", (KeyWarning.CAN_WITHDRAW, KeyWarning.ANY_ADDRESS)))]
    await store.keys.save(known, told)
    assert await store.keys.get("main") == known
    assert await store.keys.get("spare") == KeyHealth("spare")
    assert await queued(store) == told
    await store.keys.save(KeyHealth("main", next_read_at=NOON))
    assert await store.keys.get("main") == KeyHealth("main", next_read_at=NOON)


async def test_the_first_person_to_pair_becomes_owner(store: Store) -> None:
    assert await store.owners.get() is None
    won = await asyncio.gather(*(store.owners.claim(user, NOON) for user in range(1, 9)))
    assert won.count(True) == 1
    assert await store.owners.get() == won.index(True) + 1
    assert not await store.owners.claim(99, NOON)


async def test_a_report_is_due_at_its_time_and_then_the_next_one(store: Store) -> None:
    await store.reports.plan(1, NOON + DAY, since=NOON)
    assert await store.reports.due(NOON + DAY - HOUR) == ()
    assert await store.reports.due(NOON + DAY) == ((1, NOON),)
    report = [to(1, PeriodReport("main", NOON, NOON + DAY))]
    await store.reports.issue(1, NOON + 2 * DAY, NOON + DAY, report)
    assert await store.reports.due(NOON + DAY) == ()
    assert await store.reports.next_at(1) == NOON + 2 * DAY
    assert await store.reports.due(NOON + 2 * DAY) == ((1, NOON + DAY),)
    assert await queued(store) == report


async def test_a_new_schedule_goes_on_where_the_last_report_ended(store: Store) -> None:
    await store.reports.plan(1, NOON + DAY, since=NOON)
    await store.reports.plan(1, NOON + 2 * DAY, since=NOON + HOUR)
    assert await store.reports.due(NOON + 2 * DAY) == ((1, NOON),)


async def test_reports_that_are_switched_off_stay_off(store: Store) -> None:
    await store.reports.plan(1, NOON, since=NOON - DAY)
    await store.reports.plan(1, None, since=NOON)
    await store.reports.issue(1, NOON + DAY, NOON, [to(1, PeriodReport("main", NOON, NOON))])
    assert await store.reports.next_at(1) is None
    assert await store.reports.due(NOON + 2 * DAY) == ()
    assert await queued(store) == []


def a_snapshot(hours: int, amount: str = "1.50", worth: str = "0.1") -> Snapshot:
    at = NOON + hours * HOUR
    rates = Rates("BTC", {"USD": Decimal("60000.10"), "BTC": Decimal(1)}, at)
    return Snapshot("main", at, (SnapshotLine("ADA", Decimal(amount), Decimal(worth)),), rates)


async def test_equal_amounts_make_no_new_snapshot_but_new_worths(store: Store) -> None:
    await store.snapshots.add(a_snapshot(0))
    await store.snapshots.add(a_snapshot(1, amount="1.5", worth="0.2"))
    kept = await store.snapshots.between("main", NOON - HOUR, NOON + DAY)
    assert kept == (replace(a_snapshot(1, amount="1.5", worth="0.2"), taken_at=NOON),)
    assert await store.snapshots.latest("main") == kept[0]
    assert await store.snapshots.latest("spare") is None


async def test_amounts_that_come_back_make_a_new_snapshot(store: Store) -> None:
    for hours, amount in enumerate(("1", "2", "1")):
        await store.snapshots.add(a_snapshot(hours, amount))
    assert len(await store.snapshots.between("main", NOON, NOON + DAY)) == 3
    assert await store.snapshots.latest("main") == a_snapshot(2, "1")


async def test_an_account_without_dust_has_a_snapshot_too(store: Store) -> None:
    empty = replace(a_snapshot(1), lines=())
    await store.snapshots.add(a_snapshot(0))
    await store.snapshots.add(empty)
    assert await store.snapshots.latest("main") == empty


async def test_a_period_is_led_by_what_lay_there_before(store: Store) -> None:
    made = [a_snapshot(hours, amount=str(hours + 1)) for hours in range(5)]
    for one in made:
        await store.snapshots.add(one)
    between = store.snapshots.between
    assert await between("main", made[2].taken_at, made[4].taken_at) == tuple(made[2:])
    assert await between("main", NOON - DAY, made[1].taken_at) == tuple(made[:2])
    assert await between("main", NOON + DAY, NOON + 2 * DAY) == (made[4],)
    assert await between("spare", NOON - DAY, NOON + DAY) == ()
