"""Dust becomes what is wished: the target is chosen by buttons or typed, and the review compares."""

from datetime import timedelta
from decimal import Decimal

from sandbox.binance import faults
from sandbox.binance.rules import Absence
from tests.flows.house import House

CONVERT = "/sapi/v1/asset/dust-convert/convert"
QUERY = "/sapi/v1/asset/dust-convert/query-convertible-assets"


async def test_a_typed_target_is_reviewed_converted_and_told(house: House) -> None:
    review = await house.ask("/convert all to usdc", "Convert 3 tokens to USDC?")
    assert "You get about 2.45 USDC" in review.text
    await review.tap("✅ Confirm")
    await house.shown("Converted 3 tokens", "Received 2.45 USDC")
    assert house.free("USDC") == Decimal("2.45")
    (sent,) = house.sent(CONVERT)
    assert sent.params["targetAsset"] == "USDC"
    await house.ask("/history", "2.45 USDC, fee 0.05 USDC")


async def test_the_review_compares_targets_and_leads_to_each(house: House) -> None:
    house.exchange.market.set_price("USDC", Decimal("0.00000999"))
    review = await house.review_all()
    assert "BNB · $2.45" in review.text
    assert "USDC · $2.4" in review.text
    await review.tap("→ USDC")
    other = await house.shown("Convert 3 tokens to USDC?")
    assert other.id == review.id
    assert "→ BNB" in other.labels
    await other.tap("✅ Confirm")
    await house.shown("Received", "USDC")
    assert [one.target for one in house.exchange.conversions] == ["USDC"]


async def test_bnb_dust_itself_becomes_another_target(house: House) -> None:
    house.exchange.wallet.deposit("BNB", Decimal("0.001"))
    await house.ask("/convert BNB", "Nothing to convert")
    review = await house.ask("/convert BNB to USDT", "Convert 1 token to USDT?")
    await review.tap("✅ Confirm")
    await house.shown("Received 0.98 USDT")
    assert house.free("BNB") == 0


async def test_the_selection_has_a_button_for_each_target(house: House) -> None:
    selection = await house.ask("/convert", "Which tokens shall become BNB?")
    assert [label for label in selection.labels if label[0] in "◉○"] == [
        "◉ BNB",
        "○ USDT",
        "○ USDC",
        "○ BTC",
    ]
    await selection.tap("☐ ADA · $1.00")
    await house.shown("1 of 3 ticked")
    await selection.tap("○ USDT")
    await house.shown("shall become USDT?", "1 of 3 ticked", "0.98 USDT")
    await selection.tap("Review 1 token")
    await house.shown("Convert 1 token to USDT?")


async def test_a_target_that_is_not_offered_gives_way_to_bnb_and_says_so(house: House) -> None:
    await house.ask("/convert all to DOGE", "does not convert your dust to DOGE", "to BNB?")
    await house.ask("/convert to DOGE", "Which tokens shall become BNB?")


async def test_without_the_newer_endpoints_all_goes_to_bnb_and_says_so(house: House) -> None:
    for absence in Absence:
        house.exchange.rules.dust_convert_available = False
        house.exchange.rules.dust_convert_absence = absence
        house.clock.jump(timedelta(hours=2))
        review = await house.ask("/convert all to USDT", "does not convert your dust to USDT")
        assert "The same into" not in review.text
        await review.tap("Cancel")
        await house.shown("Cancelled")


async def test_a_lost_answer_to_another_target_is_found_in_the_log(house: House) -> None:
    house.exchange.faults.script(CONVERT, faults.drop(execute=True))
    review = await house.ask("/convert ADA to USDT", "It can't be undone")
    await review.tap("✅ Confirm")
    await house.shown("No clear answer")
    await house.later("went through", "0.98 USDT", step=timedelta(seconds=10))
    assert len(house.sent(CONVERT)) == 1


async def test_a_comparison_that_fails_keeps_nobody_from_converting(house: House) -> None:
    house.exchange.faults.script(QUERY, faults.answer_text("<html>", 200), times=9)
    review = await house.review_all()
    assert "The same into" not in review.text
    await review.tap("✅ Confirm")
    await house.shown("Converted 3 tokens")
