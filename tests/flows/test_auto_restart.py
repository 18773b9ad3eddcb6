"""An announced run and a restart: it acts at its time once, or was missed and is reported."""

from datetime import timedelta

from tests.flows.house import DUST, House
from tests.flows.test_auto import announced, switch_on
from tests.flows.watching import look_again


async def on_and_announced(empty_house: House) -> None:
    """A rule is on and has announced its run."""
    empty_house.sprinkle()
    await look_again(empty_house)
    await look_again(empty_house, after=timedelta(hours=25))
    await switch_on(empty_house)
    await announced(empty_house)


async def test_a_run_survives_a_restart_and_acts_once(empty_house: House) -> None:
    async with empty_house.running():
        await on_and_announced(empty_house)
    empty_house.clock.jump(timedelta(minutes=11))
    async with empty_house.running():
        await empty_house.shown("Converted 3 tokens", "🤖")
    async with empty_house.running():
        await look_again(empty_house)
    assert len(empty_house.sent(DUST)) == 1


async def test_a_rule_acts_once_in_a_window_also_across_a_restart(empty_house: House) -> None:
    empty_house.sprinkle()
    async with empty_house.running():
        await empty_house.looked()
        await switch_on(empty_house, "hours 0", "announce off")
        first = await empty_house.shown("Converted 3 tokens", "🤖")
        empty_house.sprinkle()
    for _ in range(3):
        empty_house.clock.jump(timedelta(hours=7))
        async with empty_house.running():
            await look_again(empty_house)
            await empty_house.ask("/auto", "on Binance: on")
    assert len(empty_house.sent(DUST)) == 1
    async with empty_house.running():
        await look_again(empty_house, after=timedelta(hours=7))
        await empty_house.shown("Converted 3 tokens", "🤖", after=first.id)
        await look_again(empty_house)
    assert len(empty_house.sent(DUST)) == 2


async def test_a_run_that_was_missed_is_reported_and_not_made_up_for(empty_house: House) -> None:
    async with empty_house.running():
        await on_and_announced(empty_house)
    empty_house.clock.jump(timedelta(hours=3))
    async with empty_house.running():
        await empty_house.shown("Nothing was converted on Binance", "I was not running")
        await look_again(empty_house)
    assert not empty_house.sent(DUST)


async def test_a_person_who_may_no_longer_convert_has_no_rule(empty_house: House) -> None:
    async with empty_house.running():
        await on_and_announced(empty_house)
    empty_house.clock.jump(timedelta(minutes=11))
    group = empty_house.telegram.group(-100700, "Traders", [empty_house.anna])
    async with empty_house.running(allowed_chats=[group.id], allowed_users=[2002]):
        await look_again(empty_house)
    assert not empty_house.sent(DUST)
