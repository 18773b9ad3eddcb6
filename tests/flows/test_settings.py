"""/settings over the real wires: typed, tapped, refused, remembered."""

from datetime import timedelta

import pytest

from tests.flows.house import House


@pytest.mark.parametrize(
    ("typed", "answer", "line"),
    [
        ("currency eur", "Currency: EUR", "Currency: EUR"),
        ("threshold 2,5", "Alert threshold: $2.50", "Alert threshold: $2.50"),
        ("threshold $7", "Alert threshold: $7.00", "Alert threshold: $7.00"),
        ("cooldown 90m", "Alert cooldown: 1 h 30 min", "Alert cooldown: 1 h 30 min"),
        ("ceiling 20", "Dust ceiling: $20.00", "Dust ceiling: $20.00"),
        ("report weekly fri 8:30", "Report: weekly, Friday at 08:30", "Report: weekly, Friday"),
        ("timezone europe/berlin", "Time zone: Europe/Berlin", "Time zone: Europe/Berlin"),
        ("silent on", "Silent: on", "Silent: on"),
        ("protect btc, ada", "ADA, BTC: never offered", "Protected tokens: ADA, BTC"),
    ],
)
async def test_what_is_typed_is_answered_and_outlives_a_restart(
    empty_house: House, typed: str, answer: str, line: str
) -> None:
    house = empty_house
    async with house.running():
        await house.looked()
        await house.ask(f"/settings {typed}", answer)
        await house.ask("/settings", line)
    async with house.running():
        await house.ask("/settings", line)


@pytest.mark.parametrize(
    ("topic", "offered", "line"),
    [
        ("Currency", "GBP", "Currency: GBP"),
        ("Alert threshold", "$10.00", "Alert threshold: $10.00"),
        ("Alert cooldown", "6 h", "Alert cooldown: 6 h"),
        ("Dust ceiling", "$20.00", "Dust ceiling: $20.00"),
        ("Report", "daily at 09:00", "Report: daily at 09:00"),
        ("Time zone", "Asia/Tokyo", "Time zone: Asia/Tokyo"),
        ("Silent", "on", "Silent: on"),
    ],
)
async def test_each_topic_can_be_changed_with_buttons_alone(
    house: House, topic: str, offered: str, line: str
) -> None:
    settings = await house.ask("/settings", "Settings")
    await settings.tap(topic)
    await house.shown("Or type: /settings")
    await settings.tap(offered)
    changed = await house.shown(f"✅ {line}")
    assert changed.id == settings.id, "one message is enough to change everything"
    assert f"✓ {offered}" in changed.labels
    await settings.tap("All settings")
    await house.shown("⚙️ Settings", line)


@pytest.mark.parametrize(
    ("typed", "sentence", "way_on"),
    [
        ("colour blue", "There is no setting called “colour”.", "/settings"),
        ("curency EUR", "There is no setting called “curency”.", "/settings currency"),
        ("currency DOGE", "“DOGE” is none of USD", "/settings currency EUR"),
        ("threshold lots", "“lots” is no amount.", "/settings threshold 2.5"),
        ("threshold -5", "“-5” is no amount.", "/settings threshold 2.5"),
        ("threshold 0", "must be more than nothing", "/settings threshold 2.5"),
        ("ceiling 0", "must be more than nothing", "/settings ceiling 20"),
        ("ceiling 5 EUR", "Your currency is USD", "/settings ceiling 20"),
        ("threshold 5 EUR", "Your currency is USD", "/settings threshold 2.5"),
        ("cooldown soon", "“soon” is no duration", "/settings cooldown 12h"),
        ("report hourly", "A report comes daily", "/settings report"),
        ("report daily 25:00", "“25:00” is no time of day.", "/settings report"),
        ("timezone Berlim", "I know no time zone “Berlim”.", "/settings timezone Europe/Berlin"),
        ("timezone +2", "does not know summer time", "/settings timezone Europe/Berlin"),
        ("silent maybe", "“maybe” is neither on nor off.", "/settings silent on"),
        ("unprotect BTC", "“BTC” is not protected.", "/settings unprotect BTC"),
        ("currency <b>&", "“<b>&” is none of", "/settings currency EUR"),
    ],
)
async def test_nonsense_is_refused_with_a_sentence_and_an_example(
    house: House, typed: str, sentence: str, way_on: str
) -> None:
    before = (await house.ask("/settings", "⚙️")).text
    await house.ask(f"/settings {typed}", sentence, way_on)
    assert (await house.ask("/settings", "⚙️")).text == before


async def test_a_slip_is_put_right_with_one_tap(house: House) -> None:
    refused = await house.ask("/settings timezone berlim", "Did you mean")
    await refused.tap("Europe/Berlin")
    await house.shown("✅ Time zone: Europe/Berlin")


async def test_a_change_of_the_currency_converts_the_threshold_and_says_so(house: House) -> None:
    house.price("EUR", "2")
    house.clock.jump(timedelta(minutes=2))
    await house.ask("/settings currency EUR", "The alert threshold of $5.00 is now €2.50.")
    await house.ask("/dust", "3 tokens · €1.25")
    await house.ask("/settings currency USD", "The alert threshold of €2.50 is now $5.00.")


async def test_a_threshold_that_can_not_be_converted_stays_and_that_is_said(house: House) -> None:
    house.exchange.down = True
    house.clock.jump(timedelta(minutes=2))
    await house.ask("/settings currency EUR", "stays at $5.00", "could not get a price")
    await house.ask("/settings", "Currency: EUR", "Alert threshold: $5.00")


async def test_two_changes_at_the_same_moment_are_both_kept(house: House) -> None:
    changes = ("currency EUR", "silent on", "timezone Asia/Tokyo", "protect ADA", "cooldown 6h")
    for change in changes:
        await house.say(f"/settings {change}")
    for answer in ("Currency: EUR", "Silent: on", "Time zone: Asia", "ADA: never", "cooldown: 6"):
        await house.shown(answer)
    lines = ("Currency: EUR", "Silent: on", "Asia/Tokyo", "Protected tokens: ADA", "cooldown: 6 h")
    await house.ask("/settings", *lines)


async def test_times_are_shown_in_the_chats_time_zone(house: House) -> None:
    await house.ask("/settings timezone Asia/Kolkata", "Asia/Kolkata")
    review = await house.review_all()
    local = house.clock.now() + timedelta(hours=5, minutes=30)
    assert f"prices of {local:%H:}" in review.text
