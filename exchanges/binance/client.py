"""ccxt's Binance client, as strict as `ExactClient` makes it."""

from collections.abc import Mapping

import ccxt.async_support as ccxt

from dust.ports import Clock
from exchanges.binance.codes import asks_for_pause, is_error
from exchanges.client import ExactClient, clean_secret
from exchanges.errors import Rejection
from exchanges.pause import Pauses

#: For how long a request stays valid, in milliseconds: after this it can't be executed any more.
RECEIVE_WINDOW = 10_000


class BinanceClient(ExactClient, ccxt.binance):  # type: ignore[misc]
    """Knows errors by Binance's codes, whatever the host."""

    def is_error(self, answer: Mapping[str, object]) -> bool:
        """A `code` other than success, or `success: false`."""
        return is_error(answer)

    def asks_for_pause(self, rejection: Rejection) -> bool:
        """429, 418, or one of the codes that mean the same."""
        return super().asks_for_pause(rejection) or asks_for_pause(rejection)


def open_client(
    api_key: str, api_secret: str, api_url: str | None, clock: Clock, pauses: Pauses
) -> BinanceClient:
    """A client that nothing was sent with yet."""
    config: dict[str, object] = {
        "apiKey": api_key.strip(),
        "secret": clean_secret(api_secret),
        # Binance counts by the minute, and so does this. ccxt's default spreads the calls evenly: after a
        # heavy one the next would wait for half a second and more, even an hour later.
        "rateLimiterAlgorithm": "rollingWindow",
        "options": {"recvWindow": RECEIVE_WINDOW, "maxRetriesOnFailure": 0},
    }
    if api_url and api_url.startswith("http://"):
        config["timeout_on_exit"] = 0  # only TLS needs a moment to say goodbye
    client = BinanceClient(clock, pauses, config)
    if api_url:
        client.move_to(api_url)
    return client
