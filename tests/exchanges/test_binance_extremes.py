"""Answers beyond all reason: each ends in one of the port's errors or values, never in a crash."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from dust.conversion import Refused, Undecided, Unknown
from dust.errors import ExchangeUnavailable, RateLimited
from dust.refusal import RefusalKind
from exchanges.binance import BinanceAccount
from tests.exchanges.canned import Canned, CannedServer, sample
from tests.exchanges.steps import DUST, LIST, LOG, TIME, StillClock, an_attempt
from tests.factories import a_quote

LONGEST_BAN = timedelta(days=3)


@pytest.mark.parametrize("told", ["1772366400000", "9" * 15])
async def test_a_pause_is_never_longer_than_the_longest_ban(
    reader: BinanceAccount, canned: CannedServer, clock: StillClock, told: str
) -> None:
    """A gateway may write a moment where a length belongs."""
    canned.answers[DUST] = Canned("{}", 429, {"Retry-After": told})
    result = await reader.execute(an_attempt(a_quote(), clock.now()))
    assert isinstance(result, Refused)
    assert result.refusal.until == clock.now() + LONGEST_BAN
    with pytest.raises(RateLimited) as caught:
        await reader.candidates()
    assert caught.value.until == clock.now() + LONGEST_BAN


async def test_a_pause_that_no_calendar_holds_is_one_of_unknown_length(
    reader: BinanceAccount, canned: CannedServer, clock: StillClock
) -> None:
    canned.answers[LIST] = Canned("{}", 429, {"Retry-After": "9" * 5000})
    with pytest.raises(RateLimited) as caught:
        await reader.candidates()
    assert caught.value.until == clock.now() + timedelta(minutes=1)


async def test_a_conversion_cooldown_beyond_all_reason_is_one_of_unknown_length(
    reader: BinanceAccount, canned: CannedServer, clock: StillClock
) -> None:
    text = f"You can only convert once within {'9' * 200} hours."
    canned.answers[DUST] = Canned(json.dumps({"code": 32110, "msg": text}), 400)
    result = await reader.execute(an_attempt(a_quote(), clock.now()))
    assert isinstance(result, Refused)
    assert result.refusal.kind is RefusalKind.COOLDOWN
    assert result.refusal.cooldown is None


@pytest.mark.parametrize("time", [10**30, -(10**30), 10**15, 1772366400, 0, -1])
async def test_a_time_beyond_all_reason_is_no_time(
    reader: BinanceAccount, canned: CannedServer, clock: StillClock, time: int
) -> None:
    """Microseconds or seconds in place of milliseconds would move every window of the log."""
    canned.answers[TIME] = Canned(json.dumps({"serverTime": time}))
    assert isinstance(await reader.lookup(an_attempt(a_quote(), clock.now()), ()), Undecided)
    with pytest.raises(ExchangeUnavailable):
        await reader.history(clock.now() - timedelta(days=1))
    assert canned.count(LOG) == 0


async def test_an_attempt_from_before_the_log_began_is_not_proven_absent(
    account: BinanceAccount, clock: StillClock
) -> None:
    """A machine without a battery may start in 1970 and be set right between attempt and look."""
    attempt = an_attempt(await account.prepare(), datetime(1970, 1, 1, 0, 5, tzinfo=UTC))
    assert isinstance(await account.lookup(attempt, ()), Undecided)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"code":-5006,"msg":"once in 24 hours \\ud83d"}', 400),
        ('{"note":"\\ud83d"}', 200),
        (sample("dust_transfer.json").rstrip().removesuffix("}") + ',"note":"\\ud83d"}', 200),
    ],
)
async def test_words_that_no_database_takes_are_no_answer(
    reader: BinanceAccount, canned: CannedServer, clock: StillClock, body: str, status: int
) -> None:
    """JSON can spell half of a character that needs two."""
    canned.answers[LIST] = canned.answers[DUST] = Canned(body, status)
    unknown = await reader.execute(an_attempt(a_quote("ETH", "LTC", "TRX"), clock.now()))
    assert isinstance(unknown, Unknown)
    assert unknown.raw.encode()
    with pytest.raises(ExchangeUnavailable):
        await reader.candidates()


@pytest.mark.parametrize(
    "body", ["[" * 100_000, '{"a":' * 100_000, '{"details":' + "9" * 5000 + "}", "\ufeff{}", "\x00"]
)
async def test_what_cannot_be_parsed_is_no_answer(
    reader: BinanceAccount, canned: CannedServer, clock: StillClock, body: str
) -> None:
    canned.answers[LIST] = canned.answers[DUST] = Canned(body)
    with pytest.raises(ExchangeUnavailable):
        await reader.candidates()
    assert isinstance(await reader.execute(an_attempt(a_quote(), clock.now())), Unknown)


@pytest.mark.parametrize("code", ["true", "null", '"x"', "[1]", '"\u0663"', "1.5", "-5006.0"])
async def test_what_is_no_code_proves_nothing(
    reader: BinanceAccount, canned: CannedServer, clock: StillClock, code: str
) -> None:
    canned.answers[DUST] = Canned(f'{{"code":{code},"msg":"no"}}', 400)
    assert isinstance(await reader.execute(an_attempt(a_quote(), clock.now())), Unknown)
