"""What every remedy on Binance answers to; the account picks the one that a wish or a conversion names."""

from collections.abc import Collection
from typing import Protocol

from dust.conversion import Conversion, ExecuteResult, LookupResult, Quote
from dust.remedy import Wish


class BinanceRemedy(Protocol):
    """One way to convert; the promises are those of `dust.ports.ExchangeAccount`."""

    async def prepare(self, wish: Wish) -> Quote:
        """A fresh quote for what of the wish would be taken."""
        ...

    async def execute(self, conversion: Conversion) -> ExecuteResult:
        """Sends exactly one request."""
        ...

    async def look(self, conversion: Conversion, others: Collection[Conversion]) -> LookupResult:
        """What became of a claimed conversion; raises `dust.errors` where that can't be asked now."""
        ...
