"""The outbox: what a chat must hear, it hears, whatever Telegram does meanwhile."""

from datetime import timedelta

from dust.model import Trouble
from dust.notices import Addressed, TroubleEnded
from sandbox.telegram.faults import BadGateway, Drop, Refuse
from tests.flows.house import House
from tests.flows.watching import delivered, muted, said, store_of, told_in_time, tried

RISE = {"ADA": "6"}
PATIENCE = timedelta(seconds=5)


async def test_a_chat_that_must_wait_delays_no_other(empty_house: House) -> None:
    house = empty_house
    house.sprinkle(ADA="12")
    bens = house.telegram.private(house.telegram.person(1002, "Ben"))
    house.telegram.faults.script("sendMessage", Refuse.flood(600), chat_id=1001)
    async with house.running(allowed_chats=[1001, 1002]):
        await bens.wait(lambda message: "of dust on" in message.text)
        await tried(house, 1001)
        house.clock.jump(timedelta(seconds=601))
        store_of(house).outbox.wake.set()
        await house.shown("of dust on")
        await delivered(house)
    assert (len(said(house.chat, "of dust on")), len(said(bens, "of dust on"))) == (1, 1)


async def test_a_chat_is_left_alone_for_as_long_as_telegram_asks(house: House) -> None:
    house.telegram.faults.script("sendMessage", Refuse.flood(600), chat_id=1001)
    house.sprinkle(**RISE)
    house.clock.jump(timedelta(minutes=15))
    await tried(house, 1001)
    assert house.world is not None
    house.clock.jump(timedelta(seconds=590))
    await house.world.courier.flush(PATIENCE)
    assert said(house.chat, "of dust on") == []
    house.clock.jump(timedelta(seconds=11))
    await house.world.courier.flush(PATIENCE)
    assert len(said(house.chat, "of dust on")) == 1


async def test_a_call_that_never_arrived_is_delivered_later_and_once(house: House) -> None:
    house.telegram.faults.script("sendMessage", BadGateway(), times=2)
    house.telegram.faults.script("sendMessage", Drop(handled=False))
    house.sprinkle(**RISE)
    house.clock.jump(timedelta(minutes=15))
    await told_in_time(house, "of dust on")
    await delivered(house)
    assert len(said(house.chat, "of dust on")) == 1


async def test_a_lost_answer_may_repeat_a_message_but_never_loses_it(house: House) -> None:
    house.telegram.faults.script("sendMessage", Drop(handled=True))
    house.sprinkle(**RISE)
    house.clock.jump(timedelta(minutes=15))
    await tried(house, 1001)
    house.clock.jump(timedelta(minutes=5))
    store_of(house).outbox.wake.set()
    await delivered(house)
    assert len(said(house.chat, "of dust on")) in (1, 2)


async def test_an_outcome_whose_message_is_gone_comes_as_a_new_message(house: House) -> None:
    review = await house.review_all()
    missing = Refuse(400, "Bad Request: message to edit not found")
    house.telegram.faults.script("editMessageText", missing, times=2)
    await review.tap("✅ Confirm")
    outcome = await house.shown("Received 0.00245 BNB")
    assert outcome.id != review.id


async def test_an_outcome_is_shown_after_a_502_of_the_edit(house: House) -> None:
    review = await house.review_all()
    house.telegram.faults.script("editMessageText", BadGateway(), times=3)
    await review.tap("✅ Confirm")
    outcome = await told_in_time(house, "Received 0.00245 BNB")
    assert outcome.id == review.id
    assert len(house.sent()) == 1


async def test_a_blocked_chat_keeps_its_notices_and_others_go_on(empty_house: House) -> None:
    house = empty_house
    house.sprinkle(ADA="12")
    bens = house.telegram.private(house.telegram.person(1002, "Ben"))
    house.chat.block()
    async with house.running(allowed_chats=[1001, 1002]):
        await bens.wait(lambda message: "of dust on" in message.text)
        await muted(house, 1001)
        house.chat.unblock()
        await house.shown("of dust on")


async def test_a_person_who_has_not_opened_the_chat_yet_is_told_once_they_do(
    empty_house: House,
) -> None:
    house = empty_house
    house.sprinkle(ADA="12")
    async with house.running(allowed_chats=[1001, 1003]):
        await house.shown("of dust on")
        await muted(house, 1003)
        cleo = house.telegram.private(house.telegram.person(1003, "Cleo"))
        await cleo.send("/start")
        await cleo.wait(lambda message: "of dust on" in message.text)


async def test_a_notice_that_nobody_can_read_holds_up_no_other(house: House) -> None:
    store = store_of(house)
    ended = TroubleEnded("main", Trouble.UNREACHABLE, house.clock.now())
    async with store.database.transaction() as transaction:
        await transaction.run(
            "INSERT INTO outbox (chat_id, kind, body, queued_at) VALUES (1001, 'Gone', '{}', 0)"
        )
    await store.outbox.add([Addressed(1001, ended)])
    await told_in_time(house, "Binance is back")


async def test_a_message_that_telegram_never_takes_holds_up_no_other(house: House) -> None:
    store = store_of(house)
    house.telegram.faults.script("sendMessage", Refuse(400, "Bad Request: can't parse"), times=4)
    now = house.clock.now()
    await store.outbox.add([Addressed(1001, TroubleEnded("main", Trouble.MAINTENANCE, now))])
    await store.outbox.add([Addressed(1001, TroubleEnded("main", Trouble.KEY_REJECTED, now))])
    await told_in_time(house, "accepts the API key again")
    assert said(house.chat, "is back") == []


async def test_a_chat_is_not_flooded_when_the_database_cannot_note_a_delivery(
    house: House,
) -> None:
    async with store_of(house).database.transaction() as transaction:
        for change in ("DELETE", "UPDATE"):
            await transaction.run(
                f"CREATE TRIGGER full_{change} BEFORE {change} ON outbox "
                "BEGIN SELECT RAISE(FAIL, 'no space left'); END"
            )
    house.sprinkle(**RISE)
    house.clock.jump(timedelta(minutes=15))
    await house.shown("of dust on")
    for _ in range(3):
        store_of(house).outbox.wake.set()
        await house.ask("/history", "No conversions yet")
    assert len(said(house.chat, "of dust on")) == 1
