"""The API key: its permissions are read and what is wrong with them told; a rejected key is left in peace."""

from datetime import timedelta

from sandbox.binance import faults
from tests.flows.house import LIST, House
from tests.flows.watching import delivered, look_again, said, store_of

RESTRICTIONS = "/sapi/v1/account/apiRestrictions"
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


async def test_a_key_that_is_as_it_should_be_is_read_daily_and_not_spoken_of(house: House) -> None:
    assert len(house.sent(RESTRICTIONS)) == 1
    await look_again(house, after=HOUR)
    assert len(house.sent(RESTRICTIONS)) == 1
    await look_again(house, after=DAY)
    assert len(house.sent(RESTRICTIONS)) == 2
    assert said(house.chat, "API key") == []


async def test_each_thing_that_is_wrong_with_the_key_is_told_once_with_its_cure(
    empty_house: House,
) -> None:
    house, key = empty_house, empty_house.exchange.key
    key.withdrawals, key.ip_restricted, key.trading = True, False, False
    for _ in range(2):
        async with house.running():
            await house.looked()
            await look_again(house, after=DAY)
    [told] = said(house.chat, "Please look at the API key of Binance")
    for cure in ("switch withdrawals off", "Restrict it to the address", "Spot & Margin Trading"):
        assert cure in told.text


async def test_a_warning_that_was_gone_and_comes_back_is_told_again(house: House) -> None:
    for withdrawals in (True, False, True, True):
        house.exchange.key.withdrawals = withdrawals
        await look_again(house, after=DAY)
    told = said(house.chat, "switch withdrawals off")
    assert len(told) == 2


async def test_only_what_is_new_is_told(house: House) -> None:
    house.exchange.key.withdrawals = True
    await look_again(house, after=DAY)
    house.exchange.key.ip_restricted = False
    await look_again(house, after=DAY)
    first, second = said(house.chat, "Please look at the API key")
    assert "IP address" not in first.text
    assert "withdraw" not in second.text


async def test_permissions_that_can_not_be_read_are_no_trouble_and_read_later(
    empty_house: House,
) -> None:
    house = empty_house
    house.exchange.key.withdrawals = True
    house.exchange.faults.script(RESTRICTIONS, faults.answer_text("<html>", 500))
    async with house.running():
        await house.looked()
        await look_again(house)
        await look_again(house)
        assert len(house.sent(RESTRICTIONS)) == 1
        assert [message for message in house.chat.messages if message.sender.is_bot] == []
        await look_again(house, after=HOUR)
        assert len(said(house.chat, "switch withdrawals off")) == 1


async def test_a_warning_waits_for_somebody_to_be_told(empty_house: House) -> None:
    house = empty_house
    house.exchange.key.withdrawals = True
    async with house.running(allowed_chats=[]):
        await house.looked()
        assert house.sent(RESTRICTIONS) == []
    async with house.running():
        await house.looked()
        await delivered(house)
        assert len(said(house.chat, "switch withdrawals off")) == 1


async def test_a_rejected_key_is_tried_once_an_hour(house: House) -> None:
    house.exchange.key.revoked = True
    await look_again(house)
    due = (await store_of(house).watches.get("main")).next_check_at
    assert due is not None
    assert HOUR - timedelta(minutes=1) < due - house.clock.now() <= HOUR
    before = len(house.sent(LIST))
    for _ in range(3):
        await look_again(house, after=HOUR)
    assert len(house.sent(LIST)) == before + 3


async def test_dust_finds_out_that_a_key_works_again_and_the_watcher_resumes(house: House) -> None:
    house.exchange.key.revoked = True
    await look_again(house)
    house.sprinkle(ADA="20")
    await house.ask("/dust", "does not accept the API key")
    assert said(house.chat, "accepts the API key again") == []
    house.exchange.key.revoked = False
    await house.ask("/dust", "You get about")
    await house.shown("accepts the API key again")
    await house.shown("of dust on Binance")
    await look_again(house)


async def test_a_pause_holds_for_whoever_asks_after_a_restart(empty_house: House) -> None:
    house = empty_house
    async with house.running():
        await house.looked()
        house.exchange.faults.script(LIST, faults.limited(3600))
        await look_again(house)
    before = len(house.exchange.requests)
    async with house.running():
        await house.ask("/dust", "asks for a pause")
        assert len(house.exchange.requests) == before
        house.clock.jump(HOUR)
        await house.ask("/dust", "Nothing to convert")
