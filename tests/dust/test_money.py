from datetime import UTC, datetime
from decimal import Decimal

import pytest

from dust.money import Money, Rates, floor_to, to_decimal

RATES = Rates(
    "BTC",
    {"BTC": Decimal(1), "USD": Decimal(100_000), "EUR": Decimal(80_000)},
    datetime(2026, 1, 1, tzinfo=UTC),
)


@pytest.mark.parametrize("raw", ["0.00000012", "1E-7", 12, Decimal("3.10")])
def test_exact_values_become_decimals_unchanged(raw: str | int | Decimal) -> None:
    assert to_decimal(raw) == Decimal(raw)


@pytest.mark.parametrize("raw", [0.1, True, None, "", "1,5", "NaN", "Infinity", b"1"])
def test_what_is_no_exact_amount_is_refused(raw: object) -> None:
    with pytest.raises(ValueError, match="not a"):
        to_decimal(raw)


def test_rounding_is_always_down() -> None:
    assert floor_to(Decimal("1.999999999"), 8) == Decimal("1.99999999")


def test_money_is_exchanged_through_the_base() -> None:
    assert RATES.exchange(Money(Decimal(5), "USD"), "EUR") == Money(Decimal(4), "EUR")


def test_a_currency_without_a_price_is_shown_in_dollars_and_not_converted() -> None:
    assert RATES.shown_currency("GBP") == "USD"
    assert RATES.exchange(Money(Decimal(5), "USD"), "GBP") is None
