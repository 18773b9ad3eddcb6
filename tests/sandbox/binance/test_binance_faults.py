"""Each misbehaviour as a client sees it, and what the exchange did behind its back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any

import aiohttp
import pytest

from sandbox.binance import faults
from sandbox.binance.faults import Fault
from tests.sandbox.binance.client import DUST, DUST_BTC, Client, Reply


def _arrived(client: Client) -> Awaitable[object]:
    return client.exchange.wait_request(lambda request: request.path == DUST)


def _converted(client: Client) -> bool:
    return bool(client.exchange.conversions)


@pytest.mark.parametrize("execute", [True, False])
async def test_drop_closes_without_a_byte(client: Client, execute: bool) -> None:
    client.exchange.faults.script(DUST, faults.drop(execute=execute))
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.convert("ADA")
    assert _converted(client) is execute
    assert client.exchange.requests[-1].status is None
    assert (await client.signed("POST", DUST_BTC)).status == 200


@pytest.mark.parametrize("execute", [True, False])
async def test_hang_never_answers(client: Client, execute: bool) -> None:
    client.exchange.faults.script(DUST, faults.hang(execute=execute))
    call = asyncio.create_task(client.convert("ADA"))
    await _arrived(client)
    await client.signed("POST", DUST_BTC)
    assert not call.done()
    assert _converted(client) is execute
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)


async def test_stop_frees_a_client_that_waits(client: Client) -> None:
    client.exchange.faults.script(DUST, faults.hang(execute=False))
    call = asyncio.create_task(client.convert("ADA"))
    await _arrived(client)
    await client.exchange.stop()
    with pytest.raises(aiohttp.ClientError):
        await call


@pytest.mark.parametrize("after", [True, False])
async def test_hold_answers_when_released(client: Client, after: bool) -> None:
    release = asyncio.Event()
    client.exchange.faults.script(DUST, faults.hold(release, after=after))
    call = asyncio.create_task(client.convert("ADA"))
    await _arrived(client)
    await client.signed("POST", DUST_BTC)
    assert _converted(client) is after
    release.set()
    assert (await call).status == 200
    assert _converted(client)


async def test_work_goes_on_after_the_client_has_left(client: Client) -> None:
    release = asyncio.Event()
    client.exchange.faults.script(DUST, faults.hold(release))
    call = asyncio.create_task(client.convert("ADA"))
    await _arrived(client)
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    release.set()
    await client.exchange.wait_request(lambda request: request.status == 200)
    assert _converted(client)


async def test_delay_is_an_honest_answer(client: Client) -> None:
    client.exchange.faults.script(DUST, faults.delay(0.01))
    assert (await client.convert("ADA")).status == 200


async def test_cut_body_breaks_off_after_the_work(client: Client) -> None:
    client.exchange.faults.script(DUST, faults.cut())
    with pytest.raises(aiohttp.ClientPayloadError):
        await client.convert("ADA")
    assert _converted(client)


@pytest.mark.parametrize("execute", [True, False])
async def test_binance_error_with_or_without_the_work(client: Client, execute: bool) -> None:
    fault = faults.refuse(-1007, "Timeout waiting for response.", 504, execute=execute)
    client.exchange.faults.script(DUST, fault)
    reply = await client.convert("ADA")
    assert (reply.status, reply.code) == (504, -1007)
    assert _converted(client) is execute


@pytest.mark.parametrize(
    ("text", "status", "content_type"),
    [("<html>524</html>", 524, "text/html"), ("", 200, "application/json"), ("<p>", 403, "a/b")],
)
async def test_raw_bodies_come_as_they_are(
    client: Client, text: str, status: int, content_type: str
) -> None:
    fault = faults.answer_text(text, status, content_type)
    client.exchange.faults.script(DUST_BTC, fault)
    url = client.exchange.url + DUST_BTC
    async with client.session.post(url) as answer:
        seen = (await answer.text(), answer.status, answer.content_type)
    assert seen == (text, status, content_type)


@pytest.mark.parametrize(("status", "seconds"), [(429, 17), (418, 120)])
async def test_limits_say_when_to_come_back(client: Client, status: int, seconds: int) -> None:
    client.exchange.faults.script(DUST, faults.limited(seconds, status))
    reply = await client.convert("ADA")
    assert (reply.status, reply.code) == (status, -1003)
    assert reply.headers["Retry-After"] == str(seconds)
    assert not _converted(client)


async def test_limit_may_lack_the_header(client: Client) -> None:
    client.exchange.faults.script(DUST, faults.limited(None))
    assert "Retry-After" not in (await client.convert("ADA")).headers


def _without_rows(answer: dict[str, Any]) -> dict[str, Any]:
    return {**answer, "transferResult": [], "unknown": 1.5}


async def test_transform_changes_only_what_is_seen(client: Client) -> None:
    client.exchange.faults.script(DUST, faults.transform(_without_rows))
    reply = await client.convert("ADA")
    assert (reply.json["transferResult"], reply.json["unknown"]) == ([], 1.5)
    assert _converted(client)


async def test_faults_are_met_in_order_by_their_path_only(client: Client) -> None:
    script = client.exchange.faults.script
    script(DUST_BTC, faults.refuse(-1000, "one", 500), times=2)
    script(DUST_BTC, Fault(reply=faults.refuse(-1001, "two", 503).reply))
    assert (await client.convert("ADA")).status == 200
    replies: list[Reply] = [await client.signed("POST", DUST_BTC) for _ in range(4)]
    assert [reply.status for reply in replies] == [500, 500, 503, 200]


async def test_cleared_script_is_forgotten(client: Client) -> None:
    client.exchange.faults.script(DUST, faults.drop(execute=False), times=5)
    client.exchange.faults.clear()
    assert (await client.convert("ADA")).status == 200


async def test_down_answers_nobody_until_it_is_up_again(client: Client) -> None:
    client.exchange.down = True
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.convert("ADA")
    client.exchange.down = False
    assert not _converted(client)
    assert (await client.convert("ADA")).status == 200


async def test_latency_delays_but_changes_nothing(client: Client) -> None:
    client.exchange.latency = 0.01
    assert (await client.convert("ADA")).status == 200


async def test_maintenance_answers_only_the_system_status(client: Client) -> None:
    client.exchange.maintenance = True
    assert (await client.raw("GET", "/sapi/v1/system/status")).json == {
        "status": 1,
        "msg": "system_maintenance",
    }
    assert (await client.convert("ADA")).status == 503
    assert not _converted(client)


async def test_waiting_for_a_request_that_never_comes_ends(client: Client) -> None:
    with pytest.raises(TimeoutError):
        await client.exchange.wait_request(lambda request: True, timeout=0.01)


async def test_restarted_exchange_still_knows_its_balances(client: Client) -> None:
    await client.exchange.stop()
    await client.exchange.start()
    assert (await client.convert("ADA")).status == 200
