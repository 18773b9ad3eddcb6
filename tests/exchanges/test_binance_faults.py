"""Bad answers to the one call that converts: none is taken for a no, none makes it send again."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from dust.conversion import Filled, Found, Refused, Unknown
from dust.refusal import RefusalKind
from exchanges.binance import BinanceAccount
from sandbox.binance import BinanceEmulator, faults
from sandbox.binance.faults import Fault
from sandbox.binance.reply import Reply
from tests.exchanges.canned import Canned, CannedServer
from tests.exchanges.steps import DUST, StillClock, an_attempt, open_binance
from tests.factories import a_quote

MOVED = "/sapi/v1/asset/elsewhere"


def changed(change: Callable[[dict[str, Any]], object]) -> Fault:
    """The work is done; the answer is spoilt."""
    return faults.transform(lambda answer: change(answer))


def without_rows(answer: dict[str, Any]) -> object:
    return {**answer, "transferResult": []}


def with_row(answer: dict[str, Any], **values: object) -> object:
    first, *rest = answer["transferResult"]
    return {**answer, "transferResult": [{**first, **values}, *rest]}


def with_first_row_twice(answer: dict[str, Any]) -> object:
    return {**answer, "transferResult": [answer["transferResult"][0], *answer["transferResult"]]}


def page(status: int, *, execute: bool = True) -> Fault:
    return faults.answer_text("<html>busy</html>", status, execute=execute)


BAD_ANSWERS = {
    "no answer in time": faults.hang(execute=True),
    "dropped after the work": faults.drop(execute=True),
    "dropped before the work": faults.drop(execute=False),
    "cut in the middle": faults.cut(),
    "timeout of the backend": faults.refuse(-1007, "Timeout.", 504, execute=True),
    "unexpected response": faults.refuse(-1006, "Execution status unknown.", 500, execute=True),
    "internal error with 400": faults.refuse(-1001, "Internal error.", 400, execute=True),
    "transfer failed": faults.refuse(-5010, "Asset transfer fail.", execute=True),
    "transfer pending": faults.refuse(-5012, "Asset transfer is in pending.", execute=True),
    "a code nobody knows": faults.refuse(-7777, "Whatever.", execute=True),
    "a page with 200": page(200),
    "a page with 403": page(403),
    "a page with 404": page(404),
    "a page with 302": page(302),
    "a page with 502": page(502),
    "a page with 523": page(523),
    "a page with 524": page(524),
    "nothing with 200": faults.answer_text("", execute=True),
    "half a JSON text": faults.answer_text('{"transferResult":[{', execute=True),
    "an empty object": faults.answer_json({}, execute=True),
    "an array": faults.answer_json([], execute=True),
    "a text": faults.answer_json("done", execute=True),
    "null": faults.answer_json(None, execute=True),
    "success without rows": faults.answer_json({"code": 200, "msg": "success"}, execute=True),
    "no rows": changed(without_rows),
    "rows that are none": changed(lambda answer: {**answer, "transferResult": {"a": 1}}),
    "a token nobody asked for": changed(lambda answer: with_row(answer, fromAsset="BTC")),
    "a token twice": changed(with_first_row_twice),
    "an amount of nothing": changed(lambda answer: with_row(answer, amount="0")),
    "a negative fee": changed(lambda answer: with_row(answer, serviceChargeAmount="-1")),
    "an amount in words": changed(lambda answer: with_row(answer, amount="much")),
    "a time in words": changed(lambda answer: with_row(answer, operateTime="today")),
    "a time beyond the calendar": changed(lambda answer: with_row(answer, operateTime=10**30)),
    "a row without id": changed(lambda answer: with_row(answer, tranId=None)),
}


@pytest.mark.parametrize("fault", [pytest.param(f, id=name) for name, f in BAD_ANSWERS.items()])
async def test_a_bad_answer_is_unknown_and_nothing_is_sent_again(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock, fault: Fault
) -> None:
    attempt = an_attempt(await account.prepare(), clock.now())
    emulator.faults.script(DUST, fault)
    result = await account.execute(attempt)
    assert isinstance(result, Unknown)
    assert result.why
    assert [request.path for request in emulator.requests].count(DUST) == 1
    if emulator.conversions:
        assert isinstance(await account.lookup(attempt, ()), Found)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_is_not_followed(
    reader: BinanceAccount, canned: CannedServer, clock: StillClock, status: int
) -> None:
    canned.answers[DUST] = Canned("", status, {"Location": MOVED})
    canned.answers[MOVED] = Canned("{}")
    result = await reader.execute(an_attempt(a_quote(), clock.now()))
    assert isinstance(result, Unknown)
    assert canned.count(DUST) == 1
    assert canned.count(MOVED) == 0


async def test_extra_fields_and_bare_numbers_do_no_harm(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    attempt = an_attempt(await account.prepare(), clock.now())
    emulator.faults.script(DUST, changed(lambda answer: {**with_row_dict(answer), "new": 1}))
    assert isinstance(await account.execute(attempt), Filled)


def with_row_dict(answer: dict[str, Any]) -> dict[str, Any]:
    """The first row has an integer for an amount, and a field that is new."""
    first, *rest = answer["transferResult"]
    return {**answer, "transferResult": [{**first, "amount": 7, "newField": None}, *rest]}


async def test_the_work_done_late_is_still_answered(
    emulator: BinanceEmulator, clock: StillClock
) -> None:
    patient = open_binance(emulator.url, clock)
    attempt = an_attempt(await patient.prepare(), clock.now())
    release = asyncio.Event()
    emulator.faults.script(DUST, faults.hold(release))
    call = asyncio.create_task(patient.execute(attempt))
    await emulator.wait_request(lambda request: request.path == DUST)
    release.set()
    assert isinstance(await call, Filled)
    await patient.close()


async def test_a_ban_is_a_refusal_with_its_end(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    attempt = an_attempt(await account.prepare(), clock.now())
    page_of_the_ban = Fault(
        execute=False, reply=Reply(418, b"<html>banned</html>", "text/html", {"Retry-After": "120"})
    )
    emulator.faults.script(DUST, page_of_the_ban)
    result = await account.execute(attempt)
    assert isinstance(result, Refused)
    assert result.refusal.kind is RefusalKind.RATE_LIMITED
    assert result.refusal.until is not None
    assert (result.refusal.until - clock.now()).total_seconds() == 120
