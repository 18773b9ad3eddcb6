"""What happens to the wallet without the bot: dust arrives, prices move, the owner uses the website."""

from decimal import Decimal

from sandbox.binance.errors import BinanceError
from tests.soak.town import TOKENS, Town

_EIGHT_PLACES = Decimal("0.00000001")


async def trade(town: Town) -> None:
    """Until the town closes.

    Tokens leave only while no conversion is under way: a doubt about what has left otherwise could not be
    settled within a day, and nothing could be converted for the rest of the run.
    """
    doings, weights = (_arrives, _moves, _leaves, _on_the_website), (20, 8, 4, 1)
    while town.is_open:
        town.chance.choices(doings, weights)[0](town)
        await town.rest(0.2, 1)


def _arrives(town: Town) -> None:
    town.deposit(town.chance.choice((0.3, 0.8, 1.5, 3, 6)))
    town.tally["deposits"] += 1


def _moves(town: Town) -> None:
    """Never far from where it began, so that a long run stays what it is."""
    token = town.chance.choice(tuple(TOKENS))
    factor = Decimal(town.chance.choice(("0.95", "0.99", "1", "1.01", "1.05")))
    town.house.price(token, str(Decimal(TOKENS[token]) * factor))


def _leaves(town: Town) -> None:
    wallet = town.house.exchange.wallet
    token = town.chance.choice(tuple(TOKENS))
    half = (wallet.free(token) / 2).quantize(_EIGHT_PLACES)
    if half and not town.witness.is_live():
        wallet.withdraw(token, half)


def _on_the_website(town: Town) -> None:
    offered = [row.asset for row in town.house.exchange.offered()]
    if not offered or town.witness.is_live():
        return
    wanted = town.chance.sample(offered, min(2, len(offered)))
    try:
        made = town.house.exchange.website_convert(wanted)
    except BinanceError:
        return
    town.website.add(made.tran_id)
