"""/status: everything that is known of an account's health, without asking the exchange."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from sandbox.binance import faults
from sandbox.telegram import Message
from tests.flows.house import DUST, LIST, House
from tests.flows.watching import look_again, said, store_of

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def labels(message: Message) -> list[str]:
    return [button.text for row in message.buttons for button in row]


async def failed(house: House, times: int) -> None:
    """Waits until so many looks in a row have failed."""
    async with asyncio.timeout(5):
        while (await store_of(house).watches.get("main")).failures < times:  # noqa: ASYNC110 - a row
            await asyncio.sleep(0.005)


async def test_status_tells_all_is_well_and_asks_no_exchange(house: House) -> None:
    await look_again(house)
    house.clock.jump(5 * MINUTE)
    before = len(house.exchange.requests)
    status = await house.ask("/status", "Binance", "Watching.")
    assert "(5 min ago), the next one" in status.text
    assert "(in 10 min)" in status.text
    assert "The API key is fine" in status.text
    assert "No conversion cooldown" in status.text
    assert labels(status) == ["Refresh", "Check now"]
    await status.tap("Refresh")
    await house.ask("/help", "/status")
    assert len(house.exchange.requests) == before


async def test_refresh_shows_how_things_stand_by_now(house: House) -> None:
    status = await house.ask("/status", "Watching.")
    house.exchange.down = True
    await look_again(house)
    await status.tap("Refresh")
    await house.shown("The last look brought no answer")
    await look_again(house, after=MINUTE / 2)
    await status.tap("Refresh")
    shown = await house.shown("Can't be reached since", "Last successful look")
    assert shown.id == status.id


async def test_a_warning_stays_in_status_until_the_key_was_changed(empty_house: House) -> None:
    house = empty_house
    house.exchange.key.withdrawals = True
    async with house.running():
        await house.looked()
    async with house.running():
        await house.looked()
        status = await house.ask("/status", "needs a change", "switch withdrawals off")
        house.exchange.key.withdrawals = False
        await status.tap("Refresh")
        await house.ask("/status", "switch withdrawals off")
        await status.tap("Check now")
        assert (await house.shown("The API key is fine")).id == status.id


async def test_a_rejected_key_is_shown_with_the_cure_and_checked_when_asked(house: House) -> None:
    house.exchange.key.revoked = True
    await look_again(house)
    status = await house.ask("/status", "Not watching since", "does not accept the API key")
    assert "fine" not in status.text
    await status.tap("Check now")
    await failed(house, times=2)
    house.exchange.key.revoked = False
    await status.tap("Check now")
    assert (await house.shown("🟢 Watching.")).id == status.id
    await house.shown("accepts the API key again")
    await look_again(house)
    assert len(said(house.chat, "accepts the API key again")) == 1


async def test_check_now_calls_nobody_during_a_pause(house: House) -> None:
    house.exchange.faults.script(LIST, faults.limited(3600))
    await look_again(house)
    status = await house.ask("/status", "Has asked for a pause", "the next one", "(in 1 h)")
    before = len(house.exchange.requests)
    tap = await status.tap("Check now")
    assert tap.text == "Checking…"
    await house.ask("/status", "Has asked for a pause")
    assert len(house.exchange.requests) == before


async def test_impatient_people_share_one_look(house: House) -> None:
    status = await house.ask("/status", "Watching.")
    version = status.version
    before, answer = len(house.sent(LIST)), asyncio.Event()
    house.exchange.faults.script(LIST, faults.hold(answer))
    house.clock.jump(MINUTE)
    await status.tap("Check now")
    async with asyncio.timeout(5):
        while len(house.sent(LIST)) == before:  # noqa: ASYNC110 - a list, no event
            await asyncio.sleep(0.005)
    for _ in range(3):
        await status.tap("Check now")
    await house.ask("/status", "(1 min ago)")
    answer.set()
    await house.chat.wait(lambda shown: shown.id == status.id and shown.version > version)
    assert len(house.sent(LIST)) == before + 1


async def test_what_is_awaited_is_shown_with_its_time(house: House) -> None:
    review = await house.review_all()
    house.exchange.faults.script(DUST, faults.drop(execute=False))
    await review.tap("✅ Confirm")
    await house.shown("No clear answer")
    await house.ask("/status", "A conversion sent at", "is not settled yet")


@pytest.mark.parametrize("certain", [False, True])
async def test_a_conversion_cooldown_is_called_certain_or_estimated(
    house: House, certain: bool
) -> None:
    if certain:
        house.exchange.faults.script(
            DUST, faults.refuse(32110, "Only can be requested once within 1 hours")
        )
    review = await house.review_all()
    await review.tap("✅ Confirm")
    await house.shown("ext conversion" if certain else "Converted 3 tokens")
    status = await house.ask("/status", "Next conversion")
    assert ("probably" in status.text) is not certain


async def test_a_chat_that_sleeps_or_is_silent_is_told_so(house: House) -> None:
    await house.ask("/snooze 2h", "No alerts until")
    await house.ask("/settings silent on", "Silent")
    await house.ask("/status", "No alerts here until", "(in 2 h)", "silent")
    house.clock.jump(2 * HOUR)
    status = await house.ask("/status", "Watching.")
    assert "No alerts here" not in status.text


async def test_in_a_group_only_people_who_may_act_can_check(empty_house: House) -> None:
    house = empty_house
    bob = house.telegram.person(1002, "Bob")
    group = house.telegram.group(-100500, "Traders", [house.anna, bob])
    async with house.running(allowed_chats=[1001, -100500]):
        await house.looked()
        asked = await house.say("/status", chat=group, sender=bob)
        seen = await group.wait(lambda message: "Watching." in message.text, after=asked)
        assert labels(seen) == ["Refresh"]
        asked = await house.say("/status", chat=group, sender=house.anna)
        seen = await group.wait(lambda message: "Watching." in message.text, after=asked)
        assert labels(seen) == ["Refresh", "Check now"]
        before = len(house.exchange.requests)
        tap = await seen.tap("Check now", sender=bob)
        assert "You may look" in (tap.text or "")
        assert len(house.exchange.requests) == before


async def test_status_before_the_first_look_says_so(empty_house: House) -> None:
    house = empty_house
    house.exchange.down = True
    house.exchange.wallet.deposit("ADA", Decimal(1))
    async with house.running():
        status = await house.ask("/status", "No successful look yet")
        assert "is not known yet" in status.text
