"""Trouble with an exchange: said once when it begins, once when it ends."""

from datetime import timedelta

from sandbox.binance import faults
from tests.flows.house import LIST, LOG, House
from tests.flows.watching import delivered, look_again, said, store_of


async def test_one_failed_look_is_no_word_to_the_chat(house: House) -> None:
    house.exchange.faults.script(LIST, faults.drop(execute=False))
    await look_again(house)
    await look_again(house, after=timedelta(seconds=30))
    assert said(house.chat, "reached") == []
    assert said(house.chat, "back") == []


async def test_an_exchange_that_is_away_is_said_once_after_the_second_failed_look(
    house: House,
) -> None:
    house.exchange.down = True
    await look_again(house)
    assert said(house.chat, "can't be reached") == []
    await look_again(house, after=timedelta(seconds=30))
    [began] = said(house.chat, "Binance can't be reached since")
    for _ in range(3):
        await look_again(house)
    assert len(said(house.chat, "can't be reached")) == 1
    house.exchange.down = False
    await look_again(house)
    [ended] = said(house.chat, "Binance is back after 1 h")
    await look_again(house)
    assert len(said(house.chat, "Binance is back")) == 1
    assert ended.id > began.id


async def test_an_exchange_that_is_away_is_asked_ever_more_rarely_up_to_the_interval(
    house: House,
) -> None:
    house.exchange.down = True
    await look_again(house)
    pauses = []
    for _ in range(8):
        due = (await store_of(house).watches.get("main")).next_check_at
        assert due is not None
        pauses.append(due - house.clock.now())
        await look_again(house, after=pauses[-1])
    assert pauses[0] <= timedelta(seconds=30)
    assert pauses == sorted(pauses[:6]) + pauses[6:]
    assert all(timedelta(minutes=11) < pause <= timedelta(minutes=15) for pause in pauses[6:])


async def test_trouble_that_was_told_is_not_told_again_after_a_restart(
    empty_house: House,
) -> None:
    house = empty_house
    async with house.running():
        await house.looked()
        house.exchange.down = True
        await look_again(house)
        await look_again(house, after=timedelta(seconds=30))
    async with house.running():
        await look_again(house)
        house.exchange.down = False
        await look_again(house)
        await delivered(house)
    assert len(said(house.chat, "can't be reached")) == 1
    assert len(said(house.chat, "Binance is back")) == 1


async def test_maintenance_is_said_by_its_name_and_so_is_its_end(house: House) -> None:
    house.exchange.maintenance = True
    await look_again(house)
    await look_again(house)
    assert len(said(house.chat, "Binance is under maintenance since")) == 1
    assert said(house.chat, "can't be reached") == []
    house.exchange.maintenance = False
    await look_again(house)
    assert len(said(house.chat, "Binance is back")) == 1


async def test_a_rejected_key_is_said_once_with_the_cure(house: House) -> None:
    house.exchange.key.revoked = True
    await look_again(house)
    for _ in range(2):
        await look_again(house, after=timedelta(hours=1))
    [told] = said(house.chat, "does not accept the API key")
    assert "this server's IP address" in told.text
    house.exchange.key.revoked = False
    await look_again(house, after=timedelta(hours=1))
    assert len(said(house.chat, "accepts the API key again")) == 1


async def test_a_pause_is_kept_to_the_second_and_told(house: House) -> None:
    house.exchange.faults.script(LIST, faults.limited(3600))
    await look_again(house)
    assert len(said(house.chat, "asked for a pause")) == 1
    assert "in 1 h" in house.chat.last.text
    before = len(house.exchange.requests)
    house.clock.jump(timedelta(minutes=59))
    await house.ask("/dust", "asks for a pause")
    assert len(house.exchange.requests) == before, "no call to the host before its time"
    await look_again(house, after=timedelta(minutes=2))
    assert len(house.exchange.requests) > before
    assert len(said(house.chat, "Binance is back")) == 1


async def test_the_watcher_keeps_a_pause_across_a_restart(empty_house: House) -> None:
    house = empty_house
    async with house.running():
        await house.looked()
        house.exchange.faults.script(LIST, faults.limited(3600))
        await look_again(house)
    before, paused_until = len(house.exchange.requests), house.clock.now() + timedelta(minutes=59)
    house.clock.jump(timedelta(minutes=30))
    async with house.running():
        await look_again(house, after=timedelta(minutes=31))
    asked = [request.at for request in house.exchange.requests[before:]]
    assert asked, "it asks again in the end"
    assert min(asked) >= paused_until


async def test_a_log_that_cannot_be_read_stops_no_alert(house: House) -> None:
    house.exchange.faults.script(LOG, faults.answer_text("<html>", 200), times=1000)
    house.sprinkle(ADA="6")
    house.exchange.wallet.withdraw("XRP", house.free("XRP") / 2)
    await look_again(house)
    assert len(said(house.chat, "$5.25 of dust")) == 1


async def test_an_account_in_trouble_still_answers_what_needs_no_exchange(house: House) -> None:
    house.exchange.key.revoked = True
    await look_again(house)
    await house.ask("/history", "No conversions yet")
    await house.ask("/settings threshold 3", "$3.00")
    await house.ask("/snooze 1h", "No alerts until")
