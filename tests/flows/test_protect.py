"""A protected token is never offered, never counted, never converted."""

from decimal import Decimal

from tests.flows.house import House


async def protect_ada(house: House) -> None:
    """From the button below /dust."""
    report = await house.ask("/dust", "3 tokens")
    await report.tap("Protect…")
    protected = await house.shown("Protected tokens")
    await protected.tap("☐ ADA")
    await house.shown("1 is protected")


async def test_a_token_protected_below_dust_leaves_the_totals(house: House) -> None:
    await protect_ada(house)
    protected = await house.shown("1 is protected")
    assert "☑ ADA · $1.00" in protected.labels
    await protected.tap("Back")
    report = await house.shown("2 tokens · $1.50")
    assert report.id == protected.id
    assert "ADA 2 · $1.00 – protected by you" in report.text
    assert "You get about 0.00147 BNB" in report.text


async def test_a_protected_token_is_in_no_selection_and_no_review(house: House) -> None:
    await protect_ada(house)
    selection = await house.ask("/convert", "Which tokens")
    assert [label for label in selection.labels if "ADA" in label] == []
    review = await house.review_all()
    assert "Convert 2 tokens to BNB?" in review.text
    await house.ask("/convert ADA", "Nothing to convert", "ADA – protected by you")
    await house.ask("/convert ADA TRX", "Convert 1 token to BNB?", "ADA – protected by you")
    await review.tap("✅ Confirm")
    await house.shown("Converted 2 tokens")
    assert house.free("ADA") == Decimal(2)


async def test_a_token_that_is_protected_no_longer_is_offered_again(house: House) -> None:
    await protect_ada(house)
    await (await house.shown("1 is protected")).tap("☑ ADA")
    await house.shown("0 are protected")
    await house.ask("/dust", "3 tokens · $2.50")


async def test_protection_is_typed_for_tokens_that_are_not_there(house: House) -> None:
    await house.ask("/settings protect btc", "BTC: never offered from now on.")
    await house.ask("/settings protect", "1 is protected")
    assert "☑ BTC" in house.chat.last.labels
    await house.ask("/settings unprotect BTC", "BTC: offered again.", "Protected tokens: none")


async def test_protection_works_on_while_the_exchange_is_away(house: House) -> None:
    await protect_ada(house)
    house.exchange.down = True
    protected = await house.shown("1 is protected")
    await protected.tap("☑ ADA")
    await house.shown("0 are protected")


async def test_protected_dust_alone_is_nothing_to_convert(house: House) -> None:
    await house.ask("/settings protect ADA TRX XRP", "never offered")
    report = await house.ask("/dust", "Nothing to convert", "protected by you")
    assert report.labels == ["Refresh", "Protect…"]
    await house.ask("/convert", "Nothing to convert")
