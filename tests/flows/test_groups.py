"""In a group everybody may look, and only allowed people act."""

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from sandbox.telegram import Chat, Message, Person
from tests.flows.house import House

GROUP = -100500
MAY_NOT = "You may look, but only the owner's people may convert or change settings here."


@dataclass
class Traders:
    """A group with Anna and Ben, who may act, and Carl, who may not."""

    house: House
    group: Chat
    ben: Person
    carl: Person

    async def ask(self, sender: Person, text: str, *containing: str) -> Message:
        """Writes into the group and waits for such an answer."""
        sent = await self.group.send(text, sender=sender)
        return await self.group.wait(
            lambda message: all(words in message.text for words in containing), after=sent
        )

    async def shown(self, *containing: str) -> Message:
        """The newest message in the group that holds these texts."""
        return await self.group.wait(
            lambda message: all(words in message.text for words in containing)
        )

    async def silent(self, sender: Person, text: str) -> None:
        """Writes into the group; nothing comes but the answer to the command after it."""
        sent = await self.group.send(text, sender=sender)
        asked = await self.group.send("/help", sender=sender)
        await self.group.wait(lambda message: "/dust" in message.text, after=asked)
        said = [m for m in self.group.messages if m.sender.is_bot and m.id > sent]
        assert len(said) == 1, said


@pytest.fixture
async def traders(empty_house: House) -> AsyncIterator[Traders]:
    house = empty_house
    house.sprinkle()
    ben, carl = house.telegram.person(2002, "Ben"), house.telegram.person(3003, "Carl")
    group = house.telegram.group(GROUP, "Traders", [house.anna, ben, carl])
    async with house.running(allowed_chats=[1001, GROUP], allowed_users=[1001, 2002]):
        await house.looked()
        yield Traders(house, group, ben, carl)


async def test_a_member_may_look(traders: Traders) -> None:
    carl = traders.carl
    report = await traders.ask(carl, "/dust", "3 tokens")
    assert (await report.tap("Refresh", carl)).text == ""
    await traders.ask(carl, "/history", "No conversions yet")
    settings = await traders.ask(carl, "/settings", "Currency: USD")
    assert (await settings.tap("Alert threshold", carl)).text == ""
    await traders.shown("I tell you when")
    await traders.ask(carl, "/snooze", "Alerts are on")
    await traders.ask(carl, "/help", "/convert")


@pytest.mark.parametrize(
    "command",
    [
        "/convert",
        "/convert all",
        "/settings currency EUR",
        "/settings protect ADA",
        "/snooze 6h",
    ],
)
async def test_a_member_may_not_act_by_a_command(traders: Traders, command: str) -> None:
    await traders.ask(traders.carl, command, MAY_NOT)
    await traders.ask(traders.ben, "/settings", "Currency: USD", "Protected tokens: none")
    await traders.ask(traders.ben, "/snooze", "Alerts are on")


async def test_a_member_may_not_act_by_a_button(traders: Traders) -> None:
    carl = traders.carl
    report = await traders.ask(carl, "/dust", "3 tokens")
    for label in ("Convert all", "Choose tokens"):
        answer = await report.tap(label, carl)
        assert (answer.text, answer.show_alert) == (MAY_NOT, True)
    await report.tap("Protect…", carl)
    protected = await traders.shown("Protected tokens")
    assert (await protected.tap("☐ ADA", carl)).text == MAY_NOT
    await traders.ask(carl, "/settings", "Currency: USD", "Protected tokens: none")


async def test_a_review_of_somebody_else_can_neither_be_confirmed_nor_cancelled(
    traders: Traders,
) -> None:
    review = await traders.ask(traders.house.anna, "/convert all", "It can't be undone")
    for label in ("✅ Confirm", "Cancel"):
        answer = await review.tap(label, traders.ben)
        assert answer.text == ("This review belongs to someone else. Send /convert for your own.")
        assert answer.show_alert
        assert (await review.tap(label, traders.carl)).text == MAY_NOT
    assert traders.house.sent() == []
    await review.tap("✅ Confirm", traders.house.anna)
    await traders.shown("Converted 3 tokens")


async def test_a_selection_of_somebody_else_stays_as_it_is(traders: Traders) -> None:
    selection = await traders.ask(traders.house.anna, "/convert", "Which tokens")
    answer = await selection.tap("☐ ADA", traders.ben)
    assert answer.text == "This selection belongs to someone else. Send /convert for your own."
    assert (await selection.tap("Select all", traders.carl)).text == MAY_NOT
    await selection.tap("☐ TRX", traders.house.anna)
    await traders.shown("1 of 3 ticked")


async def test_another_allowed_person_converts_with_a_review_of_their_own(
    traders: Traders,
) -> None:
    review = await traders.ask(traders.ben, "/convert all", "It can't be undone")
    await review.tap("✅ Confirm", traders.ben)
    await traders.shown("Converted 3 tokens")
    await traders.ask(traders.carl, "/history", "1 conversion")


async def test_commands_may_name_the_bot_and_those_of_other_bots_are_theirs(
    traders: Traders,
) -> None:
    await traders.ask(traders.carl, "/dust@dustpan_bot", "3 tokens")
    await traders.ask(traders.carl, "/dust@Dustpan_Bot", "3 tokens")
    for foreign in ("/dust@otherbot", "/nonsense", "/nonsense@otherbot", "hello", "ADA /dust"):
        await traders.silent(traders.carl, foreign)
    await traders.ask(traders.carl, "/nonsense@dustpan_bot", "I don't know that one")


async def test_in_private_everything_is_answered(traders: Traders) -> None:
    for text in ("/nonsense", "hello", "/nonsense@dustpan_bot"):
        await traders.house.ask(text, "I don't know that one")


async def test_settings_of_a_group_are_its_own(traders: Traders) -> None:
    await traders.ask(traders.ben, "/settings currency EUR", "Currency: EUR")
    await traders.house.ask("/settings", "Currency: USD")


async def test_an_allowed_person_who_is_not_an_allowed_chat_is_a_stranger_in_private(
    traders: Traders,
) -> None:
    chat = traders.house.telegram.private(traders.ben)
    await chat.send("/start")
    await chat.wait(lambda message: "Your chat id: 2002" in message.text)


async def test_a_group_in_which_nobody_may_act_is_warned_of(
    empty_house: House, caplog: pytest.LogCaptureFixture
) -> None:
    group = empty_house.telegram.group(GROUP, "Traders", [empty_house.anna])
    async with empty_house.running(allowed_chats=[GROUP]):
        await group.send("/convert all")
        await group.wait(lambda message: message.text == MAY_NOT)
    warnings = [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING]
    assert warnings == [
        f"group {GROUP} is in ALLOWED_CHATS, but nobody may convert there: set ALLOWED_USERS"
    ]


async def test_an_alert_of_a_group_is_for_its_allowed_people(traders: Traders) -> None:
    traders.house.sprinkle(ADA="20")
    traders.house.clock.jump(timedelta(minutes=15))
    alert = await traders.shown("of dust on Binance")
    assert (await alert.tap("Snooze 24 h", traders.carl)).text == MAY_NOT
    await alert.tap("Snooze 24 h", traders.ben)
    await traders.shown("No alerts until")
