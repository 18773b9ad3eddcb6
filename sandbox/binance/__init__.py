"""A local Binance: enough of its REST API to rehearse dust conversion with real clients."""

from sandbox.binance.emulator import BinanceEmulator

__all__ = ["BinanceEmulator"]
