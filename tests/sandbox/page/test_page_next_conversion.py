"""What the panel lets happen to the next conversion."""

import aiohttp
import pytest

from sandbox.binance import BinanceEmulator
from tests.sandbox.binance.client import DUST, Client
from tests.sandbox.page.visitor import Visitor


@pytest.mark.parametrize(("outcome", "converted"), [("lost_after", 2), ("lost_before", 0)])
async def test_the_next_answer_gets_lost(
    visitor: Visitor, api: Client, exchange: BinanceEmulator, outcome: str, converted: int
) -> None:
    await visitor.do("next", outcome=outcome)
    assert (await visitor.state())["market"]["next"] == outcome
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await api.convert("ADA", "TRX")
    assert sum(len(done.rows) for done in exchange.conversions) == converted
    assert (await visitor.state())["market"]["next"] == "normal"
    newest = (await visitor.state())["market"]["requests"][0]
    assert (newest["method"], newest["path"], newest["status"]) == ("POST", DUST, None)


@pytest.mark.parametrize(
    ("outcome", "status", "code", "converted"),
    [
        ("refused", 400, -5001, 0),
        ("cooldown", 400, 32110, 0),
        ("timeout", 504, -1007, 2),
        ("limited", 429, -1003, 0),
    ],
)
async def test_the_next_conversion_is_answered_with_an_error(
    visitor: Visitor,
    api: Client,
    exchange: BinanceEmulator,
    outcome: str,
    status: int,
    code: int,
    converted: int,
) -> None:
    await visitor.do("next", outcome=outcome)
    reply = await api.convert("ADA", "TRX")
    assert (reply.status, reply.code) == (status, code)
    assert sum(len(done.rows) for done in exchange.conversions) == converted


async def test_a_refused_token_stays_without_support(visitor: Visitor, api: Client) -> None:
    await visitor.do("next", outcome="refused")
    assert "ADA" in (await api.convert("ADA", "TRX")).json["msg"]
    assert not (await visitor.row("ADA"))["supported"]
    assert (await api.convert("TRX")).status == 200


async def test_half_of_a_conversion_leaves_the_rest_alone(visitor: Visitor, api: Client) -> None:
    await visitor.do("next", outcome="partly")
    reply = await api.convert("ADA", "TRX")
    assert [row["fromAsset"] for row in reply.json["transferResult"]] == ["ADA"]
    assert await visitor.row("ADA") is None
    assert (await visitor.row("TRX"))["free"] == "12.50000000"
    await visitor.do("cooldown", minutes=0)
    assert "1 token" in await visitor.do("website")


async def test_a_planned_outcome_can_be_taken_back(visitor: Visitor, api: Client) -> None:
    await visitor.do("next", outcome="lost_after")
    await visitor.do("next", outcome="normal")
    assert (await api.convert("ADA", "TRX")).status == 200
