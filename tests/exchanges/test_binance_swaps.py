"""Spot Convert: what is quoted, what an acceptance brings, and what looking proves."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from dust.conversion import (
    Absent,
    Accepted,
    Conversion,
    Fill,
    Found,
    LookupResult,
    Pending,
    Refused,
    Undecided,
    Unknown,
)
from dust.errors import ExchangeRefused, ExchangeUnavailable, RateLimited
from dust.model import LeftOut, Limits, Reason
from dust.remedy import Remedy, Wish
from exchanges.binance import BinanceAccount
from sandbox.binance import BinanceEmulator, faults
from tests.exchanges.canned import Canned, CannedServer, sample
from tests.exchanges.steps import BALANCES, StillClock, an_attempt

INFO = "/sapi/v1/convert/exchangeInfo"
ASSETS = "/sapi/v1/convert/assetInfo"
QUOTE = "/sapi/v1/convert/getQuote"
ACCEPT = "/sapi/v1/convert/acceptQuote"
STATUS = "/sapi/v1/convert/orderStatus"
FLOW = "/sapi/v1/convert/tradeFlow"

PAID, RECEIVED = Decimal("6.21"), Decimal("6.19137")


def wish(amount: str | None = None, target: str | None = "USDT", asset: str = "ADA") -> Wish:
    return Wish(Remedy.SWAP, (asset,), target, None if amount is None else Decimal(amount))


def count(emulator: BinanceEmulator, path: str) -> int:
    return sum(request.path == path for request in emulator.requests)


async def left_out(account: BinanceAccount, wanted: Wish) -> LeftOut:
    quote = await account.prepare(wanted)
    assert quote.lines == ()
    (row,) = quote.left_out
    return row


async def attempt(account: BinanceAccount, clock: StillClock, amount: str = "6") -> Conversion:
    return an_attempt(await account.prepare(wish(amount)), clock.now())


async def taken(account: BinanceAccount, attempt: Conversion) -> Conversion:
    """The same, with the order's id that the answer told."""
    result = await account.execute(attempt)
    assert isinstance(result, Accepted)
    return replace(attempt, reference=result.reference)


async def test_a_quote_binds_for_a_minute_and_shows_exact_amounts(
    account: BinanceAccount, clock: StillClock
) -> None:
    quote = await account.prepare(wish())
    (line,) = quote.lines
    assert (line.amount, line.gross, line.net) == (PAID, RECEIVED, RECEIVED)
    assert line.fee == 0
    assert (quote.target, quote.remedy, quote.binding) == ("USDT", Remedy.SWAP, True)
    assert line.worth == Decimal("0.0000621")
    assert quote.valid_until == clock.now() + timedelta(minutes=1)
    assert quote.reference


async def test_a_token_becomes_usdt_unless_something_else_is_wished(
    account: BinanceAccount,
) -> None:
    assert (await account.prepare(wish(target=None))).target == "USDT"
    assert (await account.prepare(wish(target="BNB"))).target == "BNB"


async def test_an_amount_goes_out_without_an_exponent_and_no_finer_than_the_asset(
    account: BinanceAccount, emulator: BinanceEmulator
) -> None:
    emulator.market.set_price("SHIB", Decimal(1))
    emulator.wallet.deposit("SHIB", Decimal("0.00001239"))
    fractions = [{"asset": "SHIB", "fraction": 7}]
    emulator.faults.script(ASSETS, faults.answer_json(fractions))
    quote = await account.prepare(wish(asset="SHIB"))
    sent = next(one for one in emulator.requests if one.path == QUOTE)
    assert sent.params["fromAmount"] == "0.0000123"
    assert (quote.lines[0].amount, quote.lines[0].remainder) == (
        Decimal("0.0000123"),
        Decimal("0.00000009"),
    )


async def test_too_little_names_the_minimum_and_what_there_is_of_it(
    account: BinanceAccount, emulator: BinanceEmulator
) -> None:
    row = await left_out(account, wish("0.25"))
    assert row == LeftOut(
        "ADA", Reason.BELOW_MINIMUM, Decimal("0.25"), Decimal(1), Decimal("0.0000025")
    )
    assert count(emulator, QUOTE) == 0


async def test_too_much_names_the_maximum(
    account: BinanceAccount, emulator: BinanceEmulator
) -> None:
    emulator.swaps.rules.maximum = Decimal(5)
    row = await left_out(account, wish())
    assert (row.reason, row.amount, row.limit) == (Reason.ABOVE_MAXIMUM, PAID, Decimal(5))
    assert count(emulator, QUOTE) == 0


async def test_more_than_there_is_names_what_there_is(
    account: BinanceAccount, emulator: BinanceEmulator
) -> None:
    assert await left_out(account, wish("7")) == LeftOut("ADA", Reason.NOT_ENOUGH, PAID, Decimal(7))
    nothing = await left_out(account, wish(asset="BNB"))
    assert nothing == LeftOut("BNB", Reason.NOT_ENOUGH, Decimal(0), Decimal(0))
    emulator.wallet.lock("ADA", Decimal(5))
    assert (await left_out(account, wish("6"))).reason is Reason.LOCKED
    emulator.wallet.lock("ADA", emulator.wallet.free("ADA"))
    assert (await left_out(account, wish())).reason is Reason.LOCKED
    assert count(emulator, QUOTE) == 0


async def test_without_a_pair_there_is_no_market(
    account: BinanceAccount, emulator: BinanceEmulator
) -> None:
    emulator.swaps.rules.closed.add(("ADA", "USDT"))
    assert (await left_out(account, wish())).reason is Reason.NO_MARKET
    assert (await left_out(account, wish(target="NOPE"))).reason is Reason.NO_MARKET
    assert count(emulator, QUOTE) == 0


async def test_a_quote_without_an_id_means_that_there_are_no_funds(
    account: BinanceAccount, emulator: BinanceEmulator
) -> None:
    emulator.faults.script(
        QUOTE, faults.transform(lambda row: {k: v for k, v in row.items() if k != "quoteId"})
    )
    assert (await left_out(account, wish())).reason is Reason.NOT_ENOUGH


async def test_limits_are_asked_for_once_an_hour(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    assert (await account.swap_limits("USDT"))["ADA"] == Limits(Decimal(1), Decimal(1_000_000))
    await account.prepare(wish())
    clock.pass_(timedelta(minutes=59))
    await account.prepare(wish())
    assert (count(emulator, INFO), count(emulator, ASSETS)) == (1, 1)
    clock.pass_(timedelta(minutes=1))
    await account.prepare(wish())
    assert (count(emulator, INFO), count(emulator, ASSETS)) == (2, 2)


async def test_the_heavy_limits_of_many_targets_are_not_asked_for_at_once(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    for target in ("USDT", "BNB", "BTC"):
        await account.swap_limits(target)
    with pytest.raises(RateLimited) as refused:
        await account.swap_limits("ADA")
    assert refused.value.until == clock.now() + timedelta(minutes=1)
    assert await account.swap_limits("USDT")
    clock.pass_(timedelta(minutes=1))
    await account.swap_limits("ADA")
    assert count(emulator, INFO) == 4


async def test_a_used_up_quota_is_told_in_the_exchanges_words(
    account: BinanceAccount, emulator: BinanceEmulator
) -> None:
    emulator.swaps.rules.quotes_an_hour = 0
    with pytest.raises(ExchangeRefused, match="345103"):
        await account.prepare(wish())


async def test_a_service_that_is_not_open_to_the_account_is_told_so(
    account: BinanceAccount, emulator: BinanceEmulator
) -> None:
    emulator.faults.script(QUOTE, faults.refuse(-1002, "You are not authorized.", 401))
    with pytest.raises(ExchangeRefused):
        await account.prepare(wish())


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"fromAmount": "6.22"}, id="more than was asked"),
        pytest.param({"toAmount": "0"}, id="nothing for it"),
        pytest.param({"validTimestamp": "soon"}, id="no time"),
        pytest.param({"fromAmount": None}, id="no amount"),
    ],
)
async def test_a_quote_that_makes_no_sense_is_none(
    account: BinanceAccount, emulator: BinanceEmulator, change: dict[str, Any]
) -> None:
    emulator.faults.script(QUOTE, faults.transform(lambda row: row | change))
    with pytest.raises(ExchangeUnavailable):
        await account.prepare(wish())


async def test_an_accepted_quote_is_found_by_its_order(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    order = await taken(account, await attempt(account, clock, "6.21"))
    found = await account.lookup(order, ())
    fill = Fill(f"convert:{order.reference}", "ADA", PAID, RECEIVED, Decimal(0), clock.now())
    assert found == Found((fill,))
    assert emulator.wallet.free("USDT") == RECEIVED
    assert count(emulator, ACCEPT) == 1


async def test_an_order_under_way_is_awaited(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    emulator.swaps.rules.takes = timedelta(minutes=2)
    order = await taken(account, await attempt(account, clock))
    assert await account.lookup(order, ()) == Pending()
    clock.pass_(timedelta(minutes=2))
    assert isinstance(await account.lookup(order, ()), Found)


async def test_an_order_that_failed_is_absent_for_good(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    emulator.swaps.rules.fails = True
    order = await taken(account, await attempt(account, clock))
    assert await account.lookup(order, ()) == Absent(final=True)
    assert emulator.wallet.free("ADA") == PAID


async def test_a_lost_acceptance_is_found_by_its_quote(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    sent = await attempt(account, clock)
    emulator.faults.script(ACCEPT, faults.drop(execute=True))
    assert isinstance(await account.execute(sent), Unknown)
    found = await account.lookup(sent, ())
    assert isinstance(found, Found)
    assert found.fills[0].trade_id == f"convert:{emulator.swaps.orders[0].order_id}"


async def test_an_acceptance_that_never_arrived_is_absent(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    sent = await attempt(account, clock)
    emulator.faults.script(ACCEPT, faults.drop(execute=False))
    assert isinstance(await account.execute(sent), Unknown)
    assert await account.lookup(sent, ()) == Absent()


async def lost_and_hidden(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock, hidden: faults.Fault
) -> LookupResult:
    """A swap whose answer is lost and whose own page shows nothing."""
    sent = await attempt(account, clock)
    emulator.faults.script(ACCEPT, faults.drop(execute=True))
    await account.execute(sent)
    emulator.faults.script(STATUS, hidden)
    return await account.lookup(sent, ())


@pytest.mark.parametrize(
    "hidden",
    [
        pytest.param(faults.refuse(345239, "no such order", 400), id="refused"),
        pytest.param(faults.answer_json({}), id="nothing"),
    ],
)
async def test_an_order_whose_own_page_is_empty_is_found_in_the_list(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock, hidden: faults.Fault
) -> None:
    assert isinstance(await lost_and_hidden(account, emulator, clock, hidden), Found)


def without_rows(flow: dict[str, Any]) -> dict[str, Any]:
    return flow | {"list": []}


def one_of_many(flow: dict[str, Any]) -> dict[str, Any]:
    return flow | {"list": [], "moreData": True}


@pytest.mark.parametrize("change", [without_rows, one_of_many])
async def test_a_balance_that_is_gone_without_an_order_proves_nothing(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock, change: Any
) -> None:
    emulator.faults.script(FLOW, faults.transform(change))
    hidden = faults.answer_json({})
    assert isinstance(await lost_and_hidden(account, emulator, clock, hidden), Undecided)


async def test_a_list_that_shows_only_some_proves_nothing(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    sent = await attempt(account, clock)
    emulator.faults.script(FLOW, faults.transform(one_of_many))
    assert isinstance(await account.lookup(sent, ()), Undecided)


async def test_an_accepted_order_that_is_not_shown_is_not_absent(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    sent = replace(await attempt(account, clock), reference="1")
    assert isinstance(await account.lookup(sent, ()), Undecided)


@pytest.mark.parametrize(
    "change",
    [
        {"fromAsset": "TRX"},
        {"toAsset": "BNB"},
        {"orderStatus": "SOMETHING_NEW"},
        {"toAmount": "0"},
        {"createTime": "today"},
    ],
    ids=str,
)
async def test_an_order_that_does_not_fit_proves_nothing(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock, change: dict[str, str]
) -> None:
    order = await taken(account, await attempt(account, clock))
    emulator.faults.script(STATUS, faults.transform(lambda row: row | change))
    assert isinstance(await account.lookup(order, ()), Undecided)


@pytest.mark.parametrize("path", [STATUS, FLOW, BALANCES])
@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(faults.drop(execute=False), id="dropped"),
        pytest.param(faults.limited(5), id="limited"),
        pytest.param(faults.refuse(-2015, "Invalid API-key.", 401), id="key"),
        pytest.param(faults.refuse(-1000, "Unknown.", 500), id="error"),
    ],
)
async def test_where_nothing_can_be_looked_up_nothing_is_concluded(
    account: BinanceAccount,
    emulator: BinanceEmulator,
    clock: StillClock,
    path: str,
    fault: faults.Fault,
) -> None:
    sent = await attempt(account, clock)
    emulator.faults.script(path, fault, times=2)  # an HTTP client may ask again by itself
    assert isinstance(await account.lookup(sent, ()), Undecided)


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(faults.answer_json({}), id="nothing"),
        pytest.param(faults.answer_json({"orderId": "1", "orderStatus": "NEW"}), id="new state"),
        pytest.param(faults.answer_json({"orderStatus": "PROCESS"}), id="no order"),
        pytest.param(faults.refuse(345999, "Something new.", 400), id="unknown code"),
        pytest.param(faults.answer_text("<html>", 502), id="page"),
        pytest.param(faults.cut(), id="cut"),
    ],
)
async def test_an_acceptance_that_is_answered_badly_is_unknown_and_sent_once(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock, fault: faults.Fault
) -> None:
    sent = await attempt(account, clock)
    emulator.faults.script(ACCEPT, fault)
    assert isinstance(await account.execute(sent), Unknown)
    assert count(emulator, ACCEPT) == 1


async def test_a_key_that_is_refused_at_the_acceptance_has_swapped_nothing(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    sent = await attempt(account, clock)
    emulator.faults.script(ACCEPT, faults.refuse(-2015, "Invalid API-key.", 401, execute=False))
    assert isinstance(await account.execute(sent), Refused)


async def test_a_swap_is_of_one_token(account: BinanceAccount) -> None:
    for assets in (None, ("ADA", "TRX"), ()):
        with pytest.raises(ValueError, match="one token"):
            await account.prepare(Wish(Remedy.SWAP, assets))


async def test_the_documented_answers(
    reader: BinanceAccount, canned: CannedServer, clock: StillClock
) -> None:
    theirs, ahead = datetime(2021, 6, 10, 10, 4, tzinfo=UTC), timedelta(seconds=20)
    clock.at = theirs + ahead
    canned.tell_time(theirs)
    wallet = '[{"asset":"BTC","free":"0.1","locked":"0","freeze":"0","withdrawing":"0","btcValuation":"0.1"}]'
    canned.answers |= {
        INFO: Canned(sample("convert_exchange_info.json")),
        ASSETS: Canned(sample("convert_asset_info.json")),
        QUOTE: Canned(sample("convert_get_quote.json")),
        ACCEPT: Canned(sample("convert_accept_quote.json")),
        STATUS: Canned(sample("convert_order_status.json")),
        BALANCES: Canned(wallet),
    }
    quote = await reader.prepare(Wish(Remedy.SWAP, ("BTC",), "USDT"))
    assert (quote.reference, quote.net) == ("12415572564", Decimal("3816.37"))
    told = datetime(2021, 6, 10, 10, 4, 21, 670_000, tzinfo=UTC)
    assert quote.valid_until == told + ahead, "by our own clock"
    order = await taken(reader, an_attempt(quote, clock.now()))
    assert order.reference == "933256278426274426"
    found = await reader.lookup(order, ())
    assert isinstance(found, Found)
    assert found.fills[0].gross == Decimal(20)
    canned.answers[QUOTE] = Canned(sample("convert_get_quote_insufficient.json"))
    assert (await reader.prepare(Wish(Remedy.SWAP, ("BTC",), "USDT"))).left_out[0].reason is (
        Reason.NOT_ENOUGH
    )
