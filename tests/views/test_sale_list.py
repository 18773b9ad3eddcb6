"""What could be sold, as a list with buttons."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from dust.delisted import Delisting
from dust.model import DustReport, HeldBack, Reason
from dust.remedy import Remedy
from handlers.views.sale_list import MOST, render_for_sale
from tests.factories import NOON
from tests.views.speech import HOSTILE, assert_fits, labels, speech

BOTH = frozenset({Remedy.DUST, Remedy.SALE})


def report(*held_back: HeldBack, remedies: frozenset[Remedy] = BOTH) -> DustReport:
    return DustReport("main", "BNB", "USD", "USD", (), held_back, NOON, remedies)


def held(asset: str, reason: Reason = Reason.ABOVE_CEILING, worth: str = "150") -> HeldBack:
    return HeldBack(asset, Decimal(30), Decimal(worth), reason)


def closing(asset: str, *, last: bool = True) -> Delisting:
    return Delisting(asset, NOON + timedelta(days=5), (f"{asset}USDT",), last)


def test_only_what_can_be_sold_instead_is_for_sale() -> None:
    rows = [held(reason.value, reason) for reason in Reason]
    found = report(*rows, replace(held("crumb"), worthless=True)).for_sale
    assert [row.asset for row in found] == ["above_ceiling", "not_supported"]
    assert report(*rows, remedies=frozenset({Remedy.DUST})).for_sale == ()


def test_what_will_no_longer_be_traded_is_listed_once() -> None:
    leaving = [closing("DOT"), closing("LUNC"), closing("TRX", last=False)]
    screen = render_for_sale(report(held("DOT")), leaving, "Binance", speech())
    assert labels(screen) == ["Sell DOT", "Sell LUNC"]
    assert "LUNC – ⚠️ being delisted, its last market closes" in screen.text


def test_many_and_hostile_names_fit() -> None:
    rows = [held(f"{number:03}{HOSTILE * 20}") for number in range(60)]
    leaving = [closing(f"{number:03}🙂{HOSTILE * 20}") for number in range(60)]
    screen = render_for_sale(report(*rows), leaving, "Binance", speech())
    assert_fits(screen)
    assert len(labels(screen)) == 2 * MOST
