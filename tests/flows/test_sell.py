"""/sell: a market order for what no conversion takes."""

from datetime import timedelta
from decimal import Decimal

import pytest

from sandbox.binance import faults
from tests.flows.house import House

ORDER = "/api/v3/order"


@pytest.fixture
async def house(house: House) -> House:
    """100.0567 DOT worth 5 dollars each: no dust, and sold in steps of 0.01."""
    house.price("DOT", "5")
    house.exchange.wallet.deposit("DOT", Decimal("100.0567"))
    house.exchange.orders.rules.steps["DOTUSDT"] = Decimal("0.01")
    return house


async def test_a_sale_is_reviewed_confirmed_and_told(house: House) -> None:
    review = await house.ask("/sell DOT", "Sell 100.05 DOT for about 499.74975 USDT?")
    assert "Fee 0.50025 USDT" in review.text
    assert "Stays as dust: 0.0067 DOT" in review.text
    assert "DOTUSDT" in review.text
    await review.tap("✅ Confirm")
    done = await house.shown("Sold", "DOT 100.05", "Received 499.74975 USDT")
    assert done.id == review.id
    assert house.free("USDT") == Decimal("499.74975")
    assert house.free("DOT") == Decimal("0.0067")
    assert len(house.sent(ORDER)) == 1
    await house.ask("/history", "💱 1 token → 499.74975 USDT")


async def test_an_amount_and_a_target_may_be_named(house: House) -> None:
    await house.ask("/sell DOT 10 BTC", "Sell 10 DOT for about", "BTC?")


async def test_several_fills_and_a_fee_in_bnb_are_one_line_and_the_right_sum(house: House) -> None:
    house.exchange.orders.rules.fills = 3
    house.exchange.account.spot_bnb_burn = True
    house.exchange.wallet.deposit("BNB", Decimal("0.1"))
    review = await house.ask("/sell DOT 30", "Sell 30 DOT")
    await review.tap("✅ Confirm")
    done = await house.shown("Sold", "DOT 30 →")
    assert done.text.count("DOT") == 1
    assert "Fee 0.0001124" in done.text
    assert "BNB" in done.text
    assert f"Received {house.free('USDT').normalize():f} USDT" in done.text


async def test_a_sale_that_takes_only_part_says_so(house: House) -> None:
    house.exchange.orders.rules.share = Decimal("0.5")
    review = await house.ask("/sell DOT 30", "Sell 30 DOT")
    await review.tap("✅ Confirm")
    await house.shown("Only 15 of 30 DOT was sold", "Received 74.925 USDT")


async def test_an_order_that_rests_is_followed_until_it_is_filled(house: House) -> None:
    house.exchange.orders.rules.resting = True
    review = await house.ask("/sell DOT 30", "Sell 30 DOT")
    await review.tap("✅ Confirm")
    await house.shown("Binance took the order")
    house.exchange.orders.fill(house.exchange.orders.orders[0])
    await house.later("Sold", "Received 149.85 USDT", step=timedelta(seconds=10))
    assert len(house.sent(ORDER)) > 1
    assert len(house.exchange.orders.orders) == 1


async def test_what_can_not_be_sold_says_why(house: House) -> None:
    await house.ask("/sell ADA", "the minimum is 10.1 ADA: 8.1 ADA more are needed")
    await house.ask("/sell NOSUCH", "there is not that much of it")
    await house.ask("/sell DOT TRX", "not traded that way")
    await house.ask("/sell DOT 500", "there is not that much of it")
    house.exchange.orders.rules.statuses["DOTUSDT"] = "HALT"
    await house.ask("/sell DOT USDT", "its market is closed now")
    assert not house.sent(ORDER)


async def test_a_price_that_has_fallen_is_asked_about_again(house: House) -> None:
    review = await house.ask("/sell DOT 10", "49.95 USDT?")
    house.price("DOT", "4")
    await review.tap("✅ Confirm")
    await house.shown("Nothing was sent", "39.96 USDT?")
    assert not house.sent(ORDER)
    await review.tap("✅ Confirm")
    await house.shown("Sold", "39.96 USDT")


async def test_more_that_has_arrived_meanwhile_stays(house: House) -> None:
    review = await house.ask("/sell DOT 10", "Sell 10 DOT")
    house.exchange.wallet.deposit("DOT", Decimal(50))
    await review.tap("✅ Confirm")
    await house.shown("Sold", "DOT 10 →")
    assert house.free("DOT") == Decimal("140.0567")


async def test_a_refused_order_is_refused_and_says_why(house: House) -> None:
    for answer, words in (
        (faults.refuse(-1013, "Filter failure: NOTIONAL"), "smallest order"),
        (faults.refuse(-1013, "Filter failure: LOT_SIZE"), "steps"),
        (faults.refuse(-1013, "Market is closed."), "market of DOT is closed"),
        (
            faults.refuse(-2010, "Account has insufficient balance for requested action."),
            "no longer there",
        ),
        (
            faults.refuse(-2010, "This symbol is not permitted for this account."),
            "may not trade DOT",
        ),
    ):
        house.exchange.faults.script(ORDER, answer)
        review = await house.ask("/sell DOT 10", "Sell 10 DOT")
        await review.tap("✅ Confirm")
        await house.shown("refused. Nothing was converted", words, after=review.id - 1)
    assert not house.exchange.orders.orders


async def test_a_twin_of_an_open_order_proves_nothing(house: House) -> None:
    house.exchange.faults.script(ORDER, faults.refuse(-2010, "Duplicate order sent."))
    review = await house.ask("/sell DOT 10", "Sell 10 DOT")
    await review.tap("✅ Confirm")
    await house.shown("No clear answer")


async def test_an_order_whose_answer_is_lost_is_found_by_its_id(house: House) -> None:
    house.exchange.orders.rules.fills = 2
    house.exchange.faults.script(ORDER, faults.drop(execute=True))
    review = await house.ask("/sell DOT 10", "Sell 10 DOT")
    await review.tap("✅ Confirm")
    await house.later("Sold", "DOT 10 →", step=timedelta(seconds=10))
    assert len(house.exchange.orders.orders) == 1


async def test_an_order_that_never_arrived_is_proven_so(house: House) -> None:
    house.exchange.faults.script(ORDER, faults.drop(execute=False))
    review = await house.ask("/sell DOT 10", "Sell 10 DOT")
    await review.tap("✅ Confirm")
    await house.shown("No clear answer")
    await house.later("was not carried out", step=timedelta(seconds=30))
    assert not house.exchange.orders.orders
