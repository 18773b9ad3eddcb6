"""Each error code of Binance's, over the wire: what it means, and for which request it proves a refusal."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from dust.conversion import Refused, Unknown
from dust.errors import (
    CredentialsRejected,
    DustError,
    ExchangeRefused,
    ExchangeUnavailable,
    RateLimited,
    UnderMaintenance,
)
from dust.refusal import RefusalKind
from dust.remedy import Remedy
from exchanges.binance import BinanceAccount
from exchanges.binance.code_table import ROWS, row_of
from exchanges.binance.codes import judge
from exchanges.errors import Rejection
from sandbox.binance import BinanceEmulator, faults
from tests.exchanges.refusal_sheet import LINES, Line
from tests.exchanges.steps import DUST, LIST, StillClock, an_attempt, open_binance
from tests.factories import a_quote

EACH = [pytest.param(line, id=line.id) for line in LINES]
PATHS = {
    Remedy.DUST: DUST,
    Remedy.SWAP: "/sapi/v1/convert/acceptQuote",
    Remedy.SALE: "/api/v3/order",
}
#: What a reading ends with; all other kinds are told as a refusal, with their kind.
READINGS: dict[RefusalKind, type[DustError]] = {
    RefusalKind.KEY_REJECTED: CredentialsRejected,
    RefusalKind.MAINTENANCE: UnderMaintenance,
    RefusalKind.BUSY: ExchangeUnavailable,
}


@pytest.fixture
async def patient(emulator: BinanceEmulator, clock: StillClock) -> AsyncIterator[BinanceAccount]:
    """An account that waits as long as in life: each of these answers comes."""
    opened = open_binance(emulator.url, clock)
    yield opened
    await opened.close()


def rejection(line: Line, status: int = 400) -> Rejection:
    """The answer as it comes from the client."""
    return Rejection(status, {"code": line.code, "msg": line.text}, line.text)


@pytest.mark.parametrize("remedy", list(Remedy))
@pytest.mark.parametrize("line", EACH)
async def test_each_code_proves_a_refusal_only_for_the_requests_that_it_is_known_for(
    patient: BinanceAccount,
    emulator: BinanceEmulator,
    clock: StillClock,
    line: Line,
    remedy: Remedy,
) -> None:
    quote = replace(a_quote("ADA"), target="USDT", remedy=remedy, reference="ADAUSDT")
    wanted = replace(quote, target="BNB") if remedy is Remedy.DUST else quote
    emulator.faults.script(PATHS[remedy], faults.refuse(line.code, line.text))
    result = await patient.execute(an_attempt(wanted, clock.now()))
    assert sum(request.path == PATHS[remedy] for request in emulator.requests) == 1
    assert isinstance(result, Refused if remedy in line.proves else Unknown)
    said = result.refusal if isinstance(result, Refused) else result.said
    assert said is not None
    assert (said.kind, said.code, said.message) == (line.kind, str(line.code), line.text)


@pytest.mark.parametrize("line", EACH)
async def test_each_code_as_the_answer_to_a_question(
    patient: BinanceAccount, emulator: BinanceEmulator, line: Line
) -> None:
    emulator.faults.script(LIST, faults.refuse(line.code, line.text), times=2)
    with pytest.raises(DustError) as caught:
        await patient.candidates()
    error = caught.value
    if line.kind is RefusalKind.RATE_LIMITED and line.proves:
        assert type(error) is RateLimited
    elif line.kind in READINGS:
        assert type(error) is READINGS[line.kind]
    else:
        assert type(error) is ExchangeRefused
        assert (error.kind, error.code) == (line.kind, str(line.code))


@pytest.mark.parametrize("remedy", list(Remedy))
@pytest.mark.parametrize("line", EACH)
def test_no_code_proves_anything_with_a_server_error(line: Line, remedy: Remedy) -> None:
    assert isinstance(judge(rejection(line, 503), ["ADA"], remedy), Unknown)


def test_each_row_of_the_table_is_met_by_an_answer_of_the_sheet() -> None:
    """None is untested, and none stands behind another one that takes its answers."""
    met = {row_of(line.code, line.text) for line in LINES}
    assert [row for row in ROWS if row not in met] == []


@pytest.mark.parametrize("code", [-5010, -5012, -1006, -1007, -1000, -1001])
@pytest.mark.parametrize("remedy", list(Remedy))
def test_what_binance_calls_unknown_is_unknown_whatever_it_says(code: int, remedy: Remedy) -> None:
    for text in ("", "Only once within 1 hour", "asset not supported", "Market is closed."):
        answer = Rejection(400, {"code": code, "msg": text}, text)
        assert isinstance(judge(answer, ["ADA"], remedy), Unknown)
