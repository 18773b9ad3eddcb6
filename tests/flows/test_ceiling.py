"""The chat's own dust ceiling: what is worth more is never shown, counted, offered or converted as dust."""

from datetime import timedelta
from decimal import Decimal

from sandbox.binance import faults
from tests.flows.house import House
from tests.flows.test_reports import MONDAY, report_at
from tests.flows.watching import look_again, said, set_clock

PRICES = "/api/v3/ticker/price"
SPARED = "above your dust ceiling, see /settings ceiling"


async def test_what_is_above_the_ceiling_is_in_no_list_and_no_total(house: House) -> None:
    await house.ask("/settings ceiling 0.75", "✅ Dust ceiling: $0.75")
    report = await house.ask("/dust", "1 token · $0.50")
    assert "ADA" not in report.text
    assert "TRX" not in report.text
    selection = await house.ask("/convert", "Which tokens")
    assert [label for label in selection.labels if "☐" in label] == ["☐ XRP · $0.50"]
    protected = await house.ask("/settings protect", "Protected tokens")
    assert not any("ADA" in label for label in protected.labels)


async def test_all_is_what_is_not_above_the_ceiling(house: House) -> None:
    await house.ask("/settings ceiling 0.75", "$0.75")
    review = await house.ask("/convert all", "Convert 1 token to BNB?", "XRP 0.25")
    assert "ADA" not in review.text
    await review.tap("✅ Confirm")
    await house.shown("Converted 1 token")
    assert [house.free("ADA"), house.free("TRX")] == [2, 4]


async def test_a_balance_of_exactly_the_ceiling_is_dust(house: House) -> None:
    await house.ask("/settings ceiling 1", "$1.00")
    await house.ask("/dust", "3 tokens · $2.50")


async def test_a_typed_token_above_the_ceiling_is_named_with_the_way_to_change_it(
    house: House,
) -> None:
    await house.ask("/settings ceiling 0.75", "$0.75")
    refused = await house.ask("/convert ADA", "Nothing to convert", f"ADA – {SPARED}")
    await house.ask("/convert ADA XRP", "Convert 1 token to BNB?", f"ADA – {SPARED}")
    await refused.tap("Dust ceiling")
    topic = await house.shown("Dust ceiling: $0.75", "Or type")
    await topic.tap("off")
    await house.shown("✅ Dust ceiling: off")
    await house.ask("/convert ADA", "Convert 1 token to BNB?", "ADA 2")


async def test_a_ceiling_that_leaves_nothing_says_so_below_dust(house: House) -> None:
    await house.ask("/settings ceiling 0.1", "$0.10")
    empty = "3 tokens are worth more than your own dust ceiling: /settings ceiling changes it."
    await house.ask("/dust", "Nothing to convert", empty)
    await house.ask("/convert", "Nothing to convert", empty)


async def test_a_token_that_rises_above_the_ceiling_after_the_review_stays(house: House) -> None:
    await house.ask("/settings ceiling 1.20", "$1.20")
    review = await house.review_all()
    assert "Convert 3 tokens to BNB?" in review.text
    house.price("ADA", "0.61")
    await review.tap("✅ Confirm")
    outcome = await house.shown("Converted 2 tokens")
    assert f"ADA – {SPARED}" in outcome.text
    assert house.free("ADA") == 2
    [sent] = house.sent()
    assert "ADA" not in sent.params["asset"]


async def test_a_token_that_alone_was_confirmed_and_has_risen_is_not_sent(house: House) -> None:
    await house.ask("/settings ceiling 1.20", "$1.20")
    review = await house.ask("/convert ADA", "It can't be undone")
    house.price("ADA", "0.61")
    await review.tap("✅ Confirm")
    await house.shown("Nothing to convert", "nothing was sent", f"ADA – {SPARED}")
    assert house.sent() == []


async def test_a_ceiling_that_was_set_after_the_review_holds_at_its_confirmation(
    house: House,
) -> None:
    review = await house.review_all()
    await house.ask("/settings ceiling 0.75", "$0.75")
    await review.tap("✅ Confirm")
    await house.shown("Converted 1 token", f"ADA, TRX – {SPARED}")
    assert house.free("ADA") == 2


async def test_nothing_is_sent_while_the_prices_that_the_ceiling_needs_can_not_be_had(
    house: House,
) -> None:
    await house.ask("/settings ceiling 1.20", "$1.20")
    review = await house.review_all()
    house.clock.jump(timedelta(minutes=2))
    house.exchange.faults.script(PRICES, faults.answer_text("", 502))
    await review.tap("✅ Confirm")
    problem = await house.shown("did not answer", "Nothing was changed")
    assert house.sent() == []
    await problem.tap("✅ Confirm")
    await house.shown("Converted 3 tokens")


async def test_an_alert_counts_only_what_is_not_above_the_ceiling(house: House) -> None:
    await house.ask("/settings ceiling 3", "$3.00")
    house.sprinkle(ADA="6")  # 4.00 of ADA alone, 5.50 in all
    await look_again(house)
    assert said(house.chat, "of dust on") == []
    await house.ask("/settings threshold 1.5", "$1.50")
    await look_again(house)
    await house.shown("🔔 $1.50 of dust on Binance", "2 tokens can become")


async def test_a_report_leaves_out_what_is_above_the_ceiling(house: House) -> None:
    set_clock(house, MONDAY)
    await house.ask("/settings report daily 9:00", "09:00")
    await house.ask("/settings ceiling 1.20", "$1.20")
    house.sprinkle(ADA="4", XRP="0.25")
    await look_again(house)
    report = await report_at(house, MONDAY + timedelta(hours=1))
    assert "New: $0.50 in 1 token" in report.text
    assert "There now: $2.00 in 2 tokens" in report.text


async def test_a_change_of_the_currency_converts_the_ceiling_and_says_so(house: House) -> None:
    await house.ask("/settings ceiling 0.75", "$0.75")
    house.price("EUR", "2")
    house.clock.jump(timedelta(minutes=2))
    await house.ask("/settings currency EUR", "The dust ceiling of $0.75 is now €0.38.")
    await house.ask("/dust", "1 token · €0.25")


async def test_a_ceiling_that_can_not_be_converted_stays_and_that_is_said(house: House) -> None:
    await house.ask("/settings ceiling 0.75", "$0.75")
    house.exchange.down = True
    house.clock.jump(timedelta(minutes=2))
    await house.ask("/settings currency EUR", "The dust ceiling stays at $0.75", "get a price")


async def test_a_token_that_is_swapped_by_name_is_not_held_against_the_ceiling(
    house: House,
) -> None:
    house.exchange.swaps.rules.minimum = Decimal("0.1")
    await house.ask("/settings ceiling 0.75", "$0.75")
    review = await house.ask("/swap ADA USDT", "Swap 2 ADA for 0.997 USDT?")
    await review.tap("✅ Confirm")
    await house.shown("Swapped", "ADA 2")
