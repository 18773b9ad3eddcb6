"""What a chat sees of a reading: totals, order, and the reason for everything left out."""

from datetime import UTC, datetime
from decimal import Decimal

from dust.model import Balance, Candidate, Candidates, Capabilities, DustReport, Reason
from dust.money import ZERO, Money, Rates
from dust.preferences import ChatSettings
from dust.scan import Reading, find_dust

NOW = datetime(2026, 1, 1, tzinfo=UTC)
RATES = Rates("BTC", {"BTC": Decimal(1), "USD": Decimal(100_000)}, NOW)
BINANCE = Capabilities(
    "binance", "Binance", "BNB", "BTC", 100, (Decimal("0.0001"), Decimal("0.0012"))
)


def offered(asset: str, amount: str, dollars: str, net: str = "0.00098") -> Candidate:
    gross = Decimal(net) / Decimal("0.98")
    worth = Decimal(dollars) / 100_000
    return Candidate(asset, Decimal(amount), worth, gross, gross - Decimal(net), Decimal(net))


def held(asset: str, free: str, dollars: str, locked: str = "0", frozen: str = "0") -> Balance:
    worth = Decimal(dollars) / 100_000
    return Balance(asset, Decimal(free), Decimal(locked), Decimal(frozen), ZERO, worth)


def see(
    *candidates: Candidate, balances: tuple[Balance, ...] = (), chat: ChatSettings | None = None
) -> DustReport:
    reading = Reading(Candidates("main", "BNB", candidates, NOW), balances, RATES, NOW)
    return find_dust(reading, BINANCE, chat or ChatSettings(1))


def reasons(report: DustReport) -> dict[str, Reason]:
    return {row.asset: row.reason for row in report.held_back}


def test_the_most_valuable_comes_first_and_totals_add_up() -> None:
    report = see(offered("ADA", "2", "1"), offered("XRP", "1", "2", net="0.00196"))
    assert [item.asset for item in report.items] == ["XRP", "ADA"]
    assert report.worth.amount == Decimal(3)
    assert report.net == Decimal("0.00294")
    assert report.gross - report.fee == report.net


def test_a_protected_token_is_in_no_total_and_named_as_protected() -> None:
    chat = ChatSettings(1, protected=frozenset({"ADA"}))
    report = see(offered("ADA", "2", "1"), balances=(held("ADA", "2", "1"),), chat=chat)
    assert report.items == ()
    assert report.worth.amount == ZERO
    assert reasons(report) == {"ADA": Reason.PROTECTED}


def test_what_is_locked_is_named_beside_what_is_free() -> None:
    report = see(offered("ADA", "2", "1"), balances=(held("ADA", "2", "1.5", locked="1"),))
    assert [item.asset for item in report.items] == ["ADA"]
    assert reasons(report) == {"ADA": Reason.LOCKED}
    assert report.held_back[0].amount == Decimal(1)
    assert report.held_back[0].worth == Decimal("0.5")


def test_a_token_that_is_not_offered_is_unsupported_or_above_the_ceiling() -> None:
    balances = (held("LUNC", "9", "0.4"), held("SOL", "0.2", "40"))
    report = see(offered("ADA", "2", "1"), balances=balances)
    assert reasons(report) == {"SOL": Reason.ABOVE_CEILING, "LUNC": Reason.NOT_SUPPORTED}


def test_a_working_balance_and_the_target_itself_are_no_dust() -> None:
    balances = (held("BTC", "2", "200000"), held("BNB", "0.01", "10"))
    assert see(balances=balances).held_back == ()


def test_a_token_that_would_bring_nothing_is_not_offered_for_conversion() -> None:
    report = see(offered("SHIB", "1", "0.00001", net="0"), balances=(held("SHIB", "1", "0"),))
    assert report.items == ()
    assert reasons(report) == {"SHIB": Reason.TOO_SMALL}


def test_above_the_chats_own_ceiling_nothing_is_listed_and_only_counted() -> None:
    chat = ChatSettings(1, ceiling=Money(Decimal(5), "USD"))
    balances = (held("ADA", "2", "6"), held("LUNC", "9", "40"), held("XRP", "1", "5"))
    report = see(offered("ADA", "2", "6"), offered("XRP", "1", "5"), balances=balances, chat=chat)
    assert [item.asset for item in report.items] == ["XRP"]
    assert report.held_back == ()
    assert report.above_ceiling == 1


def test_what_is_free_decides_and_the_rest_of_a_large_balance_is_not_named() -> None:
    chat = ChatSettings(1, ceiling=Money(Decimal(5), "USD"))
    working = held("ADA", "2", "40", locked="78")
    report = see(offered("ADA", "2", "1"), balances=(working,), chat=chat)
    assert [item.asset for item in report.items] == ["ADA"]
    assert report.held_back == ()


def test_a_protected_token_above_the_ceiling_is_in_no_list() -> None:
    chat = ChatSettings(1, ceiling=Money(Decimal(5), "USD"), protected=frozenset({"ADA"}))
    report = see(offered("ADA", "2", "6"), balances=(held("ADA", "2", "6"),), chat=chat)
    assert (report.items, report.held_back, report.above_ceiling) == ((), (), 0)


def test_a_currency_without_a_price_falls_back_to_dollars_and_says_so() -> None:
    report = see(offered("ADA", "2", "1"), chat=ChatSettings(1, currency="GBP"))
    assert (report.currency, report.wanted_currency) == ("USD", "GBP")
