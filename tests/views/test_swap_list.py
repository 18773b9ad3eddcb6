"""What /swap alone shows."""

from decimal import Decimal

from dust.model import DustItem, DustReport, HeldBack, Limits, Reason
from handlers.callbacks import ReviewOne
from handlers.views.protected import token_tag
from handlers.views.swap_list import MOST, render_for_swap
from tests.factories import NOON
from tests.views.speech import HOSTILE, assert_fits, labels, speech

LEAST = Limits(Decimal(2), Decimal(100))


def item(asset: str, amount: str, worth: str = "1") -> DustItem:
    return DustItem(asset, Decimal(amount), Decimal(worth), Decimal(1), Decimal(0), Decimal(1))


def report(*items: DustItem, held_back: tuple[HeldBack, ...] = ()) -> DustReport:
    return DustReport("main", "BNB", "USD", "USD", items, held_back, NOON)


def test_what_is_enough_is_listed_with_a_button_and_what_is_nearest_says_what_it_lacks() -> None:
    shown = report(item("ADA", "3"), item("TRX", "1"), item("XRP", "1.5"))
    screen = render_for_swap(
        shown, dict.fromkeys(("ADA", "TRX", "XRP"), LEAST), "USDT", "Binance", speech()
    )
    assert "ADA 3 · $1.00" in screen.text
    assert "2 tokens are too small for a swap; the nearest lacks 0.5 XRP." in screen.text
    (button,) = screen.keyboard[0]
    assert button.tap == ReviewOne("main", "swap", "", token_tag("ADA"))


def test_what_is_locked_or_has_no_pair_is_not_offered() -> None:
    held = (
        HeldBack("ETH", Decimal(5), Decimal(9), Reason.ABOVE_CEILING),
        HeldBack("SOL", Decimal(5), Decimal(9), Reason.LOCKED),
    )
    limits = dict.fromkeys(("ETH", "SOL"), LEAST)
    screen = render_for_swap(
        report(item("ADA", "3"), held_back=held), limits, "USDT", "Binance", speech()
    )
    assert labels(screen) == ["🔁 ETH"]


def test_nothing_to_swap_still_explains_how() -> None:
    screen = render_for_swap(report(), {}, "USDT", "Binance", speech())
    assert "/swap ADA 10 USDT" in screen.text
    assert "Nothing of your dust is enough" in screen.text
    assert screen.keyboard == ()


def test_many_long_and_hostile_names_fit() -> None:
    names = [f"{HOSTILE}{number:03}{'币' * 30}" for number in range(100)]
    shown = report(*(item(name, "3") for name in names))
    screen = render_for_swap(shown, dict.fromkeys(names, LEAST), "USDT", "Binance", speech())
    assert_fits(screen)
    assert len(labels(screen)) == MOST
    assert "and 90 more" in screen.text
