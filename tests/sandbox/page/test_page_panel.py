"""Each action of the panel changes the local exchange."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from sandbox.binance import BinanceEmulator
from tests.sandbox.binance.client import Client
from tests.sandbox.binance.client import Clock as StandingClock
from tests.sandbox.page.visitor import Visitor


async def test_dust_can_be_added_and_sprinkled(visitor: Visitor) -> None:
    assert await visitor.do("deposit", asset="BNB", amount="0.25") == "Added 0.25 BNB."
    assert (await visitor.state())["market"]["bnb"] == "0.25000000"
    before = await visitor.row("TRX")
    assert "TRX" in await visitor.do("sprinkle")
    after = await visitor.row("TRX")
    assert Decimal(after["free"]) > Decimal(before["free"])
    assert after["dust"]


async def test_prices_change_for_one_asset_or_for_all(visitor: Visitor) -> None:
    assert await visitor.do("price", asset="ADA", percent=50) == "ADA +50 %."
    assert (await visitor.row("ADA"))["worth"] == "9.3150"
    assert await visitor.do("price", asset="everything", percent=-10) == "Everything -10 %."
    assert (await visitor.row("ADA"))["worth"] == "8.3835"
    assert (await visitor.row("TRX"))["worth"] == "3.3750"


async def test_a_balance_is_locked_and_freed(visitor: Visitor) -> None:
    await visitor.do("lock", asset="ADA")
    row = await visitor.row("ADA")
    assert (row["free"], row["locked"], row["dust"]) == ("0.00000000", "6.21000000", False)
    await visitor.do("unlock", asset="ADA")
    assert (await visitor.row("ADA"))["free"] == "6.21000000"


async def test_a_token_loses_and_regains_its_support(visitor: Visitor) -> None:
    await visitor.do("support", asset="ADA", on=False)
    row = await visitor.row("ADA")
    assert (row["supported"], row["dust"]) == (False, False)
    await visitor.do("support", asset="ADA", on=True)
    assert (await visitor.row("ADA"))["dust"]


async def test_the_website_converts_and_starts_the_pause(
    visitor: Visitor, exchange: BinanceEmulator
) -> None:
    await visitor.do("cooldown", minutes=360)
    assert "2 tokens" in await visitor.do("website")
    market = (await visitor.state())["market"]
    until = datetime(2026, 5, 1, 18, 0, 0, 345000, tzinfo=UTC)
    assert datetime.fromisoformat(market["cooldown_until"]) == until
    assert Decimal(market["bnb"]) == exchange.wallet.free("BNB") > 0
    assert await visitor.refused("website") == "There is no dust to convert."
    await visitor.do("deposit", asset="ADA", amount="5")
    assert "6 hours" in await visitor.refused("website")
    await visitor.do("jump", hours=6)
    assert "1 token" in await visitor.do("website")


async def test_jumping_moves_the_clock(visitor: Visitor, clock: StandingClock) -> None:
    before = clock()
    assert await visitor.do("jump", hours=24) == "It is 24 hours later now."
    assert clock() - before == timedelta(hours=24)


async def test_the_exchange_gets_slow_unreachable_and_closed(
    visitor: Visitor, exchange: BinanceEmulator
) -> None:
    assert await visitor.do("latency", milliseconds=300) == "Every answer takes 0.3 s."
    await visitor.do("down", on=True)
    await visitor.do("maintenance", on=True)
    assert (exchange.latency, exchange.down, exchange.maintenance) == (0.3, True, True)
    market = (await visitor.state())["market"]
    assert (market["latency"], market["down"], market["maintenance"]) == (300, True, True)
    await visitor.do("down", on=False)
    await visitor.do("maintenance", on=False)
    assert (exchange.down, exchange.maintenance) == (False, False)


async def test_the_ten_newest_requests_are_shown_newest_first(
    visitor: Visitor, api: Client
) -> None:
    for _ in range(12):
        await api.convert("ADA")
    requests = (await visitor.state())["market"]["requests"]
    assert [request["number"] for request in requests] == list(range(12, 2, -1))
    assert {request["status"] for request in requests} == {400}
