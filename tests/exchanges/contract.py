"""The promises of `dust.ports.ExchangeAccount`, for every adapter to inherit as a test class."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Protocol

import pytest

from dust.conversion import Absent, Filled, Found, Refused, State, Undecided, Unknown
from dust.errors import ExchangeUnavailable
from dust.ports import ExchangeAccount
from dust.remedy import Wish
from tests.exchanges.steps import StillClock, an_attempt
from tests.factories import an_imported_conversion


class Rig(Protocol):
    """An account and the levers of the exchange behind it. The wallet holds at least three dusty tokens."""

    account: ExchangeAccount
    clock: StillClock

    def received(self) -> Decimal:
        """The target asset in the wallet."""
        ...

    def converting_requests(self) -> int:
        """How many requests that convert have come in."""
        ...

    def conversions(self) -> int:
        """How many conversions were carried out."""
        ...

    def lose_answer(self, *, execute: bool) -> None:
        """The next converting request gets no answer; it is carried out if `execute`."""
        ...

    def hold_answer(self) -> None:
        """The next converting request is never answered, and the connection stays open."""
        ...

    def go_down(self) -> None:
        """From now on nothing is answered."""
        ...

    def spoil(self, asset: str) -> None:
        """From now on the exchange won't convert this token."""
        ...

    async def wait_converting(self) -> None:
        """Until a converting request has come in."""
        ...


class ExchangeContract:
    """Inherit, and give a `rig` fixture."""

    async def test_candidates_add_up(self, rig: Rig) -> None:
        listed = await rig.account.candidates()
        assert listed.account == rig.account.name
        assert listed.target == rig.account.capabilities.target
        free = {balance.asset: balance.free for balance in await rig.account.balances()}
        assert len(listed.items) >= 3
        for item in listed.items:
            assert item.amount == free[item.asset]
            assert item.net == item.gross - item.fee

    async def test_a_quote_holds_only_what_was_asked_for_and_the_largest_comes_first(
        self, rig: Rig
    ) -> None:
        everything = await rig.account.prepare()
        worths = [line.worth for line in everything.lines]
        assert worths == sorted(worths, reverse=True)
        smallest = everything.assets[-1]
        assert (
            await rig.account.prepare(
                Wish(
                    assets=(
                        smallest,
                        "NOSUCH",
                    )
                )
            )
        ).assets == (smallest,)

    async def test_what_is_quoted_is_converted_and_the_fills_say_what_was_credited(
        self, rig: Rig
    ) -> None:
        before = rig.received()
        quote = await rig.account.prepare()
        result = await rig.account.execute(an_attempt(quote, rig.clock.now()))
        assert isinstance(result, Filled)
        assert {fill.asset: fill.amount for fill in result.fills} == {
            line.asset: line.amount for line in quote.lines
        }
        assert sum(fill.net for fill in result.fills) == rig.received() - before
        assert rig.converting_requests() == 1

    async def test_one_token_too_many_converts_nothing(self, rig: Rig) -> None:
        quote = await rig.account.prepare()
        rig.spoil(quote.assets[0])
        result = await rig.account.execute(an_attempt(quote, rig.clock.now()))
        assert isinstance(result, Refused)
        assert rig.conversions() == 0
        assert rig.converting_requests() == 1

    async def test_an_answer_lost_after_the_work_is_unknown_and_found_later(self, rig: Rig) -> None:
        attempt = an_attempt(await rig.account.prepare(), rig.clock.now())
        rig.lose_answer(execute=True)
        assert isinstance(await rig.account.execute(attempt), Unknown)
        found = await rig.account.lookup(attempt, ())
        assert isinstance(found, Found)
        assert {fill.asset for fill in found.fills} == set(attempt.quote.assets)
        assert rig.converting_requests() == 1

    async def test_an_answer_lost_before_the_work_is_unknown_and_absent_later(
        self, rig: Rig
    ) -> None:
        attempt = an_attempt(await rig.account.prepare(), rig.clock.now())
        rig.lose_answer(execute=False)
        assert isinstance(await rig.account.execute(attempt), Unknown)
        assert await rig.account.lookup(attempt, ()) == Absent()
        assert rig.converting_requests() == 1

    async def test_the_log_names_a_fill_the_same_every_time(self, rig: Rig) -> None:
        attempt = an_attempt(await rig.account.prepare(), rig.clock.now())
        await rig.account.execute(attempt)
        found = await rig.account.lookup(attempt, ())
        assert isinstance(found, Found)
        (record,) = await rig.account.history(rig.clock.now() - timedelta(days=1))
        (again,) = await rig.account.history(rig.clock.now() - timedelta(days=400))
        assert record == again
        assert set(record.fills) == set(found.fills)

    async def test_what_belongs_to_another_conversion_is_not_found(self, rig: Rig) -> None:
        attempt = an_attempt(await rig.account.prepare(), rig.clock.now())
        await rig.account.execute(attempt)
        (record,) = await rig.account.history(rig.clock.now() - timedelta(days=1))
        other = an_imported_conversion(record.fills, at=record.at)
        assert isinstance(await rig.account.lookup(attempt, [other]), Undecided)

    async def test_what_another_conversion_was_answered_with_is_not_found(self, rig: Rig) -> None:
        """The answer names its trades otherwise than the log does."""
        first = an_attempt(await rig.account.prepare(), rig.clock.now())
        answer = await rig.account.execute(first)
        assert isinstance(answer, Filled)
        settled = replace(first, state=State.FILLED, fills=answer.fills)
        second = an_attempt(first.quote, rig.clock.now())
        assert isinstance(await rig.account.lookup(second, [settled]), Undecided)

    async def test_the_log_reaches_back_as_far_as_asked(self, rig: Rig) -> None:
        attempt = an_attempt(await rig.account.prepare(), rig.clock.now())
        await rig.account.execute(attempt)
        rig.clock.pass_(timedelta(days=200))
        assert await rig.account.history(rig.clock.now() - timedelta(days=199)) == ()
        assert len(await rig.account.history(rig.clock.now() - timedelta(days=201))) == 1

    async def test_an_exchange_that_is_away_is_unavailable_and_nothing_is_concluded(
        self, rig: Rig
    ) -> None:
        attempt = an_attempt(await rig.account.prepare(), rig.clock.now())
        rig.go_down()
        for reading in (
            rig.account.candidates(),
            rig.account.balances(),
            rig.account.rates(),
            rig.account.check_key(),
            rig.account.prepare(),
            rig.account.history(rig.clock.now() - timedelta(days=1)),
        ):
            with pytest.raises(ExchangeUnavailable):
                await reading
        assert isinstance(await rig.account.execute(attempt), Unknown)
        assert isinstance(await rig.account.lookup(attempt, ()), Undecided)

    async def test_a_call_that_is_given_up_is_not_sent_again(self, rig: Rig) -> None:
        attempt = an_attempt(await rig.account.prepare(), rig.clock.now())
        rig.hold_answer()
        call = asyncio.create_task(rig.account.execute(attempt))
        await rig.wait_converting()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert rig.converting_requests() == 1

    async def test_rates_know_dollars_and_the_base(self, rig: Rig) -> None:
        rates = await rig.account.rates()
        assert rates.base == rig.account.capabilities.valued_in
        assert rates.per_base[rates.base] == 1
        assert rates.per_base["USD"] > 0

    async def test_a_key_without_withdrawals_is_reported_so(self, rig: Rig) -> None:
        report = await rig.account.check_key()
        assert report.can_read is True
        assert report.can_convert is True
        assert report.can_withdraw is False
