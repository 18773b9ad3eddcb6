"""Market sales: what a pair lets through, what an order brings, and what looking proves."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from dust.conversion import (
    Absent,
    Accepted,
    Conversion,
    Filled,
    Found,
    PartlyFilled,
    Pending,
    Refused,
    Undecided,
    Unknown,
)
from dust.errors import ExchangeUnavailable
from dust.model import LeftOut, Reason
from dust.refusal import RefusalKind
from dust.remedy import Remedy, Wish
from exchanges.binance import BinanceAccount
from sandbox.binance import BinanceEmulator, faults
from sandbox.binance.order_rules import Lot
from tests.exchanges.steps import SHORT, StillClock, an_attempt, open_binance

ORDER, TRADES, PAIR = "/api/v3/order", "/api/v3/myTrades", "/api/v3/exchangeInfo"


def wish(amount: str | None = None, target: str | None = None, asset: str = "ADA") -> Wish:
    return Wish(Remedy.SALE, (asset,), target, None if amount is None else Decimal(amount))


async def attempt(account: BinanceAccount, clock: StillClock, amount: str = "6") -> Conversion:
    return an_attempt(await account.prepare(wish(amount)), clock.now())


def sent(emulator: BinanceEmulator) -> list[Any]:
    return [one for one in emulator.requests if (one.method, one.path) == ("POST", ORDER)]


async def left_out(account: BinanceAccount, wanted: Wish) -> LeftOut:
    quote = await account.prepare(wanted)
    assert quote.lines == ()
    (row,) = quote.left_out
    return row


@pytest.fixture(autouse=True)
def dollar_coins(emulator: BinanceEmulator) -> None:
    """ADA is at one US dollar and counted in tenths."""
    emulator.market.remove_price("USDC")
    emulator.orders.rules.steps["ADAUSDT"] = Decimal("0.1")


async def test_a_sale_is_floored_to_the_step_and_says_what_stays(account: BinanceAccount) -> None:
    quote = await account.prepare(wish())
    (line,) = quote.lines
    assert (quote.target, quote.reference, quote.binding) == ("USDT", "ADAUSDT", False)
    assert (line.amount, line.remainder) == (Decimal("6.2"), Decimal("0.01"))
    assert (line.gross, line.fee, line.net) == (
        Decimal("6.2"),
        Decimal("0.0062"),
        Decimal("6.1938"),
    )
    assert line.worth == Decimal("0.000062")
    again = await account.prepare(quote.again())
    assert again.lines == quote.lines


async def test_only_the_pair_in_question_is_asked_for_and_a_missing_one_is_remembered(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    emulator.market.remove_pair("ADAUSDT")
    for _ in range(2):
        row = await left_out(account, wish())
        assert row == LeftOut("ADA", Reason.BELOW_MINIMUM, Decimal("6.21"), Decimal("10.1"))
    asked = [one.params["symbol"] for one in emulator.requests if one.path == PAIR]
    assert asked == ["ADAUSDT", "ADAUSDC", "ADAFDUSD", "ADABTC", "ADABNB", "ADAEUR", "ADABTC"]
    emulator.market.restore_pair("ADAUSDT")
    clock.pass_(timedelta(hours=1))
    assert (await account.prepare(wish())).reference == "ADAUSDT"


async def test_a_pair_that_was_never_asked_for_is_asked_for_though_time_passes(
    emulator: BinanceEmulator,
) -> None:
    class PassingTime(StillClock):
        def now(self) -> datetime:
            self.pass_(timedelta(microseconds=1))
            return super().now()

    account = open_binance(emulator.url, PassingTime(), limits=SHORT)
    assert (await account.prepare(wish())).reference == "ADAUSDT"
    await account.close()


async def test_a_wished_target_is_the_only_one(
    account: BinanceAccount, emulator: BinanceEmulator
) -> None:
    emulator.wallet.deposit("ADA", Decimal(20))
    quote = await account.prepare(wish(target="BTC"))
    assert (quote.target, quote.reference) == ("BTC", "ADABTC")
    row = await left_out(account, wish(target="EUR"))
    assert (row.asset, row.reason) == ("ADA", Reason.NO_MARKET)


async def test_too_little_tells_the_least_that_would_do(account: BinanceAccount) -> None:
    row = await left_out(account, wish("4"))
    assert row == LeftOut("ADA", Reason.BELOW_MINIMUM, Decimal(4), Decimal("5.1"))
    assert (await account.prepare(wish("5.1"))).lines


async def test_the_minimum_counts_at_the_average_price(
    account: BinanceAccount, emulator: BinanceEmulator
) -> None:
    cheap = faults.answer_json({"mins": 5, "price": "0.5", "closeTime": 1})
    emulator.faults.script("/api/v3/avgPrice", cheap)
    assert (await left_out(account, wish("6"))).limit == Decimal("10.1")


@pytest.mark.parametrize(
    ("asset", "amount", "reason"),
    [("ADA", "7", Reason.NOT_ENOUGH), ("NOSUCH", None, Reason.NOT_ENOUGH)],
)
async def test_what_is_not_there_is_not_sold(
    account: BinanceAccount, asset: str, amount: str | None, reason: Reason
) -> None:
    assert (await left_out(account, wish(amount, asset=asset))).reason is reason


async def test_what_is_locked_in_an_order_is_said_to_be(
    account: BinanceAccount, emulator: BinanceEmulator
) -> None:
    emulator.wallet.lock("ADA", Decimal("6.21"))
    assert (await left_out(account, wish())).reason is Reason.LOCKED


async def test_a_market_that_is_closed_or_has_no_buyer_is_said_to_be(
    account: BinanceAccount, emulator: BinanceEmulator
) -> None:
    emulator.orders.rules.share = Decimal(0)
    assert (await left_out(account, wish(target="USDT"))).reason is Reason.NO_BUYER
    emulator.orders.rules.statuses["ADAUSDT"] = "BREAK"
    assert (await left_out(account, wish(target="USDT"))).reason is Reason.MARKET_CLOSED


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"symbol": "OTHER"}, id="another pair"),
        pytest.param({"baseAssetPrecision": 99}, id="a wild precision"),
        pytest.param({"filters": {}}, id="no filters"),
        pytest.param({"status": 1}, id="no status"),
    ],
)
async def test_rules_that_make_no_sense_sell_nothing(
    account: BinanceAccount, emulator: BinanceEmulator, change: dict[str, Any]
) -> None:
    def changed(answer: Any) -> Any:
        return {**answer, "symbols": [{**answer["symbols"][0], **change}]}

    emulator.faults.script(PAIR, faults.transform(changed))
    with pytest.raises(ExchangeUnavailable):
        await account.prepare(wish())


async def test_the_older_filters_and_both_steps_are_kept(
    account: BinanceAccount, emulator: BinanceEmulator
) -> None:
    older = [
        {"filterType": "LOT_SIZE", "minQty": "0.1", "maxQty": "5", "stepSize": "0.4"},
        {"filterType": "MARKET_LOT_SIZE", "minQty": "0", "maxQty": "0", "stepSize": "0.6"},
        {
            "filterType": "MIN_NOTIONAL",
            "minNotional": "3",
            "applyToMarket": True,
            "avgPriceMins": 0,
        },
    ]

    def changed(answer: Any) -> Any:
        return {**answer, "symbols": [{**answer["symbols"][0], "filters": older}]}

    emulator.faults.script(PAIR, faults.transform(changed), times=3)
    (line,) = (await account.prepare(wish("4.7", "USDT"))).lines
    assert line.amount == Decimal("3.6")
    assert (await left_out(account, wish("3", "USDT"))).limit == Decimal("3.6")
    over = await left_out(account, wish("6", "USDT"))
    assert (over.reason, over.limit) == (Reason.ABOVE_MAXIMUM, Decimal(5))


@pytest.mark.parametrize(
    ("step", "lot", "wanted", "sold"),
    [
        ("0.1", Lot(Decimal("5.1"), Decimal("6.1"), Decimal(0)), "6.19", "6.1"),
        ("0.3", Lot(Decimal(0), Decimal(0), Decimal("0.2")), "6.21", "6"),
        ("0.00000001", Lot(Decimal("0.7"), Decimal(9), Decimal("0.7")), "6.21", "5.6"),
        ("1", Lot(Decimal(0), Decimal(9), Decimal("0.00000001")), "6.21", "6"),
    ],
)
async def test_what_is_offered_is_what_the_exchange_lets_through(
    account: BinanceAccount,
    emulator: BinanceEmulator,
    clock: StillClock,
    step: str,
    lot: Lot,
    wanted: str,
    sold: str,
) -> None:
    emulator.orders.rules.steps["ADAUSDT"] = Decimal(step)
    emulator.orders.rules.market_lots["ADAUSDT"] = lot
    assert isinstance(await account.execute(await attempt(account, clock, wanted)), Filled)
    assert emulator.orders.orders[0].quantity == Decimal(sold)


async def test_one_order_is_sent_and_every_trade_is_a_fill(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    emulator.orders.rules.fills = 3
    conversion = await attempt(account, clock)
    result = await account.execute(conversion)
    assert isinstance(result, Filled)
    assert sum(fill.amount for fill in result.fills) == 6
    assert sum(fill.net for fill in result.fills) == emulator.wallet.free("USDT")
    assert [fill.trade_id for fill in result.fills] == ["ADAUSDT:56", "ADAUSDT:57", "ADAUSDT:58"]
    (request,) = sent(emulator)
    assert request.params["newClientOrderId"] == conversion.id
    assert (request.params["quantity"], request.params["type"]) == ("6", "MARKET")
    found = await account.lookup(conversion, ())
    assert found == Found(result.fills)


async def test_a_fee_paid_in_bnb_is_no_part_of_the_proceeds(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    emulator.account.spot_bnb_burn = True
    emulator.wallet.deposit("BNB", Decimal(1))
    result = await account.execute(await attempt(account, clock))
    assert isinstance(result, Filled)
    (fill,) = result.fills
    assert (fill.net, fill.fee_asset) == (emulator.wallet.free("USDT"), "BNB")
    assert fill.fee == 1 - emulator.wallet.free("BNB")


async def test_what_finds_no_buyer_expires(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    conversion = await attempt(account, clock)
    emulator.orders.rules.share = Decimal("0.5")
    result = await account.execute(conversion)
    assert isinstance(result, PartlyFilled)
    assert sum(fill.amount for fill in result.fills) == 3
    assert await account.lookup(conversion, ()) == Found(result.fills, partly=True)


async def test_an_order_that_finds_nobody_is_refused(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    conversion = await attempt(account, clock)
    emulator.orders.rules.share = Decimal(0)
    result = await account.execute(conversion)
    assert isinstance(result, Refused)
    assert (result.refusal.kind, result.refusal.code) == (RefusalKind.FAILED, "EXPIRED")
    assert await account.lookup(conversion, ()) == Absent(final=True)


async def test_an_order_that_waits_is_accepted_and_found_when_it_is_over(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    conversion = await attempt(account, clock)
    emulator.orders.rules.resting = True
    result = await account.execute(conversion)
    assert isinstance(result, Accepted)
    accepted = replace(conversion, reference=result.reference)
    assert await account.lookup(accepted, ()) == Pending()
    emulator.orders.fill(emulator.orders.orders[0])
    assert isinstance(await account.lookup(accepted, ()), Found)


async def test_a_lost_answer_is_unknown_and_found_by_the_orders_name(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    conversion = await attempt(account, clock)
    emulator.faults.script(ORDER, faults.drop(execute=True))
    assert isinstance(await account.execute(conversion), Unknown)
    found = await account.lookup(conversion, ())
    assert isinstance(found, Found)
    assert sum(fill.net for fill in found.fills) == emulator.wallet.free("USDT")
    assert len(sent(emulator)) == 1


async def test_an_order_that_never_arrived_is_absent_while_the_token_is_there(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    conversion = await attempt(account, clock)
    emulator.faults.script(ORDER, faults.drop(execute=False))
    assert isinstance(await account.execute(conversion), Unknown)
    assert await account.lookup(conversion, ()) == Absent()
    assert isinstance(await account.lookup(replace(conversion, reference="28"), ()), Undecided)
    emulator.wallet.withdraw("ADA", Decimal(1))
    assert isinstance(await account.lookup(conversion, ()), Undecided)


async def test_a_sale_of_another_name_is_not_the_attempt(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock
) -> None:
    conversion = await attempt(account, clock)
    emulator.orders.sell("ADAUSDT", Decimal(6), "web_1")
    emulator.wallet.deposit("ADA", Decimal(6))
    assert await account.lookup(conversion, ()) == Absent()


def with_(**values: Any) -> faults.Fault:
    return faults.transform(lambda answer: {**answer, **values})


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(with_(clientOrderId="another"), id="another name"),
        pytest.param(with_(symbol="ADABTC"), id="another pair"),
        pytest.param(with_(side="BUY"), id="a purchase"),
        pytest.param(with_(status="DONE"), id="an unknown status"),
        pytest.param(with_(fills=[]), id="no fills"),
        pytest.param(with_(executedQty="5"), id="filled in part"),
        pytest.param(with_(executedQty="7"), id="more than was asked"),
        pytest.param(with_(transactTime=None), id="no time"),
    ],
)
async def test_an_answer_that_contradicts_itself_is_unknown(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock, fault: faults.Fault
) -> None:
    conversion = await attempt(account, clock)
    emulator.faults.script(ORDER, fault)
    assert isinstance(await account.execute(conversion), Unknown)
    assert isinstance(await account.lookup(conversion, ()), Found)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda rows: rows[1:], id="one is missing"),
        pytest.param(lambda rows: [*rows, rows[0]], id="one too many"),
        pytest.param(lambda rows: [{**rows[0], "orderId": 9}, *rows[1:]], id="of another order"),
        pytest.param(lambda rows: [{**row, "isBuyer": True} for row in rows], id="purchases"),
    ],
)
async def test_trades_that_are_not_all_of_the_order_prove_nothing(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock, change: Any
) -> None:
    emulator.orders.rules.fills = 2
    conversion = await attempt(account, clock)
    emulator.faults.script(ORDER, faults.drop(execute=True))
    await account.execute(conversion)
    emulator.faults.script(TRADES, faults.transform(change))
    assert isinstance(await account.lookup(conversion, ()), Undecided)
    assert isinstance(await account.lookup(conversion, ()), Found)


@pytest.mark.parametrize("path", [ORDER, TRADES])
async def test_what_can_not_be_read_proves_nothing(
    account: BinanceAccount, emulator: BinanceEmulator, clock: StillClock, path: str
) -> None:
    conversion = await attempt(account, clock)
    await account.execute(conversion)
    emulator.faults.script(path, faults.answer_text("<html>", 503))
    assert isinstance(await account.lookup(conversion, ()), Undecided)
