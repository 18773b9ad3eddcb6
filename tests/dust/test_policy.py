"""What counts as dust for a chat."""

from decimal import Decimal

from dust.conversion import Quote
from dust.model import LeftOut, Reason
from dust.money import Money, Rates
from dust.policy import DustPolicy, policy_of
from dust.preferences import ChatSettings
from dust.review import pick
from tests.factories import NOON, a_line

RATES = Rates("BTC", {"USD": Decimal(50_000), "EUR": Decimal(40_000), "BTC": Decimal(1)}, NOON)


def ceiling(amount: str, currency: str) -> Decimal | None:
    chat = ChatSettings(7, currency=currency, ceiling=Money(Decimal(amount), currency))
    return policy_of(chat, RATES).ceiling


def test_without_a_ceiling_whatever_the_exchange_offers_is_dust() -> None:
    policy = policy_of(ChatSettings(7, protected=frozenset({"ADA"})), RATES)
    assert policy.spares("TRX", Decimal(1000)) is None
    assert policy.spares("ADA", Decimal(0)) is Reason.PROTECTED


def test_a_ceiling_is_held_against_the_worth_in_the_base_asset() -> None:
    assert ceiling("5", "USD") == Decimal("0.0001")
    assert ceiling("5", "EUR") == Decimal("0.000125")
    policy = DustPolicy(ceiling=Decimal("0.0001"))
    assert policy.spares("ADA", Decimal("0.0001")) is None
    assert policy.spares("ADA", Decimal("0.00010001")) is Reason.ABOVE_OWN_CEILING


def test_a_ceiling_whose_currency_has_no_price_counts_in_dollars() -> None:
    assert ceiling("5", "GBP") == ceiling("5", "USD")


def test_a_quote_loses_what_is_spared_and_only_what_was_named_is_told() -> None:
    quote = Quote("BNB", tuple(a_line(asset) for asset in ("ADA", "TRX", "XRP")), NOON)
    policy = DustPolicy(frozenset({"TRX"}), quote.lines[0].worth)
    kept, left_out = pick(quote, None, policy, 100)
    assert (kept.assets, left_out) == (("ADA", "XRP"), ())
    strict = DustPolicy(frozenset({"TRX"}), quote.lines[0].worth / 2)
    kept, left_out = pick(quote, ("ADA", "TRX", "NOPE"), strict, 100)
    assert kept.assets == ()
    assert left_out == (
        LeftOut("ADA", Reason.ABOVE_OWN_CEILING),
        LeftOut("TRX", Reason.PROTECTED),
        LeftOut("NOPE", Reason.NOT_LISTED),
    )
