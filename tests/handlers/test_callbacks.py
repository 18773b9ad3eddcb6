"""Buttons on the wire: they come back as what they were, or not at all."""

from dataclasses import fields

import pytest

from handlers.callbacks import (
    MOST_BYTES,
    TAPS,
    ChangeSetting,
    ConfirmConversion,
    RefreshDust,
    Tap,
    ToggleToken,
    TurnDust,
    decode,
    encode,
)

LONGEST = {"account": "a" * 16, "conversion": "f" * 32, "selection": "f" * 16, "token": "f" * 10}


def example(kind: type[Tap]) -> Tap:
    """A button of this kind with the longest values it ever holds."""
    return kind(
        *(9999 if field.type is int else LONGEST.get(field.name, "x") for field in fields(kind))
    )


@pytest.mark.parametrize("kind", TAPS.values(), ids=lambda kind: kind.__name__)
def test_every_button_comes_back_as_it_was_and_fits(kind: type[Tap]) -> None:
    tap = example(kind)
    data = encode(tap)
    assert decode(data) == tap
    assert len(data.encode()) <= MOST_BYTES


def test_a_time_of_day_keeps_its_colon() -> None:
    tap = ChangeSetting("report", "weekly mon 09:00")
    assert decode(encode(tap)) == tap


@pytest.mark.parametrize(
    "tap",
    [
        ChangeSetting("currency", "x" * 60),
        ChangeSetting("currency", "é" * 30),
        TurnDust("main:other", 1),
        ToggleToken("a:b", 1),
    ],
)
def test_what_telegram_would_not_take_fails_when_it_is_made(tap: Tap) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        encode(tap)


@pytest.mark.parametrize(
    "data",
    [
        None,
        b"rd1:main",
        "",
        "rd1",
        "rd2:main",
        "RD1:main",
        "td1:main",
        "td1:main:-1",
        "td1:main:+1",
        "td1:main:01",
        "td1:main: 1",
        "td1:main:1_0",
        "td1:main:١",
        "td1:main:1:2",
        "sh1:",
        "sh1:" + "9" * 5000,
    ],
)
def test_what_no_version_wrote_is_no_button(data: object) -> None:
    assert decode(data) is None


def test_verbs_are_one_to_each_button() -> None:
    assert isinstance(decode("rd1:main"), RefreshDust)
    assert isinstance(decode("cy1:abc"), ConfirmConversion)
