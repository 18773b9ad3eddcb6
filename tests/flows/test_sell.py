"""/sell: a market order for what no conversion takes."""

from datetime import timedelta
from decimal import Decimal

import pytest

from sandbox.binance import faults
from tests.flows.house import House
from tests.flows.watching import look_again

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
    assert "Stays in your wallet: 0.0067 DOT" in review.text
    assert "DOTUSDT" in review.text
    await review.tap("✅ Confirm")
    done = await house.shown("Sold", "DOT 100.05", "Received 499.74975 USDT")
    assert done.id == review.id
    assert house.free("USDT") == Decimal("499.74975")
    assert house.free("DOT") == Decimal("0.0067")
    assert len(house.sent(ORDER)) == 1
    await house.ask("/history", "💱 100.05 DOT → 499.74975 USDT, fee 0.50025 USDT")


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
    await house.ask("/sell NOSUCH", "It can't be sold on Binance now", "only 0 NOSUCH is free")
    await house.ask("/sell DOT TRX", "not traded that way")
    await house.ask("/sell DOT 500", "only 100.0567 DOT is free")
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


@pytest.fixture
def held_back(house: House) -> House:
    """30 DOT, too much for dust, and 8 LUNC that no conversion of dust takes."""
    house.exchange.wallet.withdraw("DOT", Decimal("70.0567"))
    house.price("LUNC", "2")
    house.exchange.wallet.deposit("LUNC", Decimal(8))
    house.exchange.rules.unsupported.add("LUNC")
    return house


async def test_what_is_held_back_is_offered_for_sale_below_dust(held_back: House) -> None:
    house = held_back
    dust = await house.ask("/dust", "DOT 30 · $150.00 – above the exchange's ceiling")
    answer = await dust.tap("Sell…")
    assert answer.text == ""
    listed = await house.shown("What you could sell on Binance", "LUNC 8 · $16.00 – not supported")
    assert listed.labels == ["Sell DOT", "Sell LUNC"]
    await listed.tap("Sell LUNC")
    review = await house.shown("Sell 8 LUNC for about 15.984 USDT?")
    await review.tap("✅ Confirm")
    await house.shown("Sold", "LUNC 8 → 15.984")
    assert house.free("LUNC") == 0


async def test_sell_alone_says_how_and_lists_the_same(held_back: House) -> None:
    listed = await held_back.ask("/sell", "/sell ADA 10 USDC", "What you could sell on Binance")
    assert listed.labels == ["Sell DOT", "Sell LUNC"]


async def test_where_nothing_is_held_back_there_is_no_button(house: House) -> None:
    dust = await house.ask("/dust", "3 tokens")
    assert "Sell…" not in dust.labels
    await house.ask("/sell", "/sell ADA 10 USDC", "nothing is held back")


async def test_a_protected_token_is_neither_offered_nor_sold(held_back: House) -> None:
    await held_back.ask("/settings protect DOT", "DOT")
    listed = await held_back.ask("/sell", "What you could sell on Binance")
    assert listed.labels == ["Sell LUNC"]
    await held_back.ask("/sell DOT", "DOT – protected by you")


async def test_a_word_too_many_is_answered_with_how_to_sell(house: House) -> None:
    await house.ask("/sell DOT 10 BTC now", "/sell ADA 10 USDC")
    await house.ask("/sell DOT 1,000", "/sell ADA 10 USDC")
    assert not house.sent(ORDER)


async def test_a_sale_that_expired_can_be_had_again_at_a_new_price(house: House) -> None:
    review = await house.ask("/sell DOT 10", "Sell 10 DOT for about 49.95 USDT?")
    house.price("DOT", "6")
    house.clock.jump(timedelta(minutes=5))
    expired = await house.shown("This price has expired")
    await expired.tap("Refresh")
    again = await house.shown("Sell 10 DOT for about 59.94 USDT?")
    assert again.id == review.id


async def test_a_doubt_about_a_sale_speaks_of_the_sale(house: House) -> None:
    house.exchange.faults.script(ORDER, faults.drop(execute=False))
    review = await house.ask("/sell DOT 10", "Sell 10 DOT")
    await review.tap("✅ Confirm")
    await house.shown("Your 10 DOT may or may not have been sold")
    await house.later("the sale of", "send /sell to try again", step=timedelta(seconds=30))
    await house.shown("Not sold", "your 10 DOT are still there")
    await house.ask("/history", "10 DOT: not converted")


async def test_a_sale_in_doubt_for_a_day_is_put_to_the_owner(house: House) -> None:
    house.exchange.faults.script(ORDER, faults.drop(execute=True))
    house.exchange.faults.script(ORDER, faults.answer_text("<html>", 503), times=1000)
    review = await house.ask("/sell DOT 10", "Sell 10 DOT")
    await review.tap("✅ Confirm")
    await house.shown("No clear answer")
    house.clock.jump(timedelta(hours=25))
    question = await house.shown("whether the sale of", "(10 DOT, about 49.95 USDT)")
    await question.tap("It went through")
    said = await house.shown("You said: it went through")
    assert "log" not in said.text, "the log of conversions shows no sales"


async def test_a_working_balance_that_will_be_delisted_is_offered_for_sale(house: House) -> None:
    for pair in ("DOTUSDT", "DOTBTC"):
        house.exchange.market.delist(pair, house.clock.now() + timedelta(days=5))
    await look_again(house, after=timedelta(days=1))
    dust = await house.ask("/dust", "3 tokens")
    await dust.tap("Sell…")
    listed = await house.shown("DOT – ⚠️ being delisted", "(in 4 d)")
    await listed.tap("Sell DOT")
    await house.shown("Sell 100.05 DOT for about")
