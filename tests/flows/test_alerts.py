"""Alerts: the chat is told when dust has added up, once, and not before it asked for."""

import asyncio
from datetime import timedelta

from sandbox.telegram import Person
from sandbox.telegram.faults import BadGateway
from tests.flows.house import House
from tests.flows.watching import delivered, look_again, said, store_of

RISE = {"ADA": "6"}  # 3 dollars more: 5.50 in all, above the default threshold of 5


async def test_dust_that_lies_there_at_the_first_look_counts_as_risen(empty_house: House) -> None:
    house = empty_house
    house.sprinkle(ADA="8", XRP="1")
    async with house.running():
        alert = await house.shown("🔔 $6.00 of dust on Binance", "2 tokens can become about")
    assert "0.00588 BNB" in alert.text
    assert alert.labels == ["Convert all", "Choose tokens", "Snooze 24 h"]
    assert not alert.silent


async def test_a_rise_is_told_once_and_stays_quiet_while_the_dust_stays(house: House) -> None:
    assert said(house.chat, "of dust on") == [], "2.50 is below the threshold"
    house.sprinkle(**RISE)
    await look_again(house)
    assert len(said(house.chat, "of dust on")) == 1
    house.sprinkle(**RISE)
    await look_again(house, after=timedelta(days=2))
    assert len(said(house.chat, "of dust on")) == 1, "more of it is no new rise"


async def test_an_alert_is_armed_again_only_below_eighty_per_cent(house: House) -> None:
    house.sprinkle(**RISE)
    await look_again(house)
    house.exchange.wallet.withdraw("ADA", house.free("ADA") - 5)  # 4.00: exactly 80 %
    await look_again(house, after=timedelta(days=2))
    house.sprinkle(ADA="4")
    await look_again(house)
    assert len(said(house.chat, "of dust on")) == 1
    house.exchange.wallet.withdraw("ADA", house.free("ADA") - 4)  # 3.50
    await look_again(house)
    house.sprinkle(ADA="4")
    await look_again(house)
    assert len(said(house.chat, "of dust on")) == 2


async def test_a_rise_during_the_alert_cooldown_is_told_when_that_ends(house: House) -> None:
    house.sprinkle(**RISE)
    await look_again(house)
    house.exchange.wallet.withdraw("ADA", house.free("ADA"))
    await look_again(house)
    house.sprinkle(ADA="10")
    await look_again(house, after=timedelta(hours=23))
    assert said(house.chat, "$6.50 of dust") == []
    await look_again(house, after=timedelta(hours=1))
    assert len(said(house.chat, "$6.50 of dust")) == 1


async def test_a_rise_during_a_cooldown_that_is_gone_at_its_end_is_not_told(house: House) -> None:
    house.sprinkle(**RISE)
    await look_again(house)
    house.exchange.wallet.withdraw("ADA", house.free("ADA"))
    await look_again(house)
    house.sprinkle(ADA="10")
    await look_again(house)
    house.exchange.wallet.withdraw("ADA", house.free("ADA"))
    await look_again(house, after=timedelta(days=2))
    assert len(said(house.chat, "of dust on")) == 1


async def test_a_rise_during_a_snooze_is_told_when_that_ends(house: House) -> None:
    await house.ask("/snooze 6h", "No alerts until")
    house.sprinkle(**RISE)
    await look_again(house, after=timedelta(hours=5))
    assert said(house.chat, "of dust on") == []
    await look_again(house, after=timedelta(hours=1))
    assert len(said(house.chat, "of dust on")) == 1


async def test_the_snooze_button_answers_below_the_alert_and_keeps_its_buttons(
    house: House,
) -> None:
    await house.ask("/settings cooldown 1h", "cooldown")
    house.sprinkle(**RISE)
    await look_again(house)
    [alert] = said(house.chat, "of dust on")
    await alert.tap("Snooze 24 h")
    answer = await house.shown("No alerts until", "in 1 d")
    assert answer.reply_to is alert
    assert "Convert all" in alert.labels
    house.exchange.wallet.withdraw("ADA", house.free("ADA"))
    await look_again(house)
    house.sprinkle(ADA="10")
    await look_again(house, after=timedelta(hours=22))
    assert said(house.chat, "$6.50 of dust") == []
    await answer.tap("Wake up")
    await house.shown("Alerts are on")
    await look_again(house)
    assert len(said(house.chat, "$6.50 of dust")) == 1


async def test_an_alert_that_was_told_is_not_told_again_after_a_restart(
    empty_house: House,
) -> None:
    house = empty_house
    house.sprinkle(ADA="12")
    async with house.running():
        await house.looked()
        await delivered(house)
    house.clock.jump(timedelta(days=3))
    async with house.running():
        await house.looked()
        await delivered(house)
    assert len(said(house.chat, "of dust on")) == 1


async def test_an_alert_that_telegram_has_not_accepted_is_told_after_a_restart(
    empty_house: House,
) -> None:
    house = empty_house
    house.sprinkle(ADA="12")
    house.telegram.faults.script("sendMessage", BadGateway(), times=1000)
    async with house.running():
        await house.looked()
    assert said(house.chat, "of dust on") == []
    house.telegram.faults.clear()
    house.clock.jump(timedelta(minutes=5))
    async with house.running():
        await house.shown("$6.00 of dust")
        await delivered(house)
    assert len(said(house.chat, "of dust on")) == 1


async def test_the_alert_leads_to_the_review_and_to_the_selection(house: House) -> None:
    house.sprinkle(**RISE)
    await look_again(house)
    [alert] = said(house.chat, "of dust on")
    await alert.tap("Choose tokens")
    await house.shown("Which tokens", after=alert.id)
    await alert.tap("Convert all")
    review = await house.shown("Convert 3 tokens to BNB?", after=alert.id)
    await review.tap("✅ Confirm")
    await house.shown("Converted 3 tokens")
    assert "of dust on" in alert.text, "the alert itself stays as it was"


async def test_the_threshold_counts_in_the_chats_own_currency(house: House) -> None:
    await house.ask("/settings currency EUR", "€4")
    await house.ask("/settings threshold 3", "€3.00")
    house.sprinkle(ADA="2")  # 3.50 dollars are 2.80 euros
    await look_again(house)
    assert said(house.chat, "of dust on") == []
    house.sprinkle(ADA="1")
    await look_again(house)
    assert len(said(house.chat, "🔔 €3.20 of dust on Binance")) == 1


async def test_an_alert_in_a_currency_that_lost_its_price_is_in_dollars_and_says_so(
    house: House,
) -> None:
    await house.ask("/settings currency EUR", "€4")
    house.exchange.market.remove_pair("BTCEUR")
    house.sprinkle(ADA="8")
    await look_again(house)
    [alert] = said(house.chat, "🔔 $6.50 of dust on Binance")
    assert "no EUR price" in alert.text


async def test_a_protected_token_does_not_count_towards_the_threshold(house: House) -> None:
    await house.ask("/settings protect ADA", "ADA")
    house.sprinkle(ADA="16")
    await look_again(house)
    assert said(house.chat, "of dust on") == []
    house.sprinkle(TRX="16")
    await look_again(house)
    assert len(said(house.chat, "$5.50 of dust")) == 1


async def test_a_silent_chat_gets_its_alert_without_a_sound(house: House) -> None:
    await house.ask("/settings silent on", "on")
    house.sprinkle(**RISE)
    await look_again(house)
    [alert] = said(house.chat, "of dust on")
    assert alert.silent


async def test_chats_are_told_by_their_own_thresholds(empty_house: House) -> None:
    house = empty_house
    house.sprinkle()
    ben: Person = house.telegram.person(1002, "Ben")
    bens = house.telegram.private(ben)
    async with house.running(allowed_chats=[1001, 1002]):
        await bens.send("/settings threshold 2")
        await bens.wait(lambda message: "$2.00" in message.text)
        await look_again(house)
        assert len(said(bens, "$2.50 of dust")) == 1
        assert said(house.chat, "of dust on") == []
        await bens.send("/snooze 7d")
        await bens.wait(lambda message: "No alerts until" in message.text)
        house.sprinkle(**RISE)
        await look_again(house)
    assert len(said(house.chat, "$5.50 of dust")) == 1
    assert len(said(bens, "of dust on")) == 1


async def test_a_look_that_finds_the_same_amounts_keeps_no_second_snapshot(house: House) -> None:
    began = house.clock.now() - timedelta(hours=1)
    await look_again(house)
    await look_again(house)
    house.sprinkle(ADA="1")
    await look_again(house)
    kept = await store_of(house).snapshots.between("main", began, house.clock.now())
    assert [snapshot.amounts()["ADA"] for snapshot in kept] == [2, 3]


async def test_a_conversion_arms_the_alert_again_without_waiting_for_the_next_look(
    house: House,
) -> None:
    house.sprinkle(**RISE)
    await look_again(house)
    review = await house.review_all()
    await review.tap("✅ Confirm")
    await house.shown("Converted 3 tokens")
    async with asyncio.timeout(5):
        while (  # noqa: ASYNC110 - a row, no event
            newest := await store_of(house).snapshots.latest("main")
        ) and newest.lines:
            await asyncio.sleep(0.005)
    house.sprinkle(ADA="20")
    await look_again(house, after=timedelta(days=2))
    assert len(said(house.chat, "of dust on")) == 2
