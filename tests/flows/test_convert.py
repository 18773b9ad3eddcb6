"""From a wish to the outcome, over the real wires."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from sandbox.binance import faults
from tests.flows.house import DUST, LIST, LOG, House


async def test_convert_all_reviews_converts_and_tells_what_came(house: House) -> None:
    review = await house.review_all()
    assert "Convert 3 tokens to BNB?" in review.text
    assert "You get about 0.00245 BNB" in review.text
    assert house.sent() == [], "a review moves nothing"
    await review.tap("✅ Confirm")
    outcome = await house.shown("Converted 3 tokens")
    assert outcome.id == review.id
    assert outcome.labels == []
    assert "ADA 2 → 0.00098" in outcome.text
    assert "Fee 0.00005 BNB" in outcome.text
    assert "Received 0.00245 BNB" in outcome.text
    assert house.free("BNB") == Decimal("0.00245")
    assert house.free("ADA") == 0


async def test_choosing_tokens_converts_only_those(house: House) -> None:
    selection = await house.ask("/convert", "Which tokens")
    assert [label[0] for label in selection.labels[:3]] == ["☐", "☐", "☐"]
    await selection.tap("☐ ADA")
    await selection.tap("☐ TRX")
    await house.shown("2 of 3 ticked")
    await selection.tap("☑ TRX")
    await house.shown("1 of 3 ticked")
    await selection.tap("Review 1 token")
    review = await house.shown("Convert 1 token to BNB?", "ADA")
    await review.tap("✅ Confirm")
    await house.shown("Converted 1 token")
    assert [house.free("ADA"), house.free("TRX")] == [Decimal(0), Decimal(4)]


async def test_select_all_clear_and_review_of_nothing(house: House) -> None:
    selection = await house.ask("/convert", "Which tokens")
    await selection.tap("Select all")
    await house.shown("3 of 3 ticked")
    await selection.tap("Clear")
    await house.shown("Tap the ones to convert")
    answer = await selection.tap("Review 0 tokens")
    assert answer.text == "Choose at least one token first."
    await selection.tap("Cancel")
    assert "Nothing was converted" in (await house.shown("Cancelled")).text


async def test_typed_tokens_end_on_the_same_review_and_unknown_ones_are_named(
    house: House,
) -> None:
    review = await house.ask("/convert ada, NOPE", "Convert 1 token to BNB?")
    assert "NOPE – not offered by the exchange now" in review.text
    await review.tap("Cancel")
    assert "Nothing was converted" in (await house.shown("Cancelled")).text
    assert house.sent() == []


async def test_confirm_twice_converts_once(house: House) -> None:
    review = await house.review_all()
    confirm = review.buttons[0][0].data or ""
    await review.tap("✅ Confirm")
    await house.shown("Converted 3 tokens")
    answer = await house.chat.tap_data(review, confirm)
    assert "converted only once" in answer.text
    assert len(house.sent()) == 1


async def test_confirm_twice_concurrently_converts_once(house: House) -> None:
    review = await house.review_all()
    confirm = review.buttons[0][0].data or ""
    taps = [house.chat.tap(review, confirm) for _ in range(5)]
    await asyncio.gather(*(tap.answer() for tap in taps))
    await house.shown("Converted 3 tokens")
    assert len(house.sent()) == 1


async def test_expired_quote_is_not_executed_and_the_message_says_so(house: House) -> None:
    review = await house.review_all()
    confirm = review.buttons[0][0].data or ""
    house.clock.jump(timedelta(minutes=5))
    await house.shown("This review has expired")
    answer = await house.chat.tap_data(review, confirm)
    assert "expired" in answer.text
    assert house.sent() == []


async def test_a_token_that_vanished_is_dropped_and_named(house: House) -> None:
    review = await house.review_all()
    house.exchange.wallet.withdraw("XRP", Decimal("0.25"))
    await review.tap("✅ Confirm")
    outcome = await house.shown("Converted 2 tokens")
    assert "XRP – not offered by the exchange now" in outcome.text


async def test_a_grown_balance_is_not_converted_unseen(house: House) -> None:
    review = await house.review_all()
    house.exchange.wallet.deposit("ADA", Decimal(1))
    await review.tap("✅ Confirm")
    again = await house.shown("Nothing was sent: the list has changed")
    assert again.id == review.id
    assert "ADA 2 3 →" in again.text, "the old amount is struck out beside the new one"
    assert house.sent() == []
    await again.tap("✅ Confirm")
    await house.shown("Converted 3 tokens")
    assert house.free("ADA") == 0


@pytest.mark.parametrize(("fall", "asked_again"), [("0.981", False), ("0.979", True)])
async def test_a_fall_of_more_than_two_per_cent_asks_again(
    house: House, fall: str, asked_again: bool
) -> None:
    review = await house.review_all()
    bnb = Decimal("0.01") / Decimal(fall)
    house.exchange.market.set_price("BNB", bnb)
    await review.tap("✅ Confirm")
    await house.shown("the list has changed" if asked_again else "Converted 3 tokens")
    assert len(house.sent()) == (0 if asked_again else 1)


async def test_a_token_protected_after_the_review_stays(house: House) -> None:
    review = await house.review_all()
    await house.ask("/settings protect ADA", "ADA")
    await review.tap("✅ Confirm")
    outcome = await house.shown("Converted 2 tokens")
    assert "ADA – protected by you" in outcome.text
    assert house.free("ADA") == 2


async def test_an_exchange_that_is_down_at_confirm_sends_nothing_and_can_be_tried_again(
    house: House,
) -> None:
    review = await house.review_all()
    house.exchange.down = True
    await review.tap("✅ Confirm")
    problem = await house.shown("did not answer", "Nothing was changed")
    house.exchange.down = False
    await problem.tap("✅ Confirm")
    await house.shown("Converted 3 tokens")
    assert len(house.sent()) == 1


async def test_one_bad_token_does_not_give_up_the_batch(house: House) -> None:
    review = await house.review_all()
    house.exchange.faults.script(
        DUST,
        faults.refuse(
            -5005, "The residual balances of TRX is too low, Please re-choose.", status=400
        ),
    )
    await review.tap("✅ Confirm")
    refused = await house.shown("refused. Nothing was converted", "TRX")
    await refused.tap("Review the other 2")
    rest = await house.shown("Convert 2 tokens to BNB?")
    await rest.tap("✅ Confirm")
    await house.shown("Converted 2 tokens")
    assert house.free("TRX") == 4


async def test_a_cooldown_refusal_teaches_its_length_and_blocks_until_its_time(
    house: House,
) -> None:
    house.exchange.website_convert(["XRP"])
    await house.later("Found in Binance's log", step=timedelta(minutes=15))
    review = await house.ask("/convert", "probably from")
    await review.tap("Try now")
    selection = await house.shown("Which tokens")
    await selection.tap("Select all")
    await house.shown("2 of 2 ticked")
    await selection.tap("Review 2 tokens")
    review = await house.shown("Convert 2 tokens")
    await review.tap("✅ Confirm")
    await house.shown("refused. Nothing was converted", "Next conversion from")
    blocked = await house.ask("/convert", "Next conversion from")
    assert "Try now" not in blocked.labels
    house.clock.jump(timedelta(hours=1, minutes=1))
    review = await house.review_all()
    await review.tap("✅ Confirm")
    await house.shown("Converted 2 tokens")


async def test_after_a_success_the_end_of_the_pause_is_called_an_estimate(house: House) -> None:
    review = await house.review_all()
    await review.tap("✅ Confirm")
    await house.shown("Converted 3 tokens")
    house.sprinkle(ADA="2")
    await house.ask("/dust", "ADA", "Next conversion probably from")


async def test_partial_conversion_names_what_was_left(house: House) -> None:
    def without_ada(answer: object) -> object:
        assert isinstance(answer, dict)
        rows = [row for row in answer["transferResult"] if row["fromAsset"] != "ADA"]
        return answer | {"transferResult": rows}

    review = await house.review_all()
    house.exchange.faults.script(DUST, faults.transform(without_ada))
    await review.tap("✅ Confirm")
    outcome = await house.shown("Only 2 of 3 tokens were converted")
    assert "ADA –" in outcome.text


async def test_timeout_after_execution_is_found_later(house: House) -> None:
    review = await house.review_all()
    house.exchange.faults.script(DUST, faults.drop(execute=True))
    await review.tap("✅ Confirm")
    unclear = await house.shown("No clear answer from Binance")
    assert unclear.labels == ["Check now"]
    house.clock.jump(timedelta(seconds=10))
    settled = await house.shown("went through", "Received 0.00245 BNB", after=review.id)
    assert settled.id != review.id
    assert "Converted 3 tokens" in (await house.shown("Converted 3 tokens")).text
    assert len(house.sent()) == 1


async def test_a_lost_request_is_closed_only_after_two_late_proofs_of_absence(
    house: House,
) -> None:
    review = await house.review_all()
    house.exchange.faults.script(DUST, faults.drop(execute=False))
    await review.tap("✅ Confirm")
    await house.shown("No clear answer from Binance")
    await house.ask("/convert", "not settled yet")
    await house.later("was not carried out", step=timedelta(seconds=30))
    again = await house.review_all()
    await again.tap("✅ Confirm")
    await house.shown("Converted 3 tokens")
    assert len(house.exchange.conversions) == 1


async def test_cut_answer_is_unknown_not_refused(house: House) -> None:
    review = await house.review_all()
    house.exchange.faults.script(DUST, faults.cut())
    await review.tap("✅ Confirm")
    await house.shown("No clear answer from Binance")


async def test_a_doubt_of_a_day_is_put_to_the_owner_and_frees_the_account(house: House) -> None:
    review = await house.review_all()
    house.exchange.faults.script(DUST, faults.drop(execute=False))
    house.exchange.faults.script(LOG, faults.answer_text("<html>", 200), times=1000)
    await review.tap("✅ Confirm")
    await house.shown("No clear answer from Binance")
    house.clock.jump(timedelta(hours=25))
    question = await house.shown("Please look at Binance")
    assert question.labels == ["It went through", "It did not"]
    answer = await question.tap("It did not")
    assert answer.text == "Noted."
    await house.shown("Closed by you")
    house.exchange.faults.clear()
    await house.review_all()


async def test_a_list_that_was_never_read_again_sends_nothing(house: House) -> None:
    review = await house.review_all()
    house.exchange.faults.script(LIST, faults.answer_text("", 200))
    await review.tap("✅ Confirm")
    await house.shown("did not answer")
    assert house.sent() == []
