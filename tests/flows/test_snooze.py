"""/snooze over the real wires."""

from datetime import timedelta

import pytest

from tests.flows.house import House


@pytest.mark.parametrize(
    ("typed", "left"), [("6h", "in 6 h"), ("2 d", "in 2 d"), ("90m", "in 1 h 30 min")]
)
async def test_a_snooze_is_typed_and_outlives_a_restart(
    empty_house: House, typed: str, left: str
) -> None:
    house = empty_house
    async with house.running():
        await house.ask(f"/snooze {typed}", "No alerts until", left)
    async with house.running():
        await house.ask("/snooze", "No alerts until", left)
        await house.ask("/settings", "No alerts until", "see /snooze")


async def test_a_snooze_is_set_and_ended_with_buttons(house: House) -> None:
    screen = await house.ask("/snooze", "Alerts are on")
    await screen.tap("24 h")
    assert (await house.shown("No alerts until", "in 1 d")).id == screen.id
    await screen.tap("Wake up")
    assert (await house.shown("Alerts are on")).id == screen.id


async def test_off_ends_a_snooze_and_so_does_its_time(house: House) -> None:
    await house.ask("/snooze 1h", "No alerts until")
    await house.ask("/snooze off", "Alerts are on")
    await house.ask("/snooze 1h", "No alerts until")
    house.clock.jump(timedelta(hours=1, seconds=1))
    await house.ask("/snooze", "Alerts are on")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("soon", "“soon” is no duration"),
        ("-1h", "“-1h” is no duration"),
        ("1e9d", "“1e9d” is no duration"),
        ("999d", "“999d” is too long"),
    ],
)
async def test_nonsense_is_refused_with_an_example(house: House, typed: str, sentence: str) -> None:
    await house.ask(f"/snooze {typed}", sentence, "/snooze 6h")
    await house.ask("/snooze", "Alerts are on")


async def test_a_snooze_below_an_alert_leaves_the_alert_its_buttons(house: House) -> None:
    house.sprinkle(ADA="20")
    alert = await house.later("of dust on Binance", step=timedelta(minutes=15))
    labels = alert.labels
    await alert.tap("Snooze 24 h")
    answer = await house.shown("No alerts until")
    assert answer.reply_to is alert
    assert alert.labels == labels
    await alert.tap("Convert all")
    await house.shown("It can't be undone")
