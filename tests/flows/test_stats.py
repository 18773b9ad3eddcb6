"""/stats adds up what was converted."""

from datetime import timedelta

from sandbox.binance import faults
from tests.flows.house import DUST, House
from tests.flows.test_history import convert
from tests.flows.watching import look_again


async def test_before_anything_was_converted_it_says_so(house: House) -> None:
    await house.ask("/stats", "Nothing converted on Binance yet")


async def test_it_tells_worth_months_fees_and_sources(house: House) -> None:
    await look_again(house)
    await convert(house, "all", "Converted 3 tokens")
    await look_again(house)
    stats = await house.ask("/stats", "Recovered on Binance: $2.45", "1 conversion · 3 tokens")
    assert "0.00245 BNB" in stats.text
    assert "Fees paid $0.05" in stats.text
    assert "ADA · $0.98" in stats.text
    assert f"{house.clock.now():%b %Y} · $2.45" in stats.text
    await stats.tap("History")
    await house.shown("1 conversion", "✅ 3 tokens")


async def test_what_was_refused_or_is_in_doubt_is_not_counted(house: House) -> None:
    house.exchange.faults.script(DUST, faults.refuse(-5005, "too low"))
    await convert(house, "TRX", "refused")
    house.exchange.faults.script(DUST, faults.drop(execute=False))
    await convert(house, "ADA", "No clear answer")
    await house.ask("/stats", "Nothing converted on Binance yet")


async def test_what_was_made_on_the_website_is_counted(house: House) -> None:
    house.exchange.website_convert(["XRP"])
    await house.later("Found in Binance's log", step=timedelta(minutes=15))
    await house.ask("/stats", "Recovered on Binance: $0.49", "1 conversion · 1 token")


async def test_it_tells_how_long_dust_lay(house: House) -> None:
    await look_again(house)
    for _ in range(2):
        await look_again(house, after=timedelta(days=3))
    await convert(house, "XRP", "Converted 1 token")
    await house.ask("/stats", "Dust lay 6 d")
