"""/swap: a price that holds, one acceptance, and the order until it is final."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from dust.notices import Addressed, Outcome
from sandbox.binance import faults
from sandbox.binance.swap_desk import SwapStatus
from sandbox.telegram import Message
from sandbox.telegram.faults import Refuse
from tests.flows.house import BALANCES, House
from tests.flows.watching import delivered, store_of

QUOTE = "/sapi/v1/convert/getQuote"
ACCEPT = "/sapi/v1/convert/acceptQuote"
STATUS = "/sapi/v1/convert/orderStatus"


@pytest.fixture
def house(house: House) -> House:
    """A dime is enough for a swap."""
    house.exchange.swaps.rules.minimum = Decimal("0.1")
    return house


async def test_a_swap_is_quoted_confirmed_and_told(house: House) -> None:
    review = await house.ask("/swap ADA 1.5 USDT", "Swap 1.5 ADA for 0.74775 USDT?")
    assert "1 ADA = 0.4985 USDT" in review.text
    assert "No fee" in review.text
    await review.tap("✅ Confirm")
    done = await house.shown("Swapped", "ADA 1.5 → 0.74775", "Received 0.74775 USDT")
    assert done.id == review.id
    assert house.free("USDT") == Decimal("0.74775")
    assert house.free("ADA") == Decimal("0.5")
    assert len(house.sent(ACCEPT)) == 1
    await house.ask("/history", "🔁 1.5 ADA → 0.74775 USDT")


async def test_all_that_is_free_goes_to_usdt_unless_told_otherwise(house: House) -> None:
    await house.ask("/swap XRP", "Swap 0.25 XRP for 0.4985 USDT?")
    await house.ask("/swap XRP to BTC", "Swap 0.25 XRP for", "BTC?")


async def test_too_little_says_how_much_is_missing(house: House) -> None:
    house.exchange.swaps.rules.minimum = Decimal(5)
    await house.ask(
        "/swap ADA USDT",
        "It can't be swapped",
        "the minimum is 10 ADA: 8 ADA (about $4.00) more are needed",
    )
    assert not house.sent(QUOTE)


async def test_what_can_not_be_swapped_says_why(house: House) -> None:
    await house.ask("/swap ADA 500 USDT", "only 2 ADA is free")
    await house.ask("/swap ADA TRX", "not traded that way")
    house.exchange.swaps.rules.maximum = Decimal("0.5")
    house.exchange.swaps.rules.minimum = Decimal("0.1")
    await house.ask("/swap ADA BNB", "the maximum is 1 ADA")


async def test_swap_alone_explains_itself(house: House) -> None:
    await house.ask("/swap", "/swap ADA 10 USDT")
    await house.ask("/swap ADA USDT 1 2", "/swap ADA 10 USDT")
    await house.ask("/sell", "/sell ADA 10 USDC")


async def test_the_price_counts_down_and_its_end_is_said(house: House) -> None:
    review = await house.ask("/swap XRP USDT", "holds for 59 s")
    house.clock.jump(timedelta(seconds=20))
    await house.shown("Swap 0.25 XRP", "holds for 39 s")
    house.clock.jump(timedelta(seconds=40))
    expired = await house.shown("This price has expired")
    assert expired.id == review.id
    await expired.tap("Refresh")
    again = await house.shown("Swap 0.25 XRP", "holds for")
    await again.tap("✅ Confirm")
    await house.shown("Swapped")
    assert len(house.sent(ACCEPT)) == 1


async def test_a_refreshed_price_takes_the_place_of_the_old_one(house: House) -> None:
    review = await house.ask("/swap XRP USDT", "0.4985 USDT?")
    house.price("XRP", "4")
    await review.tap("Refresh")
    await house.shown("0.997 USDT?")
    await review.tap("✅ Confirm")
    await house.shown("Received 0.997 USDT")


async def test_an_order_that_takes_its_time_is_followed_to_its_end(house: House) -> None:
    house.exchange.swaps.rules.takes = timedelta(minutes=3)
    review = await house.ask("/swap XRP USDT", "holds for")
    await review.tap("✅ Confirm")
    await house.shown("Binance took the order")
    await house.ask("/convert all", "is not settled yet")
    await house.later("Checked", "went through", "0.4985 USDT")
    await house.shown("Swapped")
    assert len(house.sent(ACCEPT)) == 1


async def test_an_order_that_fails_is_told_and_frees_the_account(house: House) -> None:
    house.exchange.swaps.rules.fails = True
    review = await house.ask("/swap XRP USDT", "holds for")
    await review.tap("✅ Confirm")
    await house.shown("Nothing was converted", "did not carry it out")
    assert house.free("XRP") == Decimal("0.25")
    await house.review_all()


async def test_an_acceptance_whose_answer_is_lost_is_found(house: House) -> None:
    house.exchange.faults.script(ACCEPT, faults.drop(execute=True))
    review = await house.ask("/swap XRP USDT", "holds for")
    await review.tap("✅ Confirm")
    await house.later("Swapped", step=timedelta(seconds=10))
    assert [one.status for one in house.exchange.swaps.orders] == [SwapStatus.SUCCESS]
    assert len(house.sent(ACCEPT)) == 1


async def test_an_acceptance_that_never_arrived_is_proven_so(house: House) -> None:
    house.exchange.faults.script(ACCEPT, faults.drop(execute=False))
    review = await house.ask("/swap XRP USDT", "holds for")
    await review.tap("✅ Confirm")
    await house.shown("No clear answer")
    await house.later("was not carried out", step=timedelta(seconds=30))
    assert house.free("XRP") == Decimal("0.25")


async def test_a_restart_amid_an_order_follows_it(house: House) -> None:
    house.exchange.swaps.rules.takes = timedelta(minutes=3)
    review = await house.ask("/swap XRP USDT", "holds for")
    await review.tap("✅ Confirm")
    await house.shown("Binance took the order")
    store = store_of(house)
    live = await store.journal.live("main")
    assert live is not None
    assert live.reference == str(house.exchange.swaps.orders[0].order_id)


async def test_the_quota_of_quotes_is_told_with_the_next_step(house: House) -> None:
    house.exchange.swaps.rules.quotes_an_hour = 0
    await house.ask("/swap XRP USDT", "no more quotes within this hour", "next hour")


async def test_a_comparison_marks_the_better_way_and_leads_to_it(house: House) -> None:
    compared = await house.ask("/compare XRP USDT", "XRP into USDT", "🏆")
    assert "Convert → 0.49 USDT" in compared.text
    assert "Swap → 0.4985 USDT 🏆" in compared.text
    assert "Sell – the minimum is" in compared.text
    assert compared.labels[:2] == ["Convert", "Swap"]
    await compared.tap("Swap")
    await house.shown("Swap 0.25 XRP for 0.4985 USDT?")


async def test_the_review_of_one_token_leads_to_the_comparison(house: House) -> None:
    review = await house.ask("/convert XRP", "It can't be undone")
    await review.tap("⚖️ Compare")
    compared = await house.shown("XRP into BNB")
    assert compared.id != review.id
    await compared.tap("○ USDT")
    await house.shown("XRP into USDT")
    await compared.tap("Convert")
    await house.shown("Convert 1 token to USDT?")


async def test_swap_alone_lists_what_is_enough_and_leads_to_its_review(house: House) -> None:
    house.exchange.swaps.rules.minimum = Decimal("0.8")
    listed = await house.ask("/swap", "/swap ADA 10 USDT", "Enough for a swap to USDT")
    assert "ADA 2 · $1.00" in listed.text
    assert "1 token is too small for a swap: it lacks 0.15 XRP." in listed.text
    assert listed.labels == ["🔁 ADA", "🔁 TRX"]
    await listed.tap("🔁 TRX")
    await house.shown("Swap 4 TRX for 0.997 USDT?")


async def test_too_little_says_what_it_is_worth_and_leads_to_other_ways(house: House) -> None:
    house.exchange.swaps.rules.minimum = Decimal(5)
    short = await house.ask("/swap ADA USDT", "8 ADA (about $4.00) more are needed")
    await short.tap("⚖️ Compare")
    compared = await house.shown("ADA into BNB", "8 ADA (about $4.00) more are needed")
    assert "Convert → 0.00098 BNB" in compared.text


async def test_a_comparison_tells_what_each_way_can_not_do(house: House) -> None:
    house.exchange.swaps.rules.quotes_an_hour = 0
    house.exchange.rules.targets = {"BNB"}
    compared = await house.ask("/compare XRP USDT", "XRP into USDT")
    assert "Convert – not offered by the exchange now" in compared.text
    assert "no more quotes within this hour" in compared.text


async def test_history_and_detail_tell_a_swaps_rate_and_no_fee(house: House) -> None:
    review = await house.ask("/swap ADA USDT", "Swap 2 ADA")
    await review.tap("✅ Confirm")
    done = await house.shown("Swapped", "Rate 0.4985, no fee")
    assert "Fee" not in done.text
    history = await house.ask("/history", "🔁 2 ADA → 0.997 USDT, rate 0.4985")
    await history.tap("1")
    detail = await house.shown("rate 0.4985, no fee", "convert:")
    assert "Fee" not in detail.text


async def test_the_countdown_goes_on_after_a_restart(empty_house: House) -> None:
    house = empty_house
    house.sprinkle()
    house.exchange.swaps.rules.minimum = Decimal("0.1")
    async with house.running():
        review = await house.ask("/swap XRP USDT", "holds for 59 s")
    house.clock.jump(timedelta(seconds=20))
    async with house.running():
        await house.shown("Swap 0.25 XRP", "holds for 3")
        await review.tap("✅ Confirm")
        await house.shown("Swapped")


async def test_a_countdown_never_draws_over_a_confirmation(house: House) -> None:
    """The balance that is read before the claim is late: meanwhile the price's time goes on."""
    reads = asyncio.Event()
    review = await house.ask("/swap XRP USDT", "holds for")
    house.exchange.faults.script(BALANCES, faults.hold(reads), times=3)
    await review.tap("✅ Confirm")
    await house.shown("Swapping")
    drawn = review.version
    house.clock.jump(timedelta(seconds=25))
    await house.ask("/help", "/history")
    assert review.version == drawn
    reads.set()
    await house.shown("Swapped")


async def test_the_end_of_a_price_is_not_drawn_over_the_one_that_took_its_place(
    house: House,
) -> None:
    """The word of the end is on its way to Telegram, which waits, while a new price is asked for."""
    review = await house.ask("/swap XRP USDT", "holds for")
    house.clock.jump(timedelta(minutes=1))
    expired = await house.shown("This price has expired")
    store = store_of(house)
    (old,) = [one for one in [await store.journal.get(id_of(review))] if one]
    await expired.tap("Refresh")
    await house.shown("Swap 0.25 XRP", "holds for")
    await store.outbox.add((Addressed(house.chat.id, Outcome(old.id), review.id),))
    store.outbox.wake.set()
    await delivered(house)
    assert "holds for" in review.text


def id_of(message: Message) -> str:
    """The conversion that the first button names."""
    return (message.buttons[0][0].data or "").split(":")[1]


async def test_telegrams_pause_stops_the_countdown_and_not_the_confirmation(house: House) -> None:
    review = await house.ask("/swap XRP USDT", "holds for")
    house.telegram.faults.script(
        "editMessageText", Refuse(429, "Too Many Requests", retry_after=60)
    )
    house.clock.jump(timedelta(seconds=12))
    await house.telegram.wait_call(lambda call: call.method == "editMessageText" and not call.ok)
    shown = review.version
    for _ in range(4):
        house.clock.jump(timedelta(seconds=9))
        await house.ask("/help", "/history")
    assert review.version == shown
    await review.tap("✅ Confirm")
    await house.shown("Swapped")
