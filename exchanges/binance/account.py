"""One Binance spot account."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from dust.conversion import (
    Absent,
    Conversion,
    ExecuteResult,
    Filled,
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
from dust.errors import (
    CredentialsRejected,
    DustError,
    ExchangeRefused,
    RateLimited,
    UnderMaintenance,
)
from dust.model import Balance, Candidate, Candidates, Capabilities, KeyReport
from dust.money import Rates
from dust.ports import Clock
from exchanges.answers import Malformed
from exchanges.binance import shapes
from exchanges.binance.client import open_client
from exchanges.binance.codes import CLOCK, code_of, judge, reading_error
from exchanges.binance.dust_log import EARLIEST, LATEST, REACHES_BACK_TO, find, read_log, records
from exchanges.binance.prices import PriceBoard, prices
from exchanges.ccxt_account import CcxtAccount, TimeLimits
from exchanges.errors import NotSigned, Rejection
from exchanges.pause import Pauses

CAPABILITIES = Capabilities(
    exchange="binance",
    display_name="Binance",
    target="BNB",
    valued_in="BTC",
    max_assets=100,  # the log shows no more
    ceiling_range=(Decimal("0.0003"), Decimal("0.0012")),  # since 2021, as the help pages said
)
#: A balance that has fallen by no more than this share is still there: amounts are shown rounded.
STILL_THERE = Decimal("0.999")
#: The log is read a little into the future: our idea of Binance's time lags by the length of a request.
AHEAD = timedelta(minutes=1)


class BinanceAccount(CcxtAccount):
    """Implements `dust.ports.ExchangeAccount`. `api_url` takes the place of Binance's own hosts;
    `pauses` are shared with every other account."""

    def __init__(
        self,
        *,
        name: str,
        api_key: str,
        api_secret: str,
        clock: Clock,
        pauses: Pauses,
        api_url: str | None = None,
        limits: TimeLimits | None = None,
    ) -> None:
        client = open_client(api_key, api_secret, api_url, clock, pauses)
        super().__init__(client, limits or TimeLimits())
        self.name = name
        self.capabilities = CAPABILITIES
        self._clock = clock
        self._board = PriceBoard(self._fetch_prices, clock)

    async def check_key(self) -> KeyReport:
        """Weight 1, by address."""
        return await self._read(self._client.sapi_get_account_apirestrictions, shapes.key_report)

    async def candidates(self) -> Candidates:
        """Weight 1, by address."""
        items = await self._read(self._client.sapi_post_asset_dust_btc, shapes.candidates)
        return Candidates(self.name, CAPABILITIES.target, items, self._clock.now())

    async def balances(self) -> tuple[Balance, ...]:
        """Weight 5, by address."""
        return await self._read(
            lambda: self._client.sapiv3_post_asset_getuserasset({"needBtcValuation": "true"}),
            shapes.balances,
        )

    async def rates(self) -> Rates:
        """Unsigned; a request at most once a minute."""
        return await self._board.rates()

    async def prepare(self, assets: Collection[str] | None = None) -> Quote:
        """An estimate: the price is that of the moment of execution."""
        offered = await self.candidates()
        chosen = [item for item in offered.items if assets is None or item.asset in assets]
        chosen.sort(key=lambda item: (-item.worth, item.asset))
        return Quote(offered.target, tuple(_line(item) for item in chosen), offered.taken_at)

    async def execute(self, conversion: Conversion) -> ExecuteResult:
        """One POST to asset/dust. Each token goes with its whole free balance: there is no amount to send."""
        assets = conversion.quote.assets
        try:
            await self._know_time()
        except DustError as error:
            return _not_sent(error)
        try:
            answer = await self._client.sapi_post_asset_dust({"asset": ",".join(assets)})
        except Rejection as rejection:
            if self._is_clock_error(rejection):
                self._forget_time()
            return judge(rejection, assets)
        except RateLimited as error:
            return _not_sent(error)
        except NotSigned:
            return _not_sent(CredentialsRejected())
        except Exception as error:  # noqa: BLE001 - whatever went wrong, it may have been executed
            return Unknown(f"no answer: {type(error).__name__}")
        raw = json.dumps(answer, ensure_ascii=False, default=str)
        return _result(answer, assets, self._client.without_secrets(raw))

    async def lookup(self, conversion: Conversion, others: Collection[Conversion]) -> LookupResult:
        """Evidence is the log; evidence of absence, of each token, is the log together with the balances."""
        try:
            return await self._look(conversion, others)
        except DustError as error:
            return Undecided(f"Binance can't be asked now: {error}")

    async def history(self, since: datetime) -> tuple[LogRecord, ...]:
        """Since December 2020 at most; weight 1, by address, for every 30 days."""
        await self._know_time()
        now = self._clock.now() - self._clock_ahead
        return await read_log(self._fetch_log, since - self._clock_ahead, now + AHEAD)

    async def _look(self, conversion: Conversion, others: Collection[Conversion]) -> LookupResult:
        attempt_at = conversion.attempt_at
        if attempt_at is None:
            return Undecided("it has no time of attempt")
        await self._know_time()
        theirs = attempt_at - self._clock_ahead
        if theirs < REACHES_BACK_TO:  # a clock that started in 1970 and was set right since
            return Undecided("the log does not reach back to the time of the attempt")
        log = await read_log(self._fetch_log, theirs + EARLIEST, theirs + LATEST)
        late = self._clock.now() > attempt_at + LATEST
        found = find(log, conversion, others, late=late)
        if isinstance(found, Undecided):
            return found
        shown = {fill.asset for fill in found.fills} if found else set()
        unseen = conversion.quote.only(frozenset(conversion.quote.assets) - shown)
        missing = _missing(unseen, await self.balances()) if unseen.lines else []
        if missing:
            names = ", ".join(missing)
            return Undecided(f"the log does not show {names}, but less of that is there")
        return found or Absent()

    async def _fetch_log(self, params: Mapping[str, int]) -> tuple[LogRecord, ...]:
        return await self._read(lambda: self._client.sapi_get_asset_dribblet(params), records)

    async def _fetch_prices(self, params: Mapping[str, str]) -> Mapping[str, Decimal]:
        return await self._read_public(lambda: self._client.public_get_ticker_price(params), prices)

    async def _exchange_time(self) -> int:
        return await self._read_public(self._client.public_get_time, shapes.server_time)

    def _is_clock_error(self, rejection: Rejection) -> bool:
        return code_of(rejection) == CLOCK

    def _reading_error(self, rejection: Rejection) -> DustError:
        return reading_error(rejection)


def _line(item: Candidate) -> QuoteLine:
    return QuoteLine(item.asset, item.amount, item.worth, item.gross, item.fee, item.net)


def _missing(quote: Quote, balances: Collection[Balance]) -> list[str]:
    """Tokens whose free balance is no longer what was quoted."""
    free = {balance.asset: balance.free for balance in balances}
    return [
        line.asset
        for line in quote.lines
        if free.get(line.asset, Decimal(0)) < line.amount * STILL_THERE
    ]


def _not_sent(error: DustError) -> Refused:
    """The conversion has not left, so nothing can have been converted."""
    match error:
        case RateLimited(until=until):
            return Refused(Refusal(RefusalKind.RATE_LIMITED, until=until))
        case UnderMaintenance():
            return Refused(Refusal(RefusalKind.MAINTENANCE))
        case CredentialsRejected(code=code):
            return Refused(Refusal(RefusalKind.KEY_REJECTED, code))
        case ExchangeRefused(code=code, message=message):
            return Refused(Refusal(RefusalKind.OTHER, code, message))
        case _:
            return Refused(Refusal(RefusalKind.OTHER))


def _result(answer: object, assets: Collection[str], raw: str) -> ExecuteResult:
    try:
        fills = shapes.fills(answer, assets)
    except Malformed as fault:
        return Unknown(f"the answer made no sense: {fault}", raw)
    if len(fills) < len(assets):
        return PartlyFilled(fills, raw)
    return Filled(fills, raw)
