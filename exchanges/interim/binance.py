"""Binance: dust to BNB. Facts from the wallet docs (asset/dust-btc, asset/dust, asset/dribblet,
asset/getUserAsset, account/apiRestrictions) and the spot REST docs (time, ticker/price)."""

import json
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypeVar

import ccxt.async_support as ccxt

from dust.conversion import (
    Absent,
    Conversion,
    ExecuteResult,
    Filled,
    Found,
    LogRecord,
    LookupResult,
    PartlyFilled,
    Quote,
    QuoteLine,
    Refusal,
    RefusalKind,
    Refused,
    Undecided,
    Unknown,
)
from dust.errors import DustError, ExchangeUnavailable, RateLimited
from dust.model import Balance, Candidate, Candidates, Capabilities, KeyReport
from dust.money import Rates
from dust.ports import Clock
from exchanges.interim import binance_answers as answers
from exchanges.interim.answers import BadAnswer, as_dict, to_milliseconds
from exchanges.interim.binance_rates import BinanceRates
from exchanges.interim.ccxt_account import CcxtAccount, Endpoint
from exchanges.interim.client import open_client
from exchanges.interim.errors import is_clock, write_result

T = TypeVar("T")

BINANCE = Capabilities(
    exchange="binance",
    display_name="Binance",
    target="BNB",
    valued_in="BTC",
    max_assets=100,
    ceiling_range=(Decimal("0.0001"), Decimal("0.0012")),
)

_TIME = Endpoint("time", "public", "GET", 0.2, signed=False)
_PRICES = Endpoint("ticker/price", "public", "GET", 0.8, signed=False)
_LIST = Endpoint("asset/dust-btc", "sapi", "POST")
_CONVERT = Endpoint("asset/dust", "sapi", "POST", 0.06667)
_LOG = Endpoint("asset/dribblet", "sapi", "GET")
_BALANCES = Endpoint("asset/getUserAsset", "sapiV3", "POST", 0.5)
_KEY = Endpoint("account/apiRestrictions", "sapi", "GET")

#: The log holds nothing older (wallet docs, asset/dribblet).
_LOG_BEGINS = datetime.fromisoformat("2020-12-01T00:00:00+00:00")
#: The docs name no longest window; third parties use 30 and 90 days.
_LOG_WINDOW = timedelta(days=30)
#: An execution may be stamped this much before our attempt: the exchange accepts a request up to a second
#: ahead of its own time, and the log's times end in whole seconds.
_BEFORE = timedelta(seconds=2)
#: The request can't be executed later than this after the attempt: receive window, backend and a margin.
_AFTER = timedelta(seconds=90)


class BinanceAccount(CcxtAccount):
    """One Binance account (`dust.ports.ExchangeAccount`)."""

    time_endpoint = _TIME
    time_field = "serverTime"

    def __init__(
        self,
        *,
        name: str,
        api_key: str,
        api_secret: str,
        api_url: str | None = None,
        clock: Clock,
    ) -> None:
        client = open_client(
            ccxt.binance, api_key=api_key, secret=api_secret, api_url=api_url, clock=clock
        )
        super().__init__(name, client, clock)
        self._rates = BinanceRates(self._prices, clock)

    @property
    def capabilities(self) -> Capabilities:
        """What Binance can do."""
        return BINANCE

    async def check_key(self) -> KeyReport:
        """What `account/apiRestrictions` says."""
        row = await self._object(_KEY)
        return KeyReport(
            can_read=answers.flag(row, "enableReading"),
            can_convert=answers.flag(row, "enableSpotAndMarginTrading"),
            can_withdraw=answers.flag(row, "enableWithdrawals"),
            ip_restricted=answers.flag(row, "ipRestrict"),
        )

    async def candidates(self) -> Candidates:
        """The list of `asset/dust-btc`."""
        answer = await self._read(_LIST)
        return Candidates(
            self.name, BINANCE.target, _shaped(answers.candidates, answer), self._now()
        )

    async def balances(self) -> tuple[Balance, ...]:
        """Every positive balance (`asset/getUserAsset`), Simple Earn positions left out."""
        answer = await self._read(_BALANCES, {"needBtcValuation": "true"})
        return _shaped(answers.balances, answer)

    async def rates(self) -> Rates:
        """Prices of one BTC, at most a minute old."""
        return await self._rates.now()

    async def prepare(self, assets: Collection[str] | None = None) -> Quote:
        """A fresh list as a quote, the largest worth first."""
        listed = await self.candidates()
        wanted = None if assets is None else frozenset(assets)
        chosen = [c for c in listed.items if wanted is None or c.asset in wanted]
        chosen.sort(key=lambda candidate: (-candidate.worth, candidate.asset))
        return Quote(BINANCE.target, tuple(_line(c) for c in chosen), listed.taken_at)

    async def execute(self, conversion: Conversion) -> ExecuteResult:
        """The one POST to `asset/dust`, with a comma list. Never repeated, whatever comes back."""
        sent = conversion.quote.assets
        try:
            await self._ready()
            answer = await self._send(_CONVERT, {"asset": ",".join(sent)})
        except RateLimited as error:
            return _paused(error)
        except DustError as error:
            return Unknown(f"the exchange's time could not be read: {error}")
        except ccxt.BaseError as error:
            self._clock_known = self._clock_known and not is_clock(error)
            return write_result(error, sent, self._blocked_until)
        return _result(answer, sent)

    async def lookup(self, conversion: Conversion, owned: Collection[str]) -> LookupResult:
        """Looks into the log around the attempt; where it shows nothing, at the balances."""
        if conversion.attempt_at is None:
            return Undecided("it was never attempted")
        try:
            await self._ready()
            attempt_at = conversion.attempt_at - timedelta(milliseconds=self._difference())
            records = await self._log(attempt_at - _BEFORE, attempt_at + _AFTER)
            fills = answers.fills_of(conversion, records, frozenset(owned))
            if fills:
                return Found(fills)
            balances = await self.balances()
        except DustError as error:
            return Undecided(f"the exchange could not be read: {type(error).__name__}")
        if answers.all_there(conversion.quote, balances):
            return Absent()
        return Undecided("the log shows nothing, but the balances have changed")

    async def history(self, since: datetime) -> tuple[LogRecord, ...]:
        """The dust log in windows of thirty days, oldest first; a hundred records each at most."""
        start, now = max(since, _LOG_BEGINS), self._now()
        found: dict[str, LogRecord] = {}
        while start < now:
            end = min(start + _LOG_WINDOW, now)
            for record in await self._log(start, end):
                found[record.record_id] = record
            start = end
        return tuple(sorted(found.values(), key=lambda record: record.at))

    async def _log(self, start: datetime, end: datetime) -> tuple[LogRecord, ...]:
        """The log between two times of the exchange's clock."""
        window = {"startTime": to_milliseconds(start), "endTime": to_milliseconds(end)}
        return _shaped(answers.log_records, await self._read(_LOG, window))

    async def _prices(self, symbols: tuple[str, ...]) -> object:
        joined = ",".join(f'"{symbol}"' for symbol in symbols)
        return await self._read(_PRICES, {"symbols": f"[{joined}]"})

    async def _object(self, endpoint: Endpoint) -> answers.Row:
        return _shaped(as_dict, await self._read(endpoint))

    def _now(self) -> datetime:
        return self._clock.now()


def _line(candidate: Candidate) -> QuoteLine:
    return QuoteLine(
        candidate.asset,
        candidate.amount,
        candidate.worth,
        candidate.gross,
        candidate.fee,
        candidate.net,
    )


def _shaped(parse: Callable[[object], T], answer: object) -> T:
    """A reading's answer in our words; one of another shape counts as no answer."""
    try:
        return parse(answer)
    except BadAnswer as error:
        raise ExchangeUnavailable(str(error)) from None


def _paused(error: RateLimited) -> Refused:
    """The request never left: the host had asked for a pause."""
    return Refused(Refusal(RefusalKind.RATE_LIMITED, until=error.until))


def _result(answer: object, sent: tuple[str, ...]) -> ExecuteResult:
    """A success is proven by its rows; an answer that names none proves nothing."""
    raw = json.dumps(answer, ensure_ascii=False, default=str)
    try:
        fills = answers.transfer(answer, sent)
    except BadAnswer as error:
        return Unknown(f"an answer of another shape: {error}", raw)
    if {fill.asset for fill in fills} == set(sent):
        return Filled(fills, raw)
    return PartlyFilled(fills, raw)
