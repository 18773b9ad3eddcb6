"""Binance: dust to BNB (wallet documentation, asset/dust)."""

from exchanges.binance.account import BinanceAccount

__all__ = ["BinanceAccount"]
