"""`/dust ADA`: why a token is dust and what would clear it; what will be delisted is told in time."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from handlers.views.protected import token_tag
from sandbox.binance import faults
from tests.flows.house import BALANCES, House
from tests.flows.watching import look_again, said

SCHEDULE = "/sapi/v1/spot/delist-schedule"


async def test_a_small_token_tells_why_and_what_helps(house: House) -> None:
    token = await house.ask("/dust ada", "🔬 2 ADA · $1.00")
    assert "The smallest order is 10.1 ADA: this is less." in token.text
    assert "Fees taken in the token that you buy" in token.text
    assert "Convert it now: about 0.00098 BNB" in token.text
    assert "Swap it: 0.997 USDT" in token.text
    assert "Buy 8.1 ADA more, about $4.05" in token.text
    assert token.labels == ["Convert", "Swap", "⚖️ Compare"]
    await token.tap("Convert")
    await house.shown("Convert 1 token to BNB?")


async def test_what_is_in_an_order_and_what_waits_is_said(house: House) -> None:
    house.exchange.wallet.lock("ADA", Decimal("0.5"))
    await house.ask("/dust ADA", "in open orders: 0.5 ADA", "Cancel the open order", "0.5 ADA")
    review = await house.ask("/convert XRP", "It can't be undone")
    await review.tap("✅ Confirm")
    await house.shown("Converted 1 token")
    await house.ask("/dust ADA", "Next conversion probably from")


async def test_a_large_balance_can_be_sold_and_tells_the_rest(house: House) -> None:
    house.price("DOT", "5")
    house.exchange.wallet.deposit("DOT", Decimal("100.0567"))
    house.exchange.orders.rules.steps["DOTUSDT"] = Decimal("0.01")
    token = await house.ask("/dust DOT", "large enough to be sold", "0.0067 DOT of it is less")
    assert "Sell it: about 499.74975 USDT" in token.text
    await token.tap("Sell")
    await house.shown("Sell 100.05 DOT")


async def test_what_is_not_there_says_so(house: House) -> None:
    await house.ask("/dust NOSUCH", "You have no NOSUCH on Binance")


@pytest.mark.parametrize(
    ("button", "then"),
    [
        ("to1:main:", "🔬 2 DOT"),
        ("cr1:main::", "DOT into BNB"),
        ("ro1:main:swap:USDT:", "Swap 2 DOT"),
    ],
)
async def test_a_button_of_a_token_that_no_look_has_seen_asks_the_wallet_after_the_answer(
    house: House, button: str, then: str
) -> None:
    house.sprinkle(DOT="2")
    house.price("DOT", "5")
    below = await house.ask("/dust", "tokens")
    answered = asyncio.Event()
    house.exchange.faults.script(BALANCES, faults.hold(answered))
    answer = await house.chat.tap_data(below, button + token_tag("DOT"))
    assert answer.text == ""
    answered.set()
    await house.shown(then, after=below.id)


async def test_a_button_of_a_token_says_so_where_the_wallet_can_not_be_read(house: House) -> None:
    below = await house.ask("/dust", "3 tokens")
    house.exchange.faults.script(BALANCES, faults.answer_text("", 503))
    await house.chat.tap_data(below, "cr1:main::" + token_tag("DOT"))
    await house.shown("Binance did not answer", after=below.id)


async def test_a_button_of_a_token_that_is_gone_is_out_of_date(house: House) -> None:
    below = await house.ask("/dust", "3 tokens")
    await house.chat.tap_data(below, "cr1:main::" + token_tag("DOT"))
    await house.shown("out of date", after=below.id)


async def test_a_delisting_is_told_once_flagged_and_explained(house: House) -> None:
    at = house.clock.now() + timedelta(days=5)
    for pair in ("ADAUSDT", "ADABTC"):
        house.exchange.market.delist(pair, at)
    house.exchange.market.delist("TRXUSDT", at)
    await look_again(house, after=timedelta(days=1))
    word = await house.shown("Binance will delist ADA", "(in 4 d)")
    await look_again(house, after=timedelta(days=1))
    assert len(said(house.chat, "Binance will delist")) == 1
    await house.ask("/dust", "⚠️ ADA is being delisted, its last market closes")
    await word.tap("What can I do?")
    await house.shown("🔬 2 ADA", "being delisted, its last market closes", "Convert it now")
    await house.ask("/dust TRX", "ℹ️ TRXUSDT closes", "other markets of it stay")


async def test_a_schedule_that_can_not_be_read_keeps_nobody_from_watching(house: House) -> None:
    at = house.clock.now() + timedelta(days=9)
    for pair in ("ADAUSDT", "ADABTC"):
        house.exchange.market.delist(pair, at)
    house.exchange.faults.script(SCHEDULE, faults.answer_text("<html>", 200))
    await look_again(house, after=timedelta(days=1))
    assert not said(house.chat, "can't be reached")
    await look_again(house)
    await house.shown("Binance will delist ADA")
