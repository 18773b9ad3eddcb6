"""Documented and recorded answers, read as they came over the wire."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from dust.conversion import Fill, Filled, PartlyFilled
from dust.errors import ExchangeUnavailable
from dust.model import Candidate, KeyReport
from exchanges.binance import BinanceAccount
from tests.exchanges.canned import Canned, CannedServer, sample
from tests.exchanges.steps import (
    BALANCES,
    DUST,
    LIST,
    LOG,
    PRICES,
    RESTRICTIONS,
    StillClock,
    an_attempt,
)
from tests.factories import a_quote

NOW = datetime(2025, 10, 20, tzinfo=UTC)


def put(clock: StillClock, canned: CannedServer, at: datetime) -> None:
    """Both clocks, ours and the exchange's, show this time."""
    clock.at = at
    canned.tell_time(at)


async def test_the_documented_preview(reader: BinanceAccount, canned: CannedServer) -> None:
    canned.answers[LIST] = Canned(sample("dust_btc.json"))
    listed = await reader.candidates()
    worth, gross, fee, net = "0.00016848", "0.01777302", "0.00035546", "0.01741756"
    amounts = (Decimal(text) for text in ("6.21", worth, gross, fee, net))
    assert listed.items == (Candidate("ADA", *amounts),)


async def test_an_empty_preview(reader: BinanceAccount, canned: CannedServer) -> None:
    canned.answers[LIST] = Canned(sample("dust_btc_empty.json"))
    assert (await reader.prepare()).lines == ()


async def test_the_documented_wallet(reader: BinanceAccount, canned: CannedServer) -> None:
    canned.answers[BALANCES] = Canned(sample("user_asset.json"))
    bnb = (await reader.balances())[-1]
    assert bnb.asset == "BNB"
    assert (bnb.free, bnb.frozen) == (Decimal("887.47061626"), Decimal("10.52"))
    assert bnb.withdrawing == Decimal("0.1")


async def test_positions_of_simple_earn_are_no_balances(
    reader: BinanceAccount, canned: CannedServer
) -> None:
    rows = ",".join(
        f'{{"asset":"{asset}","free":"{free}","locked":"0","freeze":"0","withdrawing":"0",'
        '"btcValuation":"0"}'
        for asset, free in {"LDBTC": "1", "LDO": "2", "LDUSDT": "3", "ADA": "0"}.items()
    )
    canned.answers[BALANCES] = Canned(f"[{rows}]")
    assert [balance.asset for balance in await reader.balances()] == ["LDO"]


async def test_the_documented_key(reader: BinanceAccount, canned: CannedServer) -> None:
    canned.answers[RESTRICTIONS] = Canned(sample("api_restrictions.json"))
    report = await reader.check_key()
    assert report == KeyReport(
        can_read=True, can_convert=False, can_withdraw=False, ip_restricted=False
    )


async def test_what_a_key_report_leaves_out_is_not_guessed(
    reader: BinanceAccount, canned: CannedServer
) -> None:
    canned.answers[RESTRICTIONS] = Canned('{"enableReading":true}')
    assert await reader.check_key() == KeyReport(True, None, None, None)


async def test_a_real_conversion_of_2025(reader: BinanceAccount, canned: CannedServer) -> None:
    canned.answers[DUST] = Canned(sample("dust_transfer_real_2025.json"))
    result = await reader.execute(an_attempt(a_quote("USDT"), NOW))
    assert isinstance(result, Filled)
    assert [(fill.gross, fill.fee) for fill in result.fills] == [
        (Decimal("0.00076178"), Decimal("0.00001523"))
    ]


async def test_the_documented_conversion(reader: BinanceAccount, canned: CannedServer) -> None:
    canned.answers[DUST] = Canned(sample("dust_transfer.json"))
    result = await reader.execute(an_attempt(a_quote("ETH", "LTC", "TRX"), NOW))
    assert isinstance(result, Filled)
    assert result.fills[0] == Fill(
        "2970932918:ETH",
        "ETH",
        Decimal("0.03"),
        Decimal("0.25"),
        Decimal("0.005"),
        datetime(2019, 7, 17, 13, 2, 29, 307000, tzinfo=UTC),
    )
    assert "2970932918" in result.raw


async def test_a_token_that_the_answer_leaves_out_is_not_filled(
    reader: BinanceAccount, canned: CannedServer
) -> None:
    canned.answers[DUST] = Canned(sample("dust_transfer.json"))
    result = await reader.execute(an_attempt(a_quote("ETH", "LTC", "TRX", "ADA"), NOW))
    assert isinstance(result, PartlyFilled)
    assert {fill.asset for fill in result.fills} == {"ETH", "LTC", "TRX"}


async def test_the_documented_log_is_read_in_order_whatever_its_total_says(
    reader: BinanceAccount, canned: CannedServer, clock: StillClock
) -> None:
    put(clock, canned, datetime(2021, 3, 21, tzinfo=UTC))
    canned.answers[LOG] = Canned(sample("dust_log.json"))
    records = await reader.history(clock.now() - timedelta(days=10))
    assert [len(record.fills) for record in records] == [2, 2]
    assert records[0].at < records[1].at
    assert len({fill.trade_id for record in records for fill in record.fills}) == 4


async def test_a_log_row_without_a_target_went_to_bnb(
    reader: BinanceAccount, canned: CannedServer, clock: StillClock
) -> None:
    put(clock, canned, NOW)
    text = sample("dust_log_consistent.json").replace('"targetAsset": "BNB"', '"more": 1')
    canned.answers[LOG] = Canned(text)
    (record,) = await reader.history(NOW - timedelta(days=20))
    assert record.target == "BNB"
    assert record.fills[0].net == Decimal("0.00093607") - Decimal("0.00001872")


async def test_a_log_row_keeps_its_target(
    reader: BinanceAccount, canned: CannedServer, clock: StillClock
) -> None:
    put(clock, canned, NOW)
    text = sample("dust_log_consistent.json").replace('"BNB"', '"USDC"')
    canned.answers[LOG] = Canned(text)
    (record,) = await reader.history(NOW - timedelta(days=20))
    assert record.target == "USDC"


async def test_an_empty_log(reader: BinanceAccount, canned: CannedServer) -> None:
    canned.answers[LOG] = Canned(sample("dust_log_empty.json"))
    assert await reader.history(NOW) == ()


@pytest.mark.parametrize(
    ("written", "exact"),
    [("1.0E-8", "0.00000001"), ("0.1234567890123456789", "0.1234567890123456789"), ("3", "3")],
)
async def test_an_amount_without_quotes_is_exact(
    reader: BinanceAccount, canned: CannedServer, written: str, exact: str
) -> None:
    canned.answers[LIST] = Canned(sample("dust_btc.json").replace('"6.21"', written))
    (item,) = (await reader.candidates()).items
    assert item.amount == Decimal(exact)


@pytest.mark.parametrize(
    "body",
    ["[]", "{}", '{"details":{}}', '{"details":[[]]}', '{"details":[{"asset":"ADA"}]}', "null", ""],
)
async def test_a_preview_of_another_shape_is_no_empty_preview(
    reader: BinanceAccount, canned: CannedServer, body: str
) -> None:
    canned.answers[LIST] = Canned(body)
    with pytest.raises(ExchangeUnavailable):
        await reader.candidates()


@pytest.mark.parametrize("amount", ['"-1"', '"NaN"', "NaN", "Infinity", "true", "null", '"1,5"'])
async def test_what_is_no_amount_is_not_shown_as_one(
    reader: BinanceAccount, canned: CannedServer, amount: str
) -> None:
    canned.answers[LIST] = Canned(sample("dust_btc.json").replace('"6.21"', amount))
    with pytest.raises(ExchangeUnavailable):
        await reader.candidates()


async def test_names_beyond_ascii_are_sent_and_read(
    reader: BinanceAccount, canned: CannedServer
) -> None:
    canned.answers[DUST] = Canned(sample("dust_transfer.json").replace("ETH", "币安人生"))
    quote = a_quote("币安人生", "LTC", "TRX")
    assert isinstance(await reader.execute(an_attempt(quote, NOW)), Filled)
    assert "asset=%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9F%2CLTC%2CTRX&" in canned.forms[-1]["body"]


async def test_the_documented_prices(reader: BinanceAccount, canned: CannedServer) -> None:
    body = sample("ticker_price_list.json").replace("LTCBTC", "BTCUSDT")
    canned.answers[PRICES] = Canned(body.replace("ETHBTC", "BNBBTC"))
    rates = await reader.rates()
    assert rates.per_base["USD"] == rates.per_base["USDT"] == Decimal("4.00000200")
    assert rates.per_base["BNB"] == 1 / Decimal("0.07946600")
    assert not rates.knows("EUR")


async def test_the_fills_of_one_answer_add_up_to_its_totals(
    reader: BinanceAccount, canned: CannedServer
) -> None:
    canned.answers[DUST] = Canned(sample("dust_transfer.json"))
    attempt = an_attempt(a_quote("ETH", "LTC", "TRX"), NOW)
    result = await reader.execute(attempt)
    assert isinstance(result, Filled)
    done = replace(attempt, fills=result.fills)
    assert (done.gross, done.fee) == (Decimal("1.05127099"), Decimal("0.02102542"))
