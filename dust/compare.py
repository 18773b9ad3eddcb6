"""One token, every remedy: what each would bring."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass

from dust.conversion import Quote
from dust.errors import DustError, TargetNotOffered
from dust.model import LeftOut, Reason
from dust.ports import ExchangeAccount
from dust.remedy import Remedy, Wish


@dataclass(frozen=True, slots=True)
class Option:
    """What a remedy would do with the token: a quote with one line, or why there is none; `error` where the
    exchange did not say."""

    remedy: Remedy
    quote: Quote | None = None
    left_out: LeftOut | None = None
    error: DustError | None = None


async def compare_remedies(
    exchange: ExchangeAccount,
    asset: str,
    target: str,
    remedies: Collection[Remedy] = frozenset(Remedy),
) -> tuple[Option, ...]:
    """Those of the `remedies` that the exchange has, for all that is free of `asset`, in the order of
    `Remedy`. Quotes that bind are asked for and not accepted: no money moves."""
    wanted = [one for one in Remedy if one in remedies and one in exchange.capabilities.remedies]
    return tuple(
        await asyncio.gather(*(_option(exchange, remedy, asset, target) for remedy in wanted))
    )


def best_of(options: tuple[Option, ...]) -> Remedy | None:
    """The remedy that brings most after fees, if one is ahead."""
    nets = {one.remedy: one.quote.net for one in options if one.quote is not None}
    ahead = [remedy for remedy, net in nets.items() if net == max(nets.values())]
    return ahead[0] if len(ahead) == 1 and len(nets) > 1 else None


async def _option(exchange: ExchangeAccount, remedy: Remedy, asset: str, target: str) -> Option:
    try:
        quote = await exchange.prepare(Wish(remedy, (asset,), target))
    except TargetNotOffered:
        return Option(remedy, left_out=LeftOut(asset, Reason.NOT_LISTED))
    except DustError as error:
        return Option(remedy, error=error)
    if quote.lines:
        return Option(remedy, quote)
    (why,) = quote.left_out or (LeftOut(asset, Reason.NOT_LISTED),)
    return Option(remedy, left_out=why)
