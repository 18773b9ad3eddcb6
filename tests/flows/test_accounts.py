"""Two accounts beside each other: neither hides nor holds up the other."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from sandbox.binance import BinanceEmulator, faults
from tests.flows.house import DUST, KEY, SECRET, House
from tests.flows.watching import delivered, look_again, said


@dataclass(frozen=True)
class Pair:
    """A house with a second account, "spare", that holds 3 dollars of SOL."""

    house: House
    spare: BinanceEmulator


@pytest.fixture
async def pair(tmp_path: Path) -> AsyncIterator[Pair]:
    """Both accounts with a little dust, the bot running."""
    async with (
        House.built(tmp_path) as house,
        BinanceEmulator(KEY, SECRET, now=house.clock.now) as spare,
    ):
        spare.market.set_price("SOL", Decimal("0.00001"))
        spare.wallet.deposit("SOL", Decimal(3))
        house.sprinkle()
        house.settings["accounts"]["spare"] = {
            "api_key": KEY,
            "api_secret": SECRET,
            "api_url": spare.url,
        }
        async with house.running():
            await house.looked()
            yield Pair(house, spare)


async def test_dust_answers_for_each_account_by_name(pair: Pair) -> None:
    house = pair.house
    await house.ask("/dust", "main", "3 tokens · $2.50")
    await house.ask("/dust", "spare", "1 token · $3.00")


async def test_one_dead_exchange_does_not_hide_the_others(pair: Pair) -> None:
    pair.spare.down = True
    sent = await pair.house.say("/dust")
    await pair.house.shown("3 tokens · $2.50", after=sent)
    await pair.house.shown("did not answer", "spare", after=sent)


async def test_a_live_conversion_on_one_account_does_not_block_the_other(pair: Pair) -> None:
    house = pair.house
    sent = await house.say("/convert all")
    review = await house.shown("It can't be undone", "ADA", after=sent)
    spares = await house.shown("It can't be undone", "SOL", after=sent)
    house.exchange.faults.script(DUST, faults.drop(execute=False))
    await review.tap("✅ Confirm")
    await house.shown("No clear answer from Binance")
    await spares.tap("✅ Confirm")
    await house.shown("Converted 1 token")
    assert pair.spare.wallet.free("SOL") == 0
    assert house.free("ADA") == 2


async def test_trouble_with_one_account_names_it_and_the_other_is_watched_on(pair: Pair) -> None:
    house = pair.house
    pair.spare.down = True
    house.sprinkle(ADA="6")
    await look_again(house, "spare")
    await look_again(house, "spare", after=timedelta(seconds=30))
    await delivered(house)
    [trouble] = said(house.chat, "can't be reached")
    assert "spare" in trouble.text
    [alert] = said(house.chat, "$5.50 of dust on")
    assert "main" in alert.text


async def test_history_tells_the_accounts_apart(pair: Pair) -> None:
    house = pair.house
    sent = await house.say("/convert all")
    for token in ("ADA", "SOL"):
        review = await house.shown("It can't be undone", token, after=sent)
        await review.tap("✅ Confirm")
        await house.shown("Converted", token)
    history = await house.ask("/history", "2 conversions", "main", "spare")
    assert "Binance" in history.text
