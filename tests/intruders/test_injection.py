"""Names and messages that others choose are shown as they are written, never as markup."""

import logging
from datetime import timedelta
from decimal import Decimal

import pytest

from sandbox.binance import faults
from tests.flows.house import DUST, LIST, House
from tests.intruders.scene import Scene, tracebacks

NAMES = (
    "<b>X</b>",
    "</b></code>",
    "&LT;I&GT;",
    "A&B<C",
    "<A HREF='T'>",
    "{0} {TARGET}",
    "%S%(X)S",
    '"Q"',
    "币安人生",
)
SAID = "<a href='tg://user?id=1'>Click</a> & </b> {message} %s &lt;"


def with_odd_tokens(house: House) -> None:
    for name in NAMES:
        house.price(name, "0.5")
        house.exchange.wallet.deposit(name, Decimal(2))


def all_converted(house: House) -> dict[str, object]:
    """The exchange's answer to a conversion of everything; the emulator itself refuses such names."""
    names = sorted({*NAMES, "ADA", "TRX", "XRP"})
    rows = [
        {
            "amount": "0.25" if name == "XRP" else "4" if name == "TRX" else "2",
            "fromAsset": name,
            "operateTime": int(house.clock.now().timestamp()) * 1000,
            "serviceChargeAmount": "0.00002",
            "tranId": number,
            "transferedAmount": "0.00098",
        }
        for number, name in enumerate(names, 1)
    ]
    total = {"totalServiceCharge": "0.00024", "totalTransfered": "0.01176"}
    return {**total, "transferResult": rows}


def literal(text: str) -> None:
    """Asserts that every odd name stands in the text as it is."""
    for name in NAMES:
        assert name in text, f"{name!r} is not in {text!r}"


def all_valid(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """Asserts that Telegram could parse everything, and that nothing became a link or a failure."""
    assert [call for call in house.telegram.calls if not call.ok] == []
    kinds = {e["type"] for message in house.chat.messages for e in message.entities}
    assert kinds <= {"bold", "italic", "code", "bot_command", "pre", "blockquote"}
    assert tracebacks(caplog) == []


async def test_names_of_tokens_are_shown_as_they_are(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    house = scene.house
    with_odd_tokens(house)
    literal((await house.ask("/dust", "12 tokens")).text)
    selection = await house.ask("/convert", "Which tokens")
    await selection.tap("☐ <b>X</b>")
    review = await house.review_all()
    literal(review.text)
    house.exchange.faults.script(DUST, faults.answer_json(all_converted(house)))
    await review.tap("✅ Confirm")
    literal((await house.shown("Converted 12 tokens")).text)
    literal((await house.ask("/history", "1 conversion")).text)
    all_valid(house, caplog)


async def test_names_in_an_alert_and_a_list_of_protected_tokens(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    house = scene.house
    with_odd_tokens(house)
    house.clock.jump(timedelta(minutes=15))
    await house.shown("of dust on Binance")
    answer = await house.ask("/settings protect <B>X</B> &LTI A&B<C {0}", "never offered")
    assert "&LTI, <B>X</B>, A&B<C, {0}" in answer.text
    protected = await house.ask("/settings protect", "Protected tokens")
    assert any(label.startswith("☑ A&B<C") for label in protected.labels)
    all_valid(house, caplog)


async def test_names_of_tokens_that_were_refused(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    house = scene.house
    with_odd_tokens(house)
    review = await house.review_all()
    house.exchange.faults.script(DUST, faults.refuse(-1102, SAID, status=400))
    await review.tap("✅ Confirm")
    assert SAID in (await house.shown("did not understand")).text
    assert SAID in (await house.ask("/history", "refused")).text
    all_valid(house, caplog)


@pytest.mark.parametrize("said", [SAID, "<b>" * 3000, "&" * 9000, "💣" * 5000, "\u202e\x00\x1b"])
async def test_what_the_exchange_says_fits_and_is_no_markup(
    scene: Scene, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    house = scene.house
    house.exchange.faults.script(LIST, faults.refuse(-9999, said, status=400))
    await house.ask("/dust", "⚠️")
    review = await house.review_all()
    house.exchange.faults.script(DUST, faults.refuse(-1102, said, status=400))
    await review.tap("✅ Confirm")
    await house.shown("refused")
    await house.ask("/history", "refused")
    all_valid(house, caplog)


async def test_a_person_s_name_is_no_markup(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    telegram = scene.house.telegram
    odd = telegram.person(6667, "</code><b>{id}", username="x_y")
    chat = telegram.private(odd)
    await chat.send("/start")
    await chat.wait(lambda message: message.text.endswith("Your chat id: 6667"))
    anna = telegram.person(1001, "<b>Anna</b> & {name}")
    await scene.house.say("/start", sender=anna)
    await scene.house.shown("Dustpan")
    all_valid(scene.house, caplog)


async def test_no_name_hides_characters_or_turns_a_line_around(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    house = scene.house
    for name in ("\u202eXDA", "A\u200bDA", "\u2066T\u2069", "X\u0000\u001b[2JY"):
        house.price(name, "0.5")
        house.exchange.wallet.deposit(name, Decimal(2))
    report = await house.ask("/dust", "7 tokens")
    assert "\ufffdXDA 2 · $1.00" in report.text
    assert "A\ufffdDA 2 · $1.00" in report.text
    selection = await house.ask("/convert", "Which tokens")
    assert any("A\ufffdDA" in label for label in selection.labels)
    review = await house.review_all()
    house.exchange.faults.script(DUST, faults.refuse(-1102, "\u202eon\u202c", status=400))
    await review.tap("✅ Confirm")
    await house.shown("refused")
    protected = await house.ask("/settings protect", "Protected tokens")
    shown = "".join(message.text + "".join(message.labels) for message in house.chat.messages)
    assert [c for c in shown if not c.isprintable() and c != "\n"] == []
    assert any("\ufffdXDA" in label for label in protected.labels)
    all_valid(house, caplog)
