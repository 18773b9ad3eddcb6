"""What can't be converted: crumbs are one line below /dust, and `Show all` opens the whole list."""

from decimal import Decimal

import pytest

from sandbox.binance import faults
from tests.flows.house import LIST, House


@pytest.fixture
def crumbs(house: House) -> House:
    """Tokens that no conversion takes: 25 worth a fifth of a cent each, and one worth two dollars."""
    for number in range(25):
        _unsupported(house, f"CRUMB{number:02}", "0.001", "2")
    _unsupported(house, "LUNC", "1", "2")
    return house


def _unsupported(house: House, asset: str, dollars: str, amount: str) -> None:
    house.price(asset, dollars)
    house.exchange.wallet.deposit(asset, Decimal(amount))
    house.exchange.rules.unsupported.add(asset)


async def test_crumbs_are_one_line_and_show_all_opens_them(crumbs: House) -> None:
    dust = await crumbs.ask("/dust", "25 tokens worth next to nothing · $0.05")
    assert "LUNC 2 · $2.00 – not supported" in dust.text
    assert "CRUMB" not in dust.text
    await dust.tap("Show all")
    everything = await crumbs.shown("Can't be converted on Binance now", "26 tokens · $2.05")
    assert everything is dust
    assert everything.text.count("CRUMB") == 19
    await everything.tap("›")
    await crumbs.shown("CRUMB24")
    assert everything.text.count("CRUMB") == 6
    await everything.tap("‹ Dust")
    await crumbs.shown("You get about", "25 tokens worth next to nothing")


async def test_dust_all_is_the_same_typed(crumbs: House) -> None:
    everything = await crumbs.ask("/dust ALL", "Can't be converted on Binance now", "26 tokens")
    assert everything.labels == ["‹", "1/2", "›", "‹ Dust"]


async def test_crumbs_are_not_offered_for_sale(crumbs: House) -> None:
    listed = await crumbs.ask("/sell", "What you could sell on Binance")
    assert listed.labels == ["Sell LUNC"]


async def test_a_single_crumb_is_named(house: House) -> None:
    _unsupported(house, "CRUMB", "0.001", "2")
    dust = await house.ask("/dust", "CRUMB 2 · <$0.01 – not supported")
    assert "Show all" not in dust.labels


async def test_what_would_bring_nothing_is_a_crumb_in_any_currency(house: House) -> None:
    await house.ask("/settings currency BTC", "BTC")
    for asset in ("CRUMB", "DREG"):
        house.price(asset, "0.00000001")
        house.exchange.wallet.deposit(asset, Decimal("0.01"))
    await house.ask("/dust", "2 tokens worth next to nothing")


async def test_nothing_held_back_and_an_exchange_that_is_away_are_said(house: House) -> None:
    await house.ask("/dust all", "All dust on Binance can be converted")
    house.exchange.faults.script(LIST, faults.answer_text("", 503))
    await house.ask("/dust all", "Binance did not answer")
