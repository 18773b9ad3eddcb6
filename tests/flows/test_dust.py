"""/dust over the real wires."""

from datetime import timedelta

from sandbox.binance import faults
from sandbox.telegram.faults import Delay
from tests.flows.house import BALANCES, LIST, House


async def test_dust_lists_every_token_with_worth_and_net_and_the_totals(house: House) -> None:
    message = await house.ask("/dust", "3 tokens")
    assert "ADA 2 · $1.00 → 0.00098" in message.text
    assert "XRP 0.25 · $0.50 → 0.00049" in message.text
    assert "3 tokens · $2.50" in message.text
    assert "Gross 0.0025 BNB" in message.text
    assert "Fee 0.00005 BNB" in message.text
    assert "You get about 0.00245 BNB" in message.text
    assert message.labels == ["Convert all", "Choose tokens", "Refresh", "Protect…"]


async def test_an_empty_wallet_is_an_answer_not_an_error(empty_house: House) -> None:
    async with empty_house.running():
        message = await empty_house.ask("/dust", "Nothing to convert")
    assert message.labels == ["Refresh"]


async def test_what_cannot_be_converted_is_named_with_its_reason(empty_house: House) -> None:
    house = empty_house
    house.sprinkle(ADA="2", TRX="4", XRP="0.25")
    house.exchange.rules.unsupported.add("XRP")
    house.exchange.wallet.lock("TRX", house.free("TRX") / 2)
    async with house.running():
        message = await house.ask("/dust", "2 tokens")
    assert "XRP 0.25 · $0.50 – not supported" in message.text
    assert "TRX 2 · $0.50 – locked in an order" in message.text
    assert "2 tokens · $1.50" in message.text


async def test_thirty_tokens_are_shown_on_two_pages_and_the_totals_cover_all(
    empty_house: House,
) -> None:
    house = empty_house
    for number in range(30):
        house.price(f"T{number:02}", "1")
    house.sprinkle(**{f"T{number:02}": f"0.{50 + number}" for number in range(30)})
    async with house.running():
        await house.looked()
        first = await house.ask("/dust", "30 tokens")
        assert "T29 0.79" in first.text
        assert "T09 " not in first.text
        asked = len(house.sent(LIST))
        await first.tap("›")
        second = await house.shown("T09 0.59", "30 tokens")
    assert second.id == first.id
    assert "T29 " not in second.text
    assert len(house.sent(LIST)) == asked, "turning a page does not ask the exchange again"


async def test_refresh_shows_what_has_come_meanwhile(house: House) -> None:
    message = await house.ask("/dust", "3 tokens")
    house.sprinkle(ADA="2")
    await message.tap("Refresh")
    assert (await house.shown("ADA 4")).id == message.id


async def test_a_warm_dust_costs_two_signed_requests(house: House) -> None:
    await house.ask("/dust", "3 tokens")
    before = len(house.exchange.requests)
    await house.ask("/dust", "3 tokens")
    paths = sorted(request.path for request in house.exchange.requests[before:])
    assert paths == [LIST, BALANCES]


async def test_an_exchange_that_is_down_is_said_in_a_sentence_with_a_way_on(house: House) -> None:
    house.exchange.down = True
    message = await house.ask("/dust", "did not answer")
    house.exchange.down = False
    await message.tap("Try again")
    assert "3 tokens" in (await house.shown("3 tokens")).text


async def test_a_rejected_key_is_said_with_the_cure(house: House) -> None:
    house.exchange.key.revoked = True
    message = await house.ask("/dust", "does not accept the API key")
    assert "Spot & Margin Trading" in message.text


async def test_a_pause_that_the_exchange_asks_for_is_obeyed_and_told(house: House) -> None:
    house.exchange.faults.script(LIST, faults.limited(120))
    await house.ask("/dust", "asks for a pause", "in 2 min")
    before = len(house.exchange.requests)
    await house.ask("/dust", "asks for a pause")
    assert len(house.exchange.requests) == before
    house.clock.jump(timedelta(seconds=121))
    await house.ask("/dust", "3 tokens")


async def test_a_currency_that_has_no_price_is_shown_in_dollars_with_one_sentence(
    house: House,
) -> None:
    house.exchange.market.remove_pair("BTCGBP")
    await house.ask("/settings currency GBP", "GBP")
    house.clock.jump(timedelta(minutes=2))
    message = await house.ask("/dust", "3 tokens · $2.50")
    assert "no GBP price" in message.text


async def test_a_hostile_token_name_is_only_a_name(empty_house: House) -> None:
    house = empty_house
    house.price("<b>&", "1")
    house.sprinkle(**{"<b>&": "0.5"})
    async with house.running():
        message = await house.ask("/dust", "1 token")
    assert "<b>& 0.5" in message.text


async def test_people_who_ask_at_the_same_moment_share_one_reading(house: House) -> None:
    await house.ask("/dust", "3 tokens")
    before = len(house.exchange.requests)
    house.exchange.latency = 0.3
    sent = [await house.say("/dust") for _ in range(10)]
    await house.chat.wait(lambda m: m.id > sent[-1] + 9 and "3 tokens" in m.text, timeout=10)
    assert len(house.exchange.requests) - before < 10


async def test_the_exchange_is_read_while_the_first_message_is_on_its_way(house: House) -> None:
    slow, before = Delay(), len(house.sent(LIST))
    house.telegram.faults.script("sendMessage", slow)
    sent = await house.say("/dust")
    await house.exchange.wait_request(lambda _: len(house.sent(LIST)) > before)
    slow.release.set()
    await house.shown("3 tokens", after=sent)
