"""Every error answer of the catalogue: what it means for a reading, and for the one call that converts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

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
from exchanges.binance import BinanceAccount
from tests.exchanges.canned import Canned, CannedServer, canned_error, errors
from tests.exchanges.steps import DUST, LIST, StillClock, an_attempt
from tests.factories import a_quote

KIND = RefusalKind
SAID_NO = ExchangeRefused
AWAY = ExchangeUnavailable
KEY = CredentialsRejected


@dataclass(frozen=True)
class Meaning:
    """For a reading, and for a conversion (None: unknown)."""

    reading: type[DustError]
    conversion: RefusalKind | None


UNKNOWN = Meaning(AWAY, None)
MEANINGS: Mapping[str, Meaning] = {
    "signature": Meaning(KEY, KIND.KEY_REJECTED),
    "timestamp_window": Meaning(SAID_NO, KIND.CLOCK),
    "timestamp_ahead": Meaning(SAID_NO, KIND.CLOCK),
    "key_format": Meaning(KEY, KIND.KEY_REJECTED),
    "key_permissions": Meaning(KEY, KIND.KEY_REJECTED),
    "unauthorized": Meaning(SAID_NO, KIND.NOT_OPEN),
    "illegal_characters": Meaning(SAID_NO, KIND.BAD_REQUEST),
    "illegal_amount": Meaning(SAID_NO, KIND.BAD_REQUEST),
    "too_many_parameters": Meaning(SAID_NO, KIND.BAD_REQUEST),
    "mandatory": Meaning(SAID_NO, KIND.BAD_REQUEST),
    "weight_429": Meaning(RateLimited, KIND.RATE_LIMITED),
    "ban_418": Meaning(RateLimited, KIND.RATE_LIMITED),
    "waf_403": UNKNOWN,
    "restricted_451": Meaning(SAID_NO, None),
    "unknown_500": UNKNOWN,
    "bus_500": UNKNOWN,
    "timeout_504": UNKNOWN,
    "overloaded_503": UNKNOWN,
    "internal_503": UNKNOWN,
    "unavailable_503_msg": UNKNOWN,
    "html_502": UNKNOWN,
    "html_524": UNKNOWN,
    "html_200": UNKNOWN,
    "dust_switch_off": Meaning(SAID_NO, KIND.SWITCHED_OFF),
    "dust_insufficient": Meaning(SAID_NO, KIND.INSUFFICIENT),
    "dust_no_asset": Meaning(SAID_NO, KIND.INSUFFICIENT),
    "dust_too_big": Meaning(SAID_NO, KIND.ABOVE_CEILING),
    "dust_too_small": Meaning(SAID_NO, KIND.TOO_SMALL),
    "dust_cooldown": Meaning(SAID_NO, KIND.COOLDOWN),
    "dust_cooldown_32110": Meaning(SAID_NO, KIND.COOLDOWN),
    "dust_qty_zero": Meaning(SAID_NO, KIND.INSUFFICIENT),
    "dust_product": Meaning(SAID_NO, KIND.NOT_SUPPORTED),
    "dust_transfer_fail": Meaning(SAID_NO, None),
    "dust_pending": Meaning(SAID_NO, None),
    "dust_transfer_insufficient": Meaning(SAID_NO, KIND.INSUFFICIENT),
    "dust_leaked_enum": Meaning(SAID_NO, KIND.ABOVE_CEILING),
    "order_lot_size": Meaning(SAID_NO, None),
    "order_notional": Meaning(SAID_NO, None),
    "order_balance": Meaning(SAID_NO, None),
    "order_symbol": Meaning(SAID_NO, KIND.NO_MARKET),
    "order_closed": Meaning(SAID_NO, None),
    "convert_hourly": Meaning(SAID_NO, None),
    "convert_expired": Meaning(SAID_NO, None),
    "us_asset_param": Meaning(SAID_NO, KIND.BAD_REQUEST),
    "us_too_big": Meaning(SAID_NO, KIND.ABOVE_CEILING),
}
ENTRIES = [pytest.param(entry, id=entry["id"]) for entry in errors()]


@pytest.mark.parametrize("entry", ENTRIES)
async def test_a_reading(
    reader: BinanceAccount, canned: CannedServer, entry: Mapping[str, Any]
) -> None:
    canned.answers[LIST] = canned_error(entry)
    with pytest.raises(DustError) as caught:
        await reader.candidates()
    assert type(caught.value) is MEANINGS[entry["id"]].reading


@pytest.mark.parametrize("entry", ENTRIES)
async def test_a_conversion(
    reader: BinanceAccount, canned: CannedServer, clock: StillClock, entry: Mapping[str, Any]
) -> None:
    canned.answers[DUST] = canned_error(entry)
    result = await reader.execute(an_attempt(a_quote("ADA", "TRX"), clock.now()))
    wanted = MEANINGS[entry["id"]].conversion
    assert canned.count(DUST) == 1
    if wanted is None:
        assert isinstance(result, Unknown)
    else:
        assert isinstance(result, Refused)
        assert result.refusal.kind is wanted


async def refusal_of(
    account: BinanceAccount, server: CannedServer, code: int, text: str, status: int = 400
) -> Refused | Unknown:
    """What comes of a conversion that is answered like this."""
    server.answers[DUST] = Canned(json.dumps({"code": code, "msg": text}), status)
    result = await account.execute(an_attempt(a_quote("ADA", "TRX"), StillClock().now()))
    assert isinstance(result, Refused | Unknown)
    return result


@pytest.mark.parametrize(
    ("code", "text", "hours"),
    [
        (32110, "You can only convert once within 1 hour.", 1),
        (32110, "You can only convert once within 6 hours.", 6),
        (-5006, "Only transfer once in 24 hours.", 24),
        (-5006, "Only transfer once a day.", 24),
        (-5999, "Convert is allowed once every 6h.", 6),
    ],
)
async def test_a_conversion_cooldown_tells_its_length(
    reader: BinanceAccount, canned: CannedServer, code: int, text: str, hours: int
) -> None:
    result = await refusal_of(reader, canned, code, text)
    assert isinstance(result, Refused)
    assert result.refusal.kind is RefusalKind.COOLDOWN
    assert result.refusal.cooldown == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("text", "asset"),
    [
        ("The residual balances of ADA have exceeded 0.001BTC, Please re-choose.", "ADA"),
        ("The residual balances of the TRX have exceeded 0.001BTC, Please re-choose.", "TRX"),
        ("The residual balances have exceeded 0.001BTC, Please re-choose.", None),
        ("The residual balances of ADA, TRX have exceeded 0.001BTC, Please re-choose.", None),
        ("The residual balances of ADAX have exceeded 0.001BTC, Please re-choose.", None),
    ],
)
async def test_the_token_that_spoils_a_batch_is_named_if_it_was_sent(
    reader: BinanceAccount, canned: CannedServer, text: str, asset: str | None
) -> None:
    result = await refusal_of(reader, canned, -5004, text)
    assert isinstance(result, Refused)
    assert result.refusal.asset == asset
    assert (result.refusal.code, result.refusal.message) == ("-5004", text)


@pytest.mark.parametrize("code", [-5004, 32110, -2015, -1003, -1021])
async def test_a_code_that_would_refuse_proves_nothing_with_a_server_error(
    reader: BinanceAccount, canned: CannedServer, code: int
) -> None:
    assert isinstance(await refusal_of(reader, canned, code, "Some text.", 500), Unknown)


async def test_an_error_with_status_200_is_an_error(
    reader: BinanceAccount, canned: CannedServer
) -> None:
    result = await refusal_of(reader, canned, 32110, "once within 1 hour", 200)
    assert isinstance(result, Refused)


async def test_an_unknown_leaked_name_proves_nothing(
    reader: BinanceAccount, canned: CannedServer
) -> None:
    assert isinstance(await refusal_of(reader, canned, -9000, "com.example.SOMETHING"), Unknown)


@pytest.mark.parametrize("status", [200, 503])
async def test_maintenance_is_told_as_such(
    reader: BinanceAccount, canned: CannedServer, status: int
) -> None:
    canned.answers[LIST] = Canned('{"code":1,"msg":"System is under maintenance."}', status)
    with pytest.raises(UnderMaintenance):
        await reader.candidates()


async def test_the_code_of_a_rejected_key_is_kept(
    reader: BinanceAccount, canned: CannedServer
) -> None:
    canned.answers[LIST] = Canned('{"code":-2015,"msg":"Invalid API-key."}', 401)
    with pytest.raises(CredentialsRejected) as caught:
        await reader.candidates()
    assert caught.value.code == "-2015"
