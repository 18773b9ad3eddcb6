"""The list of tokens to protect."""

from decimal import Decimal

from dust.model import DustItem, DustReport, HeldBack, Reason
from dust.money import ZERO
from handlers.callbacks import MOST_BYTES, RefreshDust, ShowProtected, ToggleProtected, encode
from handlers.views.protected import render_protected, token_rows, token_tag
from tests.factories import NOON
from tests.views.speech import HOSTILE, assert_fits, labels, speech


def item(asset: str, worth: str) -> DustItem:
    return DustItem(asset, Decimal(1), Decimal(worth), ZERO, ZERO, ZERO)


def held(asset: str, worth: str, reason: Reason) -> HeldBack:
    return HeldBack(asset, Decimal(1), Decimal(worth), reason)


def report(*rows: DustItem | HeldBack) -> DustReport:
    return DustReport(
        account="main",
        target="BNB",
        currency="USD",
        wanted_currency="USD",
        items=tuple(row for row in rows if isinstance(row, DustItem)),
        held_back=tuple(row for row in rows if isinstance(row, HeldBack)),
        taken_at=NOON,
    )


def test_the_list_has_every_small_token_once_and_the_protected_ones_that_are_not_there() -> None:
    seen = report(
        item("ADA", "1"),
        held("BTC", "3", Reason.PROTECTED),
        held("ADA", "0.5", Reason.LOCKED),
    )
    screen = render_protected(token_rows(seen, {"BTC", "ETH"}), "main", "USD", speech())
    assert labels(screen) == ["☑ BTC · $3.00", "☐ ADA · $1.50", "☑ ETH", "Back"]
    assert screen.text == (
        "🔒 <b>Protected tokens</b>\n\n"
        "Tap a token to protect it or not. 2 are protected: never offered, never counted.\n\n"
        "Or type: <code>/settings protect BTC</code>"
    )
    assert screen.keyboard[0][0].tap == ToggleProtected("main", token_tag("BTC"))
    assert screen.keyboard[-1][0].tap == RefreshDust("main")


def test_a_tick_moves_no_row() -> None:
    free = token_rows(report(item("ADA", "1"), item("TRX", "2")), set())
    protected = token_rows(report(item("ADA", "1"), held("TRX", "2", Reason.PROTECTED)), {"TRX"})
    assert [row.asset for row in free] == [row.asset for row in protected] == ["TRX", "ADA"]


def test_without_the_exchange_the_protected_ones_are_listed_with_the_reason() -> None:
    screen = render_protected(
        token_rows(None, {"ADA"}), "main", "USD", speech(), problem="⚠️ Binance did not answer."
    )
    assert labels(screen) == ["☑ ADA", "Back"]
    assert "⚠️ Binance did not answer." in screen.text


def test_ten_to_a_page_and_a_page_beyond_the_end_is_the_last() -> None:
    rows = token_rows(report(*(item(f"T{n:02}", "1") for n in range(25))), set())
    screen = render_protected(rows, "main", "USD", speech(), page=9)
    assert labels(screen)[:5] == [f"☐ T{n} · $1.00" for n in range(20, 25)]
    assert labels(screen)[5:] == ["‹", "3/3", "›", "Back"]
    assert screen.keyboard[-2][0].tap == ShowProtected("main", 1)


def test_an_empty_list_says_so() -> None:
    screen = render_protected((), "main", "USD", speech())
    assert "No token is listed now, and none is protected." in screen.text


def test_hostile_and_endless_names_fit_into_buttons() -> None:
    names = [f"{HOSTILE * 50}{n}" for n in range(500)]
    seen = report(*(item(name, "0.001") for name in names))
    screen = render_protected(token_rows(seen, set(names)), "m" * 40, "USD", speech())
    assert_fits(screen)
    assert len({encode(row[0].tap) for row in screen.keyboard[:10]}) == 10
    assert len(encode(screen.keyboard[0][0].tap)) <= MOST_BYTES
    assert labels(screen)[0].endswith("· <$0.01")
