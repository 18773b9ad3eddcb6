"""Each field of each answer, spoilt in every way: that is told, and never guessed or taken for nothing."""

import json
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest

from dust.conversion import Unknown
from dust.errors import ExchangeUnavailable
from exchanges.binance import BinanceAccount
from tests.exchanges.canned import Canned, CannedServer, sample
from tests.exchanges.steps import BALANCES, DUST, LIST, LOG, RESTRICTIONS, StillClock, an_attempt
from tests.factories import a_quote

Row = dict[str, Any]
MISSING = object()
NUMBERS: tuple[object, ...] = (
    "NaN",
    "sNaN",
    "-Infinity",
    "1e",
    "1,5",
    "0x1",
    "1e1000000",
    "1e-1000000",
    "-0.1",
    -1,
)
NO_AMOUNT: tuple[object, ...] = (MISSING, None, True, False, "", [], {}, ["1"], *NUMBERS)
NO_TEXT: tuple[object, ...] = (MISSING, None, True, 7, "", [], {})
NO_ID: tuple[object, ...] = (MISSING, None, True, "", [], {})
NO_TIME: tuple[object, ...] = (
    MISSING,
    None,
    True,
    "",
    "1563368549307",
    1563368549.5,
    10**20,
    [],
    {},
)
NO_FLAG: tuple[object, ...] = ("true", "", 0, 1, [], {})

MOVED = dict.fromkeys(("amount", "transferedAmount", "serviceChargeAmount"), NO_AMOUNT)
FIELDS: Mapping[str, Mapping[str, Sequence[object]]] = {
    LIST: {
        "asset": NO_TEXT,
        **dict.fromkeys(
            ("amountFree", "toBTC", "toBNB", "exchange", "toBNBOffExchange"), NO_AMOUNT
        ),
    },
    BALANCES: {
        "asset": NO_TEXT,
        **dict.fromkeys(("free", "locked", "freeze", "withdrawing", "btcValuation"), NO_AMOUNT),
    },
    RESTRICTIONS: dict.fromkeys(
        ("enableReading", "enableSpotAndMarginTrading", "enableWithdrawals", "ipRestrict"), NO_FLAG
    ),
    LOG: {"fromAsset": NO_TEXT, "transId": NO_ID, "operateTime": NO_TIME, **MOVED},
    DUST: {"fromAsset": NO_TEXT, "tranId": NO_ID, "operateTime": NO_TIME, **MOVED},
}
SAMPLES = {
    LIST: "dust_btc.json",
    BALANCES: "user_asset.json",
    RESTRICTIONS: "api_restrictions.json",
    LOG: "dust_log.json",
    DUST: "dust_transfer.json",
}
READINGS: dict[str, Callable[[BinanceAccount, StillClock], Awaitable[object]]] = {
    LIST: lambda account, _: account.candidates(),
    BALANCES: lambda account, _: account.balances(),
    RESTRICTIONS: lambda account, _: account.check_key(),
    LOG: lambda account, clock: account.history(clock.now() - timedelta(days=1)),
}


def last_row(path: str, answer: Any) -> Row:
    """The last of the rows that the endpoint's fields are in."""
    places: dict[str, Callable[[], Row]] = {
        LIST: lambda: answer["details"][-1],
        BALANCES: lambda: answer[-1],
        RESTRICTIONS: lambda: answer,
        LOG: lambda: answer["userAssetDribblets"][-1]["userAssetDribbletDetails"][-1],
        DUST: lambda: answer["transferResult"][-1],
    }
    return places[path]()


def spoilt(path: str, field: str) -> Iterator[str]:
    """The sample, with that one field spoilt in one way after the other."""
    for value in FIELDS[path][field]:
        answer = json.loads(sample(SAMPLES[path]))
        row = last_row(path, answer)
        assert field in row
        if value is MISSING:
            del row[field]
        else:
            row[field] = value
        yield json.dumps(answer)


@pytest.mark.parametrize(
    ("path", "field"), [(path, field) for path in READINGS for field in FIELDS[path]]
)
async def test_a_reading(
    reader: BinanceAccount, canned: CannedServer, clock: StillClock, path: str, field: str
) -> None:
    for body in spoilt(path, field):
        canned.answers[path] = Canned(body)
        with pytest.raises(ExchangeUnavailable):
            pytest.fail(f"{body} gave {await READINGS[path](reader, clock)}")


@pytest.mark.parametrize("field", FIELDS[DUST])
async def test_a_conversion(
    reader: BinanceAccount, canned: CannedServer, clock: StillClock, field: str
) -> None:
    for number, body in enumerate(spoilt(DUST, field), start=1):
        canned.answers[DUST] = Canned(body)
        result = await reader.execute(an_attempt(a_quote("ETH", "LTC", "TRX"), clock.now()))
        assert isinstance(result, Unknown), body
        assert result.raw
        assert canned.count(DUST) == number
