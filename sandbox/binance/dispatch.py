"""From a request as it came to the honest answer: endpoint, permission, work, headers."""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.binance import (
    account_endpoints,
    dust_convert_endpoints,
    dust_endpoints,
    errors,
    market_endpoints,
    order_endpoints,
    swap_endpoints,
)
from sandbox.binance.auth import Incoming, authorize
from sandbox.binance.endpoint import Endpoint, Json
from sandbox.binance.params import Params
from sandbox.binance.reply import Reply, json_reply
from sandbox.binance.state import ExchangeState
from sandbox.binance.weights import Weights

ENDPOINTS: Mapping[tuple[str, str], Endpoint] = {
    (endpoint.method, endpoint.path): endpoint
    for endpoint in (
        *dust_endpoints.ENDPOINTS,
        *dust_convert_endpoints.ENDPOINTS,
        *account_endpoints.ENDPOINTS,
        *market_endpoints.ENDPOINTS,
        *order_endpoints.ENDPOINTS,
        *swap_endpoints.ENDPOINTS,
    )
}
NOT_FOUND = Reply(404, b"<html><body><h2>404 Not found</h2></body></html>", "text/html")


class Dispatcher:
    """Does the work of one request at a time and answers it."""

    def __init__(self, state: ExchangeState) -> None:
        self._state = state
        self._weights = Weights()

    def answer(self, method: str, path: str, incoming: Incoming) -> Reply:
        endpoint = ENDPOINTS.get((method, path))
        if endpoint is None or not endpoint.exists(self._state):
            return NOT_FOUND
        self._state.swaps.catch_up()
        used = self._weights.charge(endpoint, self._state.now())
        try:
            return json_reply(self._work(endpoint, incoming), headers=used)
        except errors.BinanceError as error:
            return json_reply(error.body(), error.status, used)

    def _work(self, endpoint: Endpoint, incoming: Incoming) -> Json:
        state = self._state
        if state.maintenance and not endpoint.open_in_maintenance:
            raise errors.maintenance()
        authorize(incoming, endpoint.security, state.key, state.now())
        return endpoint.answer(state, Params(incoming.query, incoming.body))
