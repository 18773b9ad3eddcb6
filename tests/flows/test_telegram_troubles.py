"""Chats that can't be written to, groups that get another id, and a Telegram that is away."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from functools import partial

import pytest

from dust.model import Trouble
from dust.notices import Addressed, TroubleEnded
from sandbox.telegram import BadGateway, Chat, Drop, Message, Refuse
from tests.flows.house import House
from tests.flows.watching import delivered, look_again, muted, said, store_of, told_in_time

GROUP, SUPERGROUP = -4001, -1004001
RISE = {"ADA": "12"}
CHOICES = {
    "/settings currency EUR": "EUR",
    "/settings protect TRX": "TRX",
    "/settings report daily 09:00": "09:00",
    "/convert": "Which tokens",
    "/convert all": "It can't be undone",
}
BLOCKED = Refuse(403, "Forbidden: bot was blocked by the user")


def calls_to(house: House, chat_id: int) -> int:
    return sum(call.chat_id == chat_id for call in house.telegram.calls)


async def alerted_while_blocked(house: House) -> None:
    """Anna has blocked the bot, which finds out by an alert."""
    house.chat.block()
    house.sprinkle(**RISE)
    house.clock.jump(timedelta(minutes=15))
    await muted(house, 1001)


async def test_a_chat_that_blocked_the_bot_is_not_written_to_again(house: House) -> None:
    await alerted_while_blocked(house)
    before = calls_to(house, 1001)
    for _ in range(3):
        await look_again(house, after=timedelta(hours=9))
    assert calls_to(house, 1001) == before


async def test_it_hears_what_waited_once_it_unblocks(house: House) -> None:
    await alerted_while_blocked(house)
    house.chat.unblock()
    await house.shown("of dust on")
    await delivered(house)
    assert len(said(house.chat, "of dust on")) == 1


async def test_writing_lifts_it_too_and_is_answered(house: House) -> None:
    house.telegram.faults.script("sendMessage", BLOCKED)
    house.sprinkle(**RISE)
    house.clock.jump(timedelta(minutes=15))
    await muted(house, 1001)
    await house.ask("/help", "/dust")
    await house.shown("of dust on")


async def test_a_muted_chat_is_still_muted_after_a_restart(empty_house: House) -> None:
    house = empty_house
    async with house.running():
        await house.looked()
        await alerted_while_blocked(house)
    before = calls_to(house, 1001)
    async with house.running():
        await look_again(house)
        assert calls_to(house, 1001) == before
        house.chat.unblock()
        await house.shown("of dust on")


async def test_no_trouble_and_no_report_is_queued_for_a_muted_chat(house: House) -> None:
    await house.ask("/settings report daily 09:00", "09:00")
    await alerted_while_blocked(house)
    house.exchange.down = True
    for _ in range(3):
        await look_again(house, after=timedelta(hours=12))
    house.exchange.down = False
    await look_again(house)
    assert [kind for (kind,) in rows(house, "SELECT kind FROM outbox")] == ["Alert"]
    house.chat.unblock()
    await house.shown("Report")
    await delivered(house)
    assert said(house.chat, "can't be reached") == []
    assert len(said(house.chat, "Report")) == 1, "what fell due meanwhile comes once"


async def test_an_alert_that_fell_due_while_muted_comes_afterwards(house: House) -> None:
    house.chat.block()
    ended = TroubleEnded("main", Trouble.MAINTENANCE, house.clock.now())
    await store_of(house).outbox.add([Addressed(1001, ended)])
    await muted(house, 1001)
    house.sprinkle(**RISE)
    await look_again(house)
    house.chat.unblock()
    await house.shown("Binance is back")
    await look_again(house)
    assert len(said(house.chat, "of dust on")) == 1


async def test_the_outcome_of_a_conversion_waits_for_a_chat_that_blocked_the_bot(
    house: House,
) -> None:
    review = await house.review_all()
    await review.tap("✅ Confirm")
    house.chat.block()
    await muted(house, 1001)
    house.chat.unblock()
    await house.shown("Received 0.00245 BNB")


async def test_a_group_that_removed_the_bot_hears_again_when_it_is_back(
    empty_house: House,
) -> None:
    house = empty_house
    group = house.telegram.group(GROUP, "Traders", [house.anna])
    group.block()
    house.sprinkle(ADA="12")
    async with house.running(allowed_chats=[GROUP], allowed_users=[1001]):
        await muted(house, GROUP)
        group.unblock()
        await group.wait(lambda message: "of dust on" in message.text)


async def test_a_group_in_which_the_bot_may_not_write_is_left_alone(empty_house: House) -> None:
    house = empty_house
    group = house.telegram.group(GROUP, "Traders", [house.anna])
    silenced = "Bad Request: not enough rights to send text messages to the chat"
    house.telegram.faults.script("sendMessage", Refuse(400, silenced), chat_id=GROUP)
    house.sprinkle(ADA="12")
    async with house.running(allowed_chats=[GROUP], allowed_users=[1001]):
        await muted(house, GROUP)
        await group.send("/help")
        await group.wait(lambda message: "of dust on" in message.text)


def rows(house: House, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(house.settings["database_path"])) as database:
        return database.execute(sql).fetchall()


def tables_with_chats(house: House) -> list[str]:
    named = """
        SELECT tables.name FROM pragma_table_list AS tables, pragma_table_info(tables.name) AS columns
        WHERE tables.type = 'table' AND columns.name = 'chat_id'
    """
    return [str(name) for (name,) in rows(house, named)]


def upgrade(house: House, group: Chat) -> Chat:
    """Telegram gives the group another id and refuses the old one."""
    group.close(Refuse.migrated(SUPERGROUP).as_error())
    return house.telegram.group(SUPERGROUP, group.title, group.members)


def announce(house: House, chat_id: int, **moved: int) -> None:
    """Telegram's own message of it, in one of the two chats."""
    kind = "supergroup" if chat_id == SUPERGROUP else "group"
    message = {
        "message_id": 900,
        "date": 1,
        "chat": {"id": chat_id, "type": kind, "title": "Traders"},
        "from": house.anna.as_json(),
        **moved,
    }
    house.telegram.push_raw({"message": message})


def shows(text: str, message: Message) -> bool:
    return text in message.text


@asynccontextmanager
async def group_of_traders(house: House) -> AsyncIterator[Chat]:
    """A running bot and a group that has chosen, protected, been told and begun a choice and a review."""
    group = house.telegram.group(GROUP, "Traders", [house.anna])
    house.sprinkle(ADA="12")
    async with house.running(allowed_chats=[GROUP], allowed_users=[1001]):
        await group.wait(lambda message: "of dust on" in message.text)
        for text, answer in CHOICES.items():
            await group.wait(partial(shows, answer), after=await group.send(text))
        await delivered(house)
        yield group


async def moved(house: House) -> None:
    """Waits until the bot knows the group by its new id."""
    assert house.world is not None
    async with asyncio.timeout(5):
        while house.world.deps.directory.home(GROUP) != SUPERGROUP:  # noqa: ASYNC110 - no event
            await asyncio.sleep(0.005)


def count(house: House, table: str, where: str = "") -> object:
    return rows(house, f"SELECT count(*) FROM {table} {where}")[0][0]  # noqa: S608 - no one's input


@pytest.mark.parametrize("told_in", [GROUP, SUPERGROUP])
async def test_all_that_a_group_had_follows_it_to_its_new_id(
    empty_house: House, told_in: int
) -> None:
    house = empty_house
    async with group_of_traders(house) as group:
        before = {table: count(house, table) for table in tables_with_chats(house)}
        supergroup = upgrade(house, group)
        if told_in == GROUP:
            announce(house, GROUP, migrate_to_chat_id=SUPERGROUP)
        else:
            announce(house, SUPERGROUP, migrate_from_chat_id=GROUP)
        await moved(house)
        assert set(before) >= {"chat_settings", "protected_token", "selection", "conversion"}
        for table, had in before.items():
            assert count(house, table, f"WHERE chat_id = {GROUP}") == 0, table
            assert count(house, table) == had, table
        asked = await supergroup.send("/settings")
        shown = await supergroup.wait(lambda message: "EUR" in message.text, after=asked)
        assert "1 protected" in shown.text or "TRX" in shown.text


async def test_a_message_that_telegram_refuses_for_the_old_id_reaches_the_new_one(
    empty_house: House,
) -> None:
    house = empty_house
    async with group_of_traders(house) as group:
        supergroup = upgrade(house, group)
        ended = TroubleEnded("main", Trouble.MAINTENANCE, house.clock.now())
        await store_of(house).outbox.add([Addressed(GROUP, ended)])
        await supergroup.wait(lambda message: "Binance is back" in message.text)


async def test_what_is_queued_for_the_old_id_afterwards_goes_to_the_new_one(
    empty_house: House,
) -> None:
    house = empty_house
    async with group_of_traders(house) as group:
        supergroup = upgrade(house, group)
        announce(house, GROUP, migrate_to_chat_id=SUPERGROUP)
        await moved(house)
        ended = TroubleEnded("main", Trouble.MAINTENANCE, house.clock.now())
        await store_of(house).outbox.add([Addressed(GROUP, ended, message_id=3)])
        await supergroup.wait(lambda message: "Binance is back" in message.text)


async def test_the_new_id_is_allowed_after_a_restart_and_the_owner_hears_of_the_setting(
    empty_house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house = empty_house
    async with group_of_traders(house) as group:
        supergroup = upgrade(house, group)
        announce(house, GROUP, migrate_to_chat_id=SUPERGROUP)
        await moved(house)
    caplog.clear()
    async with house.running(allowed_chats=[GROUP], allowed_users=[1001]):
        asked = await supergroup.send("/help")
        await supergroup.wait(lambda message: "/dust" in message.text, after=asked)
    lines = [line for line in caplog.messages if str(SUPERGROUP) in line]
    assert lines == [f"group {GROUP} in ALLOWED_CHATS is {SUPERGROUP} by now: change the setting"]


async def test_a_group_that_is_no_longer_allowed_takes_its_new_id_with_it(
    empty_house: House,
) -> None:
    house = empty_house
    async with group_of_traders(house) as group:
        supergroup = upgrade(house, group)
        announce(house, GROUP, migrate_to_chat_id=SUPERGROUP)
        await moved(house)
    before = calls_to(house, SUPERGROUP)
    async with house.running(allowed_chats=[1001]):
        await supergroup.send("/help")
        await house.ask("/help", "/dust")
    assert calls_to(house, SUPERGROUP) == before


async def test_a_stranger_group_brings_nobody_in(house: House) -> None:
    strangers = house.telegram.group(SUPERGROUP, "Strangers", [house.anna])
    announce(house, SUPERGROUP, migrate_from_chat_id=GROUP)
    announce(house, GROUP, migrate_to_chat_id=SUPERGROUP)
    await strangers.send("/dust")
    await house.ask("/help", "/dust")
    assert calls_to(house, SUPERGROUP) == 0
    assert await store_of(house).chats.moved() == {}


def tracebacks(caplog: pytest.LogCaptureFixture) -> list[str]:
    ours = (record for record in caplog.records if record.name.startswith("bot"))
    return [record.getMessage() for record in ours if record.exc_info]


async def calls_refused(house: House, method: str, times: int) -> None:
    """Waits until that many calls have gone wrong."""
    async with asyncio.timeout(20):
        while sum(c.method == method and not c.ok for c in house.telegram.calls) < times:  # noqa: ASYNC110 - no event counts
            await asyncio.sleep(0.005)


async def test_another_program_with_the_token_is_told_once_and_once_it_is_over(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    conflict = Refuse(409, "Conflict: terminated by other getUpdates request")
    house.telegram.faults.script("getUpdates", conflict, times=2)
    await house.say("/help")
    await calls_refused(house, "getUpdates", 2)
    await house.telegram.wait_poll()
    for _ in range(8):
        await house.ask("/history", "No conversions yet")
    told = [line for line in caplog.messages if "409 Conflict" in line or "heard again" in line]
    assert [line[:15] for line in told] == ["another program", "Telegram is hea"]
    assert tracebacks(caplog) == []


@pytest.mark.parametrize("fault", [BadGateway(), Drop(handled=False)])
async def test_a_telegram_that_is_away_is_told_once_and_nothing_is_lost(
    house: House, caplog: pytest.LogCaptureFixture, fault: BadGateway | Drop
) -> None:
    caplog.set_level(logging.INFO, "bot")
    house.telegram.faults.script("getUpdates", fault, times=2)
    house.telegram.faults.script("sendMessage", fault, times=4)
    house.sprinkle(**RISE)
    await house.say("/settings currency EUR")
    house.clock.jump(timedelta(minutes=15))
    await calls_refused(house, "getUpdates", 2)
    await told_in_time(house, "of dust on")
    await house.ask("/settings", "EUR")
    told = [line for line in caplog.messages if "asked for news" in line or "heard again" in line]
    assert [line[:15] for line in told] == ["Telegram could ", "Telegram is hea"]
    assert len([line for line in caplog.messages if "until Telegram takes it" in line]) == 1
    assert tracebacks(caplog) == []


async def test_a_token_that_telegram_refuses_for_a_while_does_not_make_the_bot_deaf(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.telegram.faults.script("getUpdates", Refuse(401, "Unauthorized"), times=2)
    await house.ask("/help", "/dust")
    await calls_refused(house, "getUpdates", 2)
    await house.ask("/history", "No conversions yet")
    assert (
        len([line for line in caplog.messages if "no longer accepts TELEGRAM_TOKEN" in line]) == 1
    )
