"""A believable account for the demo: what years of trading leave behind."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from sandbox.binance.emulator import BinanceEmulator

PRICES_IN_USDT = {
    "EUR": "1.16",
    "GBP": "1.32",
    "USDC": "0.9998",
    "BTC": "96420",
    "BNB": "912.4",
    "ETH": "3185",
}
"""Prices are invented; only their proportions are meant to look right."""

DUST = {
    "ADA": ("0.4712", "1.36"),
    "ALGO": ("0.1418", "2.9104"),
    "APT": ("2.87", "0.09127"),
    "ARB": ("0.2214", "1.8473"),
    "ATOM": ("2.51", "0.20418"),
    "AVAX": ("14.83", "0.03716"),
    "BONK": ("0.00000983", "31208.55"),
    "CHZ": ("0.0297", "12.6"),
    "DOGE": ("0.1583", "4.71836"),
    "DOT": ("2.36", "0.16952"),
    "EGLD": ("8.94", "0.01204"),
    "ENA": ("0.2862", "0.987"),
    "FET": ("0.2541", "1.4406"),
    "FIL": ("1.71", "0.2085"),
    "GALA": ("0.00742", "61.93"),
    "GRT": ("0.0531", "5.22"),
    "HBAR": ("0.1427", "3.06"),
    "ICP": ("4.32", "0.07731"),
    "INJ": ("5.98", "0.05066"),
    "LINK": ("12.94", "0.04417"),
    "LTC": ("88.1", "0.00391"),
    "NEAR": ("1.93", "0.2264"),
    "OP": ("0.3127", "1.1395"),
    "PEPE": ("0.00000464", "88120.41"),
    "SHIB": ("0.00000848", "40517.92"),
    "SOL": ("134.6", "0.00418827"),
    "SUI": ("1.59", "0.2603"),
    "TRX": ("0.2748", "2.14408"),
    "UNI": ("6.21", "0.07925"),
    "XLM": ("0.2466", "1.5073"),
    "XRP": ("2.04", "0.19118"),
    "币安人生": ("0.1204", "3.62"),
}
"""Asset: price in USDT, free amount. Together worth about 13 USDT."""

UNSUPPORTED = {
    "FTT": ("0.6133", "1.204"),
    "LUNC": ("0.0000612", "38.117"),
    "USTC": ("0.0091", "0.4402"),
    "REEF": ("0.000218", "7.9"),
}
ABOVE_CEILING = {"ETH": "0.0672"}
WORKING = {"BNB": "0.01183206", "USDT": "214.60"}
IN_ORDERS = {"LINK": "0.9", "DOT": "3.5", "USDT": "50"}


def fill_with_dust(exchange: BinanceEmulator) -> None:
    """Prices and balances: dust, locked parts, an unsupported coin, one above the ceiling."""
    _set_prices(exchange)
    for asset, (_price, amount) in (DUST | UNSUPPORTED).items():
        exchange.wallet.deposit(asset, Decimal(amount))
    for asset, amount in (WORKING | ABOVE_CEILING).items():
        exchange.wallet.deposit(asset, Decimal(amount))
    for asset, amount in IN_ORDERS.items():
        exchange.wallet.deposit(asset, Decimal(amount))
        exchange.wallet.lock(asset, Decimal(amount))
    exchange.rules.unsupported.update(UNSUPPORTED)
    exchange.swaps.rules.minimum = Decimal("0.5")
    exchange.swaps.rules.takes = timedelta(seconds=3)


def _set_prices(exchange: BinanceEmulator) -> None:
    bitcoin = Decimal(PRICES_IN_USDT["BTC"])
    exchange.market.set_price("USDT", 1 / bitcoin)
    prices = PRICES_IN_USDT | {asset: price for asset, (price, _) in (DUST | UNSUPPORTED).items()}
    for asset, price in prices.items():
        exchange.market.set_price(asset, Decimal(price) / bitcoin)
