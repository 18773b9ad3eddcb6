"""What the same tokens would bring in other targets."""

import asyncio
from datetime import timedelta

from dust.conversion import Quote
from dust.errors import DustError
from dust.ports import ExchangeAccount
from dust.remedy import Remedy, Wish
from dust.review import Yield

#: A comparison is pleasant to have; a review waits no longer for it.
PATIENCE = timedelta(seconds=3)


async def yields_of(exchange: ExchangeAccount, quote: Quote) -> tuple[Yield, ...]:
    """What the tokens of `quote` bring in each target that the exchange offers, its own first.

    Empty for another remedy than a conversion of dust. A target that can't be had now is absent.
    """
    if quote.remedy is not Remedy.DUST:
        return ()
    others = [target for target in exchange.capabilities.targets if target != quote.target]
    found = await asyncio.gather(*(_yield(exchange, quote, target) for target in others))
    own = Yield(quote.target, quote.net, len(quote.lines))
    return (own, *(one for one in found if one is not None))


async def _yield(exchange: ExchangeAccount, quote: Quote, target: str) -> Yield | None:
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            other = await exchange.prepare(Wish(assets=quote.assets, target=target))
    except (DustError, TimeoutError):
        return None
    return Yield(target, other.net, len(other.lines)) if other.lines else None
