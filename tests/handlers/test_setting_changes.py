"""What a change does to a chat's settings."""

from decimal import Decimal

import pytest

from dust.money import Money, Rates
from dust.preferences import ChatSettings
from handlers.setting_changes import Protect, SetCurrency, Unprotect, apply_change
from tests.factories import NOON

RATES = Rates(
    "BTC",
    {"USD": Decimal(60_000), "EUR": Decimal(55_555), "BTC": Decimal(1), "BNB": Decimal(100)},
    NOON,
)


def in_currency(currency: str, amount: str, rates: Rates | None) -> Money:
    settings = ChatSettings(7, threshold=Money(Decimal(amount), "USD"))
    return apply_change(SetCurrency(currency), settings, rates).threshold


@pytest.mark.parametrize(
    ("amount", "currency", "converted"),
    [
        ("5", "EUR", "4.6"),
        ("5", "BTC", "0.000083"),
        ("5", "BNB", "0.0083"),
        ("123.45", "EUR", "110"),
        ("1.08", "EUR", "1.0"),
    ],
)
def test_a_new_currency_takes_the_threshold_along_in_round_numbers(
    amount: str, currency: str, converted: str
) -> None:
    assert in_currency(currency, amount, RATES) == Money(Decimal(converted), currency)


def test_the_threshold_stays_where_the_exchange_can_not_be_asked() -> None:
    assert in_currency("EUR", "5", None) == Money(Decimal(5), "USD")


def test_the_threshold_stays_where_the_new_currency_has_no_price() -> None:
    assert in_currency("GBP", "5", RATES) == Money(Decimal(5), "USD")


def test_choosing_the_currency_again_converts_a_threshold_that_stayed_behind() -> None:
    settings = ChatSettings(7, currency="EUR", threshold=Money(Decimal(5), "USD"))
    assert apply_change(SetCurrency("EUR"), settings, RATES).threshold.currency == "EUR"


def test_the_same_currency_leaves_an_exact_threshold_alone() -> None:
    assert in_currency("USD", "123.45", RATES) == Money(Decimal("123.45"), "USD")


def test_a_new_currency_takes_the_dust_ceiling_along_where_there_is_one() -> None:
    settings = ChatSettings(7, ceiling=Money(Decimal(20), "USD"))
    assert apply_change(SetCurrency("EUR"), settings, RATES).ceiling == Money(Decimal(19), "EUR")
    assert apply_change(SetCurrency("EUR"), ChatSettings(7), RATES).ceiling is None
    assert apply_change(SetCurrency("EUR"), settings, None).ceiling == settings.ceiling


def test_protecting_adds_and_unprotecting_takes_only_what_is_named() -> None:
    settings = ChatSettings(7, protected=frozenset({"ADA", "TRX"}))
    more = apply_change(Protect(("BTC", "ADA")), settings, None)
    assert more.protected == {"ADA", "TRX", "BTC"}
    assert apply_change(Unprotect(("TRX",)), more, None).protected == {"ADA", "BTC"}
