"""The rule where the wires can't be made to go: races, an end of the process, a chat that is silent."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from dust.auto_rule import AutoTerms, Quiet, RuleState, StopReason
from dust.conversion import State
from dust.errors import ExchangeUnavailable, TargetNotOffered
from dust.money import Money
from dust.notices import AutoAnnounced, AutoSkipped, AutoStopped, Outcome, SkipReason
from storage.store import Store
from tests.dust.fake_account import HandClock
from tests.dust.rule_desk import CHAT, DOLLAR, USER, RuleDesk

TEN, HOUR = timedelta(minutes=10), timedelta(hours=1)


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[RuleDesk]:
    clock = HandClock()
    store = await Store.open(tmp_path / "test.sqlite3", now=clock.now)
    yield RuleDesk(store, clock)
    await store.close()


def announced(terms: AutoTerms) -> AutoTerms:
    return replace(terms, announce=TEN)


async def test_many_ticks_at_once_begin_one_run(desk: RuleDesk) -> None:
    await desk.switch_on(announced)
    await asyncio.gather(*(desk.again().tick("main") for _ in range(20)))
    told = await desk.deliver()
    assert [type(one) for one in told] == [AutoAnnounced]
    rule = await desk.rule()
    conversion = await desk.store.journal.get(rule.run.conversion_id)
    assert conversion is not None
    assert conversion.automatic
    assert conversion.state is State.QUOTED
    await asyncio.gather(*(desk.again().tick("main") for _ in range(20)))
    assert desk.account.calls == []
    desk.clock.jump(TEN)
    await asyncio.gather(*(desk.again().tick("main") for _ in range(20)))
    assert [one.id for one in desk.account.calls] == [rule.run.conversion_id]


async def test_a_process_that_ends_between_window_and_call_acts_once_after_its_restart(
    desk: RuleDesk,
) -> None:
    await desk.switch_on()

    async def end() -> None:
        if desk.account.reads == 2:  # the window is taken, the list is read again
            raise Killed

    desk.account.meanwhile = end
    with pytest.raises(Killed):
        await desk.tick()
    assert desk.account.calls == []
    for _ in range(3):
        await desk.again().tick("main")
    assert len(desk.account.calls) == 1


async def test_a_window_is_used_once_however_often_the_bot_starts(desk: RuleDesk) -> None:
    await desk.switch_on()
    for _ in range(23):
        await desk.again().tick("main")
        desk.clock.jump(HOUR)
    assert len(desk.account.calls) == 1
    for _ in range(3):
        desk.clock.jump(HOUR)
        await desk.again().tick("main")
    assert len(desk.account.calls) == 2


async def test_nobody_was_told_so_nothing_is_converted(desk: RuleDesk) -> None:
    await desk.switch_on(announced)
    await desk.tick()
    await desk.tick(after=TEN)
    rule = await desk.rule()
    assert desk.account.calls == []
    assert not rule.run.conversion_id
    (first, second) = await desk.deliver()
    assert isinstance(first, AutoAnnounced)
    assert second == AutoSkipped("main", first.conversion_id, SkipReason.UNTOLD)


async def test_a_chat_that_takes_no_messages_has_nothing_converted(desk: RuleDesk) -> None:
    await desk.switch_on()
    desk.rights.heard = False
    await desk.tick()
    assert desk.account.reads == 0
    desk.rights.heard = True
    await desk.tick()
    assert len(desk.account.calls) == 1


async def test_a_run_that_would_act_in_quiet_hours_is_not_announced(desk: RuleDesk) -> None:
    soon = Quiet(12 * 60 + 5, 15 * 60)
    await desk.switch_on(lambda terms: replace(announced(terms), quiet=soon))
    await desk.tick()
    assert await desk.queued() == []
    await desk.tick(after=3 * HOUR)
    assert [type(one) for one in await desk.queued()] == [AutoAnnounced]


async def test_a_target_that_is_offered_no_more_stops_the_rule(desk: RuleDesk) -> None:
    await desk.switch_on(lambda terms: replace(terms, target="USDC"))

    async def refuse() -> None:
        raise TargetNotOffered("USDC")

    desk.account.meanwhile = refuse
    await desk.tick()
    assert await desk.queued() == [AutoStopped("main", StopReason.TARGET)]
    assert (await desk.rule()).terms.state is RuleState.STOPPED


async def test_an_exchange_that_can_not_be_read_is_asked_again_until_the_time_is_over(
    desk: RuleDesk,
) -> None:
    await desk.switch_on(announced)
    await desk.tick()
    await desk.deliver()

    async def fail() -> None:
        raise ExchangeUnavailable("no answer")

    desk.account.meanwhile = fail
    await desk.tick(after=TEN)
    assert await desk.queued() == []
    await desk.tick(after=TEN)
    (told,) = await desk.queued()
    assert isinstance(told, AutoSkipped)
    assert told.why is SkipReason.MISSED
    assert desk.account.calls == []


async def test_switching_off_while_the_list_is_read_sends_nothing(desk: RuleDesk) -> None:
    await desk.switch_on(announced)
    await desk.tick()
    await desk.deliver()

    async def switch_off() -> None:
        await desk.keeper.switch_off("main", CHAT)

    desk.account.meanwhile = switch_off
    await desk.tick(after=TEN)
    assert desk.account.calls == []
    desk.account.meanwhile = None
    await desk.tick(after=HOUR)
    assert desk.account.calls == []
    assert (await desk.rule()).terms.state is RuleState.OFF


async def test_who_may_no_longer_convert_has_the_rule_stopped(desk: RuleDesk) -> None:
    await desk.switch_on()
    desk.rights.allowed = False
    await desk.tick()
    assert await desk.queued() == [AutoStopped("main", StopReason.NOT_ALLOWED)]
    desk.rights.allowed = True
    await desk.tick(after=HOUR)
    assert desk.account.calls == []


async def test_the_minimum_is_held_against_what_is_not_spared(desk: RuleDesk) -> None:
    worth = sum((line.worth for line in desk.account.quote.lines), Decimal(0)) * 100_000
    just = Money(worth, "USD")
    await desk.switch_on(lambda terms: replace(terms, minimum=just, spared=frozenset({"ADA"})))
    await desk.tick()
    assert desk.account.calls == []
    await desk.switch_on(lambda terms: replace(terms, minimum=just, spared=frozenset()))
    await desk.tick(after=HOUR)
    assert len(desk.account.calls) == 1
    assert [type(one) for one in await desk.queued()] == [Outcome]


async def test_no_change_of_a_rule_overwrites_another(desk: RuleDesk) -> None:
    def hours(count: int) -> AutoTerms:
        return AutoTerms(DOLLAR, settle_hours=count)

    await desk.keeper.revise("main", CHAT, lambda _: hours(0))

    def one_more(terms: AutoTerms) -> AutoTerms:
        return replace(terms, settle_hours=terms.settle_hours + 1)

    await asyncio.gather(*(desk.keeper.revise("main", CHAT, one_more) for _ in range(20)))
    assert (await desk.rule()).terms == hours(20)


async def test_a_change_never_gives_a_used_window_back(desk: RuleDesk) -> None:
    await desk.switch_on(announced)
    await asyncio.gather(desk.tick(), desk.keeper.switch_off("main", CHAT))
    await desk.switch_on(announced)
    rule = await desk.rule()
    told = [one for one in await desk.deliver() if isinstance(one, AutoAnnounced)]
    assert len(told) <= 1
    assert bool(told) == (rule.run.window_at is not None)


async def test_a_consent_to_other_terms_is_none(desk: RuleDesk) -> None:
    rule = await desk.keeper.revise("main", CHAT, lambda _: AutoTerms(DOLLAR))
    mark = rule.terms.mark()
    await desk.keeper.revise("main", CHAT, lambda terms: replace(terms, target="BTC"))
    assert not await desk.keeper.switch_on("main", CHAT, USER, mark)
    assert (await desk.rule()).terms.state is RuleState.DRAFT


async def test_the_rule_belongs_to_the_chat_of_the_last_consent(desk: RuleDesk) -> None:
    await desk.switch_on()
    mark = (await desk.rule()).terms.mark()
    assert await desk.keeper.switch_on("main", -100, 7, mark)
    rule = await desk.rule()
    assert (rule.chat_id, rule.terms.user_id) == (-100, 7)
