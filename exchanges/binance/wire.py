"""The way to Binance: its clock, and what its rejections mean for a reading."""

from dust.errors import DustError
from exchanges.binance import shapes
from exchanges.binance.codes import is_clock_error, reading_error
from exchanges.ccxt_wire import CcxtWire
from exchanges.errors import Rejection


class BinanceWire(CcxtWire):
    """What every remedy on Binance reads and writes through."""

    async def _exchange_time(self) -> int:
        return await self.read_public(self.client.public_get_time, shapes.server_time)

    def _is_clock_error(self, rejection: Rejection) -> bool:
        return is_clock_error(rejection)

    def _reading_error(self, rejection: Rejection) -> DustError:
        return reading_error(rejection)
