"""One token with an amount and a target, as people type it."""

from decimal import Decimal

import pytest

from dust.remedy import Remedy, Wish
from handlers.wish_input import Unreadable, parse_wish

TEN = Decimal(10)


@pytest.mark.parametrize(
    ("typed", "amount", "target"),
    [
        ("ada", None, None),
        ("ADA all", None, None),
        ("ada usdc", None, "USDC"),
        ("ADA to USDC", None, "USDC"),
        ("ADA 10", TEN, None),
        ("ADA 10 usdc", TEN, "USDC"),
        ("ADA 10 for USDC", TEN, "USDC"),
        ("ADA all into USDC", None, "USDC"),
        ("ADA 2,5", Decimal("2.5"), None),
        ("ADA 1,000.5", Decimal("1000.5"), None),
        ("ADA 1INCH", None, "1INCH"),
        ("ADA to", None, "TO"),
    ],
)
def test_a_wish_is_token_amount_and_target(
    typed: str, amount: Decimal | None, target: str | None
) -> None:
    assert parse_wish(Remedy.SALE, typed.split()) == Wish(Remedy.SALE, ("ADA",), target, amount)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("ADA 0", "0"),
        ("ADA -5", "-5"),
        ("ADA 1,000", "1,000"),
        ("ADA 1.2.3,4,5", "1.2.3,4,5"),
        ("ADA 10 USDC now", "now"),
        ("ADA TRX XRP", "XRP"),
    ],
)
def test_what_is_no_amount_or_one_word_too_many_is_named(typed: str, word: str) -> None:
    assert parse_wish(Remedy.SALE, typed.split()) == Unreadable(word)


def test_a_token_may_be_a_number() -> None:
    assert parse_wish(Remedy.SALE, ["4", "USDT"]) == Wish(Remedy.SALE, ("4",), "USDT")
