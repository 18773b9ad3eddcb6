"""Periodic reports: in time by the chat's own clock, once, and true."""

import asyncio
from datetime import UTC, datetime, timedelta

from sandbox.telegram import Message
from sandbox.telegram.faults import BadGateway, Refuse
from tests.flows.house import House
from tests.flows.watching import delivered, look_again, said, set_clock, store_of, tried

TITLE = "📊 Your dust on Binance"
MONDAY = datetime(2031, 3, 3, 8, 0, tzinfo=UTC)


async def report_at(house: House, moment: datetime) -> Message:
    """The report that comes when the clock shows this moment; just before, there is none."""
    count = len(said(house.chat, TITLE))
    set_clock(house, moment - timedelta(seconds=30))
    await household_done(house)
    assert len(said(house.chat, TITLE)) == count, "not before its time"
    set_clock(house, moment + timedelta(seconds=1))
    await household_done(house)
    reports = said(house.chat, TITLE)
    assert len(reports) == count + 1
    return reports[-1]


async def household_done(house: House) -> None:
    """Waits until every report that is due has been queued and delivered."""
    calendar = store_of(house).reports
    async with asyncio.timeout(5):
        while await calendar.due(house.clock.now()):  # noqa: ASYNC110 - rows, no event
            await asyncio.sleep(0.005)
    await delivered(house)


async def test_a_daily_report_comes_at_its_local_time_also_after_the_clocks_change(
    house: House,
) -> None:
    set_clock(house, datetime(2031, 3, 28, 12, 0, tzinfo=UTC))
    await house.ask("/settings timezone Europe/Berlin", "Berlin")
    await house.ask("/settings report daily 9:30", "09:30")
    await report_at(house, datetime(2031, 3, 29, 8, 30, tzinfo=UTC))
    report = await report_at(house, datetime(2031, 3, 30, 7, 30, tzinfo=UTC))
    assert "30 Mar 2031, 09:30" in report.text


async def test_a_weekly_report_comes_on_its_day(house: House) -> None:
    set_clock(house, MONDAY)
    await house.ask("/settings report weekly wed 7:00", "Wed")
    await report_at(house, datetime(2031, 3, 5, 7, 0, tzinfo=UTC))
    await report_at(house, datetime(2031, 3, 12, 7, 0, tzinfo=UTC))


async def test_a_monthly_report_on_the_31st_comes_on_the_last_day_of_a_short_month(
    house: House,
) -> None:
    set_clock(house, MONDAY)
    await house.ask("/settings report monthly 31 7:00", "31")
    await report_at(house, datetime(2031, 3, 31, 7, 0, tzinfo=UTC))
    await report_at(house, datetime(2031, 4, 30, 7, 0, tzinfo=UTC))


async def test_the_report_tells_what_came_was_converted_was_brought_and_lies_there(
    house: House,
) -> None:
    set_clock(house, MONDAY)
    await house.ask("/settings report daily 9:00", "09:00")
    await look_again(house, after=timedelta(minutes=16))
    house.sprinkle(ADA="1", TRX="2")
    await look_again(house, after=timedelta(minutes=16))
    review = await house.ask("/convert ADA", "It can't be undone")
    await review.tap("✅ Confirm")
    await house.shown("Converted 1 token")
    await look_again(house, after=timedelta(minutes=16))
    report = await report_at(house, MONDAY + timedelta(hours=1))
    assert "New: $1.00 in 2 tokens" in report.text
    assert "2 TRX · $0.50" in report.text
    assert "Converted: 1 token" in report.text
    assert "It brought 0.00147 BNB, now worth $1.47." in report.text
    assert "There now: $2.00 in 2 tokens" in report.text
    assert report.labels == ["Convert all", "Choose tokens"]
    await report.tap("Choose tokens")
    await house.shown("probably from", after=report.id)


async def test_a_second_report_covers_only_what_followed_the_first(house: House) -> None:
    set_clock(house, MONDAY)
    await house.ask("/settings report daily 9:00", "09:00")
    house.sprinkle(ADA="1")
    await look_again(house)
    first = await report_at(house, MONDAY + timedelta(hours=1))
    assert "New: $0.50 in 1 token" in first.text
    house.sprinkle(TRX="4")
    await look_again(house)
    second = await report_at(house, MONDAY + timedelta(hours=25))
    assert "New: $1.00 in 1 token" in second.text
    assert "Converted: nothing" in second.text


async def test_a_report_that_is_late_by_days_comes_once_and_covers_them_all(
    empty_house: House,
) -> None:
    house = empty_house
    house.sprinkle()
    set_clock(house, MONDAY)
    async with house.running():
        await house.looked()
        await house.ask("/settings report daily 9:00", "09:00")
    set_clock(house, MONDAY + timedelta(days=5))
    async with house.running():
        await house.shown(TITLE, "3 Mar 2031, 08:00 – 8 Mar 2031, 08:00")
        await household_done(house)
        assert len(said(house.chat, TITLE)) == 1
        await report_at(house, MONDAY + timedelta(days=5, hours=1))


async def test_a_report_that_was_switched_off_does_not_come(house: House) -> None:
    set_clock(house, MONDAY)
    await house.ask("/settings report daily 9:00", "09:00")
    await house.ask("/settings report off", "off")
    house.clock.jump(timedelta(days=2))
    await look_again(house)
    assert said(house.chat, TITLE) == []


async def test_a_report_of_a_protected_token_leaves_it_out(house: House) -> None:
    set_clock(house, MONDAY)
    await house.ask("/settings report daily 9:00", "09:00")
    await house.ask("/settings protect ADA", "ADA")
    house.sprinkle(ADA="4")
    await look_again(house)
    report = await report_at(house, MONDAY + timedelta(hours=1))
    assert "New: nothing" in report.text
    assert "There now: $1.50 in 2 tokens" in report.text


async def test_a_report_is_delivered_through_a_429_and_a_502_once(house: House) -> None:
    set_clock(house, MONDAY)
    await house.ask("/settings report daily 9:00", "09:00")
    house.telegram.faults.script("sendMessage", Refuse.flood(120))
    house.telegram.faults.script("sendMessage", BadGateway())
    set_clock(house, MONDAY + timedelta(hours=1))
    for times in (1, 2):
        await tried(house, house.chat.id, times)
        house.clock.jump(timedelta(seconds=121))
        store_of(house).outbox.wake.set()
    await delivered(house)
    [report] = said(house.chat, TITLE)
    assert "3 Mar 2031, 09:00" in report.text, "the time it was due, not that of the delivery"


async def test_a_silent_chat_gets_its_report_without_a_sound(house: House) -> None:
    set_clock(house, MONDAY)
    await house.ask("/settings silent on", "on")
    await house.ask("/settings report daily 9:00", "09:00")
    assert (await report_at(house, MONDAY + timedelta(hours=1))).silent


async def test_a_snooze_holds_back_no_report(house: House) -> None:
    set_clock(house, MONDAY)
    await house.ask("/settings report daily 9:00", "09:00")
    await house.ask("/snooze 7d", "Reports still come")
    await report_at(house, MONDAY + timedelta(hours=1))
