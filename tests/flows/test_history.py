"""/history tells of every conversion, whatever became of it."""

import asyncio
from datetime import timedelta
from decimal import Decimal

from sandbox.binance import faults
from tests.flows.house import DUST, LOG, House
from tests.flows.watching import store_of


async def convert(house: House, what: str, outcome: str) -> None:
    """A confirmed conversion up to this word on its end."""
    house.clock.jump(timedelta(hours=7))
    review = await house.ask(f"/convert {what}", "It can't be undone")
    await review.tap("✅ Confirm")
    await house.shown(outcome, after=review.id - 1)


async def weighed(house: House) -> None:
    """Waits until the balance was held against what the exchange has reported."""
    async with asyncio.timeout(5):
        while True:
            (newest,), _ = await store_of(house).journal.history(("main",), limit=1, offset=0)
            if newest.balance_after is not None:
                return
            await asyncio.sleep(0.005)


async def test_an_empty_history_says_so(house: House) -> None:
    await house.ask("/history", "No conversions yet")


async def test_a_conversion_stands_with_tokens_net_and_fee(house: House) -> None:
    await convert(house, "all", "Converted 3 tokens")
    history = await house.ask("/history", "1 conversion")
    assert "✅ 3 tokens → 0.00245 BNB, fee 0.00005 BNB" in history.text
    assert "ADA, TRX, XRP" in history.text
    assert history.labels == ["1", "• All", "Converted", "Failed", "Website"]


async def test_what_was_only_reviewed_is_no_history(house: House) -> None:
    review = await house.review_all()
    await review.tap("Cancel")
    await house.shown("Cancelled")
    await house.ask("/history", "No conversions yet")


async def test_a_refusal_stands_with_its_reason(house: House) -> None:
    answer = faults.refuse(-5005, "The residual balances of TRX is too low, Please re-choose.")
    house.exchange.faults.script(DUST, answer)
    await convert(house, "all", "refused")
    await house.ask("/history", "✖️ 3 tokens: refused, TRX was worth too little")


async def test_a_doubt_stands_as_one_and_later_as_what_it_was(house: House) -> None:
    house.exchange.faults.script(DUST, faults.drop(execute=True))
    await convert(house, "ADA", "No clear answer")
    await house.ask("/history", "❔ 1 token: no clear answer, being checked")
    await house.later("went through", step=timedelta(seconds=10))
    await house.ask("/history", "✅ 1 token → 0.00098 BNB")


async def test_what_was_never_carried_out_says_so(house: House) -> None:
    house.exchange.faults.script(DUST, faults.drop(execute=False))
    await convert(house, "ADA", "No clear answer")
    await house.later("was not carried out", step=timedelta(seconds=30))
    await house.ask("/history", "✖️ 1 token: not converted, the exchange never carried it out")


async def test_what_the_owner_closed_is_marked(house: House) -> None:
    house.exchange.faults.script(DUST, faults.drop(execute=False))
    house.exchange.faults.script(LOG, faults.answer_text("<html>", 200), times=1000)
    await convert(house, "ADA", "No clear answer")
    house.clock.jump(timedelta(hours=25))
    question = await house.shown("Please look at Binance")
    await question.tap("It did not")
    await house.shown("Closed by you")
    await house.ask("/history", "✖️ 1 token: not converted, closed by you")


async def test_what_was_made_on_the_exchange_itself_is_there_and_marked(house: House) -> None:
    house.exchange.website_convert(["XRP"])
    await house.later("Found in Binance's log", step=timedelta(minutes=15))
    await house.ask("/history", "✅ 1 token → 0.00049 BNB", "Made on Binance itself.")


async def test_seven_conversions_stand_on_two_pages_newest_first(house: House) -> None:
    for number in range(7):
        house.price(f"T{number}", "1")
        house.sprinkle(**{f"T{number}": "0.5"})
        await convert(house, f"T{number}", "Converted 1 token")
    first = await house.ask("/history", "7 conversions")
    assert [name for name in ("T6", "T2", "T1", "T0") if name in first.text] == ["T6", "T2"]
    assert first.text.index("T6") < first.text.index("T2")
    await first.tap("›")
    second = await house.shown("T1", "T0")
    assert second.id == first.id
    assert second.labels[:5] == ["1", "2", "‹", "2/2", "›"]
    await second.tap("›")
    await house.shown("T6", "7 conversions")


async def test_one_conversion_stands_in_full_with_rates_fees_and_ids(house: House) -> None:
    await convert(house, "all", "Converted 3 tokens")
    await weighed(house)
    history = await house.ask("/history", "1 conversion")
    await history.tap("1")
    detail = await house.shown("🧾", "Exchange's ids")
    assert "XRP 0.25 → 0.00049 BNB" in detail.text
    assert "rate 0.002, fee 0.00001 BNB" in detail.text
    assert "Gross 0.0025 BNB\nFee 0.00005 BNB\nReceived 0.00245 BNB" in detail.text
    assert str(house.exchange.conversions[0].tran_id) in detail.text
    assert "Checked: your balance grew by that." in detail.text
    await detail.tap("‹ History")
    await house.shown("1 conversion")


async def test_the_history_is_filtered_by_buttons_and_by_words(house: House) -> None:
    await convert(house, "ADA", "Converted 1 token")
    house.exchange.faults.script(DUST, faults.refuse(-5005, "too low"))
    await convert(house, "TRX", "refused")
    history = await house.ask("/history", "2 conversions")
    await history.tap("Failed")
    failed = await house.shown("1 conversion", "TRX", "refused")
    assert "ADA" not in failed.text
    await failed.tap("Converted")
    await house.shown("1 conversion", "✅ 1 token", "ADA")
    await failed.tap("Website")
    await house.shown("No such conversion")
    await house.ask("/history trx", "1 conversion · TRX", "refused")
    await house.ask("/history converted ADA", "1 conversion · ADA", "✅ 1 token")
    await house.ask("/history failed ADA", "No such conversion of ADA")


async def test_a_report_that_the_balance_contradicts_is_said_so(house: House) -> None:
    """The exchange reports a credit, and the balance does not show it."""
    row = {
        "amount": "2",
        "fromAsset": "ADA",
        "operateTime": int(house.clock.now().timestamp() * 1000),
        "serviceChargeAmount": "0.00002",
        "tranId": 7,
        "transferedAmount": "0.001",
    }
    answer = {"totalServiceCharge": "0", "totalTransfered": "0", "transferResult": [row]}
    house.exchange.faults.script(DUST, faults.answer_json(answer))
    house.exchange.wallet.deposit("BNB", Decimal(1))
    await convert(house, "ADA", "not by what was reported")
    await house.ask("/stats", "balance changed by something else")
