"""Exchange ids of the settings, and how to open an account on each."""

from typing import Protocol

from dust.ports import Clock, ExchangeAccount
from exchanges.binance import BinanceAccount
from exchanges.pause import Pauses


class _Open(Protocol):
    def __call__(
        self,
        *,
        name: str,
        api_key: str,
        api_secret: str,
        api_url: str | None,
        clock: Clock,
        pauses: Pauses,
    ) -> ExchangeAccount: ...


_OPEN: dict[str, _Open] = {"binance": BinanceAccount}

#: The exchanges that can be named in the settings.
SUPPORTED = tuple(_OPEN)


def open_account(
    exchange_id: str,
    *,
    name: str,
    api_key: str,
    api_secret: str,
    api_password: str = "",
    api_url: str | None = None,
    clock: Clock,
    pauses: Pauses,
) -> ExchangeAccount:
    """An account that nothing was asked of yet. Raises ValueError, with a sentence, for an unknown exchange.

    `api_password` is for exchanges whose keys have one; none of the supported has. `pauses` are shared by
    all accounts of the process.
    """
    if exchange_id not in _OPEN:
        known = ", ".join(SUPPORTED)
        raise ValueError(f"The exchange {exchange_id!r} is not supported. Supported: {known}.")
    return _OPEN[exchange_id](
        name=name,
        api_key=api_key,
        api_secret=api_secret,
        api_url=api_url,
        clock=clock,
        pauses=pauses,
    )
