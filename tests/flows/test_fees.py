"""/fees: paying fees in BNB, and word when there is little of it."""

from decimal import Decimal

from sandbox.binance import faults
from tests.flows.house import House
from tests.flows.watching import look_again, said

BURN = "/sapi/v1/bnbBurn"


async def test_it_tells_how_it_stands_and_why(house: House) -> None:
    house.exchange.wallet.deposit("BNB", Decimal("0.02"))
    fees = await house.ask("/fees", "You don't pay Binance's fees in BNB", "Free: 0.02 BNB")
    assert "no odd rest" in fees.text
    house.exchange.account.spot_bnb_burn = True
    await fees.tap("Refresh")
    await house.shown("✅ You pay Binance's fees in BNB")


async def test_it_is_switched_on_only_after_a_question(house: House) -> None:
    fees = await house.ask("/fees", "You don't pay")
    await fees.tap("Pay in BNB…")
    question = await house.shown("Pay Binance's trading fees in BNB from now on?")
    assert not house.exchange.account.spot_bnb_burn
    await question.tap("✅ Switch on")
    await house.shown("✅ You pay Binance's fees in BNB")
    assert house.exchange.account.spot_bnb_burn
    typed = await house.ask("/fees off", "Stop paying Binance's trading fees in BNB?")
    await typed.tap("Cancel")
    await house.shown("✅ You pay")
    assert house.exchange.account.spot_bnb_burn


async def test_a_switch_that_fails_says_so_and_can_be_tried_again(house: House) -> None:
    question = await house.ask("/fees on", "from now on?")
    house.exchange.faults.script(BURN, faults.drop(execute=False))
    await question.tap("✅ Switch on")
    problem = await house.shown("did not answer")
    await problem.tap("Try again")
    await house.shown("from now on?")


async def test_a_fall_below_the_level_is_told_once_with_the_dust_that_refills_it(
    house: House,
) -> None:
    house.exchange.wallet.deposit("BNB", Decimal("0.02"))
    await house.ask("/fees level 0.01", "You hear when less than 0.01 BNB is there")
    await look_again(house)
    assert not said(house.chat, "Little BNB left")
    house.exchange.wallet.withdraw("BNB", Decimal("0.015"))
    await look_again(house)
    low = await house.shown("Little BNB left", "0.005 BNB is free")
    assert "3 tokens of dust could bring 0.00245 BNB" in low.text
    assert low.labels == ["Convert all", "Choose tokens"]
    await look_again(house)
    assert len(said(house.chat, "Little BNB left")) == 1
    house.exchange.wallet.deposit("BNB", Decimal("0.02"))
    await look_again(house)
    house.exchange.wallet.withdraw("BNB", Decimal("0.02"))
    await look_again(house)
    assert len(said(house.chat, "Little BNB left")) == 2


async def test_a_level_is_taken_back_and_bad_words_are_explained(house: House) -> None:
    await house.ask("/fees level 1", "You hear when")
    await house.ask("/fees level off", "Word when it runs low")
    await look_again(house)
    assert not said(house.chat, "Little BNB left")
    for words in ("/fees level", "/fees level -1", "/fees level much", "/fees maybe"):
        await house.ask(words, "tell me when less is there")
