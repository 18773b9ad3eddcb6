"""Which exchanges there are."""

from dust.ports import Clock, ExchangeAccount
from exchanges.binance import BinanceAccount

_KINDS = {"binance": BinanceAccount}

#: The exchange ids that the settings may name.
SUPPORTED = tuple(sorted(_KINDS))


def open_account(
    exchange_id: str,
    *,
    name: str,
    api_key: str,
    api_secret: str,
    api_url: str | None,
    clock: Clock,
) -> ExchangeAccount:
    """The account `name`, not yet asked anything. Raises ValueError for an exchange that is not there."""
    kind = _KINDS.get(exchange_id)
    if kind is None:
        raise ValueError(f"{exchange_id} is not one of {', '.join(SUPPORTED)}")
    return kind(name=name, api_key=api_key, api_secret=api_secret, api_url=api_url, clock=clock)
