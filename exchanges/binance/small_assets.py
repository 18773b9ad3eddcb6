"""Binance's conversion of small balances, "dust": to BNB by asset/dust, to others by asset/dust-convert.

Source: wallet documentation. Conversions to BNB keep to the older endpoints, whose behaviour is known from
years of use; the newer ones take any target that the account is offered.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

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
    Undecided,
)
from dust.errors import ExchangeRefused, TargetNotOffered
from dust.model import Candidate, Candidates
from dust.ports import Clock
from dust.remedy import Remedy, Wish
from exchanges.binance import shapes
from exchanges.binance.codes import judge
from exchanges.binance.dust_log import EARLIEST, LATEST, REACHES_BACK_TO, find, read_log, records
from exchanges.binance.prices import PriceBoard
from exchanges.binance.wallet import fetch_balances, missing_of
from exchanges.binance.wire import BinanceWire

#: What asset/dust converts to.
BNB = "BNB"
#: The log is read a little into the future: our idea of Binance's time lags by the length of a request.
AHEAD = timedelta(minutes=1)
#: A target that was refused is not asked for again this long.
REFUSED_FOR = timedelta(hours=1)

_LIST = "asset/dust-convert/query-convertible-assets"
_CONVERT = "asset/dust-convert/convert"
#: ccxt knows neither: what one call costs its rate limiter, by the weights in the documentation.
_READING, _WRITING = {"cost": 0.1}, {"cost": 0.06667}


class SmallAssets:
    """Implements `BinanceRemedy`. Whole free balances go; there is no amount to send."""

    def __init__(self, account: str, wire: BinanceWire, board: PriceBoard, clock: Clock) -> None:
        self._account = account
        self._wire = wire
        self._board = board
        self._clock = clock
        self._refused: dict[str, tuple[datetime, TargetNotOffered]] = {}

    async def candidates(self, target: str | None) -> Candidates:
        """Weight 1, by address."""
        wanted = target or BNB
        items = await (self._to_bnb() if wanted == BNB else self._to_other(wanted))
        return Candidates(self._account, wanted, items, self._clock.now())

    async def prepare(self, wish: Wish) -> Quote:
        """An estimate: the price is that of the moment of execution."""
        offered = await self.candidates(wish.target)
        assets = wish.assets
        chosen = [item for item in offered.items if assets is None or item.asset in assets]
        chosen.sort(key=lambda item: (-item.worth, item.asset))
        return Quote(offered.target, tuple(_line(item) for item in chosen), offered.taken_at)

    async def execute(self, conversion: Conversion) -> ExecuteResult:
        """One POST. `clientId` is a label: nothing says that a repeated one is refused."""
        assets = conversion.quote.assets
        return await self._wire.write(
            lambda: self._send(conversion),
            lambda answer, raw: _result(answer, assets, raw),
            lambda rejection: judge(rejection, assets, Remedy.DUST),
        )

    async def _send(self, conversion: Conversion) -> object:
        quote, client = conversion.quote, self._wire.client
        params = {"asset": ",".join(quote.assets)}
        if quote.target == BNB:
            return await client.sapi_post_asset_dust(params)
        params |= {"targetAsset": quote.target, "clientId": conversion.id}
        return await client.request(_CONVERT, ["sapi"], "POST", params, _WRITING)

    async def history(self, since: datetime) -> tuple[LogRecord, ...]:
        """Since December 2020 at most; weight 1, by address, for every 30 days."""
        await self._wire.know_time()
        now = self._clock.now() - self._wire.clock_ahead
        return await read_log(self._fetch_log, since - self._wire.clock_ahead, now + AHEAD)

    async def look(self, conversion: Conversion, others: Collection[Conversion]) -> LookupResult:
        """Evidence is the log; evidence of absence, of each token, is the log together with the balances."""
        attempt_at = conversion.attempt_at
        if attempt_at is None:
            return Undecided("it has no time of attempt")
        await self._wire.know_time()
        theirs = attempt_at - self._wire.clock_ahead
        if theirs < REACHES_BACK_TO:  # a clock that started in 1970 and was set right since
            return Undecided("the log does not reach back to the time of the attempt")
        log = await read_log(self._fetch_log, theirs + EARLIEST, theirs + LATEST)
        late = self._clock.now() > attempt_at + LATEST
        found = find(log, conversion, others, late=late)
        if isinstance(found, Undecided):
            return found
        shown = {fill.asset for fill in found.fills} if found else set()
        unseen = conversion.quote.only(frozenset(conversion.quote.assets) - shown)
        missing = missing_of(unseen, await fetch_balances(self._wire)) if unseen.lines else []
        if missing:
            names = ", ".join(missing)
            return Undecided(f"the log does not show {names}, but less of that is there")
        return found or Absent()

    async def _to_bnb(self) -> tuple[Candidate, ...]:
        return await self._wire.read(self._wire.client.sapi_post_asset_dust_btc, shapes.candidates)

    async def _to_other(self, target: str) -> tuple[Candidate, ...]:
        self._check_refused(target)
        client = self._wire.client
        rates = await self._board.rates()
        try:
            return await self._wire.read(
                lambda: client.request(_LIST, ["sapi"], "POST", {"targetAsset": target}, _READING),
                lambda answer: shapes.candidates_for(answer, rates),
            )
        except ExchangeRefused as refused:
            error = TargetNotOffered(target, refused.code, refused.message)
            self._refused[target] = (self._clock.now() + REFUSED_FOR, error)
            raise error from None

    def _check_refused(self, target: str) -> None:
        until, error = self._refused.get(target, (None, None))
        if until is not None and error is not None and self._clock.now() < until:
            raise error

    async def _fetch_log(self, params: Mapping[str, int]) -> tuple[LogRecord, ...]:
        return await self._wire.read(
            lambda: self._wire.client.sapi_get_asset_dribblet(params), records
        )


def _line(item: Candidate) -> QuoteLine:
    return QuoteLine(item.asset, item.amount, item.worth, item.gross, item.fee, item.net)


def _result(answer: object, assets: Collection[str], raw: str) -> ExecuteResult:
    fills = shapes.fills(answer, assets)
    if len(fills) < len(assets):
        return PartlyFilled(fills, raw)
    return Filled(fills, raw)
