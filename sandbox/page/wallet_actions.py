"""What the panel can do to balances and prices; each action returns its effect as a sentence."""

from __future__ import annotations

from decimal import Decimal

from sandbox.binance import BinanceEmulator
from sandbox.binance.amounts import ZERO, floor8
from sandbox.binance.errors import BinanceError
from sandbox.binance.market import MONEY
from sandbox.page.inputs import BadInput, Inputs

SPRINKLED_USDT = ("0.35", "0.82", "1.10", "0.46", "0.67")
"""Worth of each balance that a sprinkling adds."""

NEVER_SPRINKLED = frozenset({"BTC", "BNB", "ETH", *MONEY})
EVERYTHING = "everything"
LOWEST_CHANGE, HIGHEST_CHANGE = -90, 1000  # per cent


def deposit(exchange: BinanceEmulator, inputs: Inputs) -> str:
    asset, amount = _traded(exchange, inputs), inputs.amount("amount")
    exchange.wallet.deposit(asset, amount)
    return f"Added {amount:f} {asset}."


def sprinkle(exchange: BinanceEmulator, _inputs: Inputs) -> str:
    """A little of the tokens of which least lies there, so that it differs from time to time."""
    chosen = _poorest(exchange)[: len(SPRINKLED_USDT)]
    for asset, worth in zip(chosen, SPRINKLED_USDT, strict=False):
        exchange.wallet.deposit(asset, _amount_worth(exchange, asset, Decimal(worth)))
    return f"Sprinkled {', '.join(chosen)}." if chosen else "No token is cheap enough."


def change_price(exchange: BinanceEmulator, inputs: Inputs) -> str:
    """Of one asset, or of every token: money stays where it is then."""
    percent = inputs.integer("percent", LOWEST_CHANGE, HIGHEST_CHANGE)
    if inputs.text("asset", 40) == EVERYTHING:
        changed, name = _tokens(exchange), EVERYTHING.capitalize()
    else:
        name = _traded(exchange, inputs)
        changed = [name]
    if "BTC" in changed:
        raise BadInput("Prices are counted in BTC: its own can't change.")
    for asset in changed:
        price = exchange.market.price(asset) or ZERO
        exchange.market.set_price(asset, price * (100 + percent) / 100)
    return f"{name} {percent:+d} %."


def lock(exchange: BinanceEmulator, inputs: Inputs) -> str:
    asset = _traded(exchange, inputs)
    free = exchange.wallet.free(asset)
    if not free:
        raise BadInput(f"No {asset} is free.")
    exchange.wallet.lock(asset, free)
    return f"All {asset} is in an open order now."


def unlock(exchange: BinanceEmulator, inputs: Inputs) -> str:
    asset = _traded(exchange, inputs)
    locked = exchange.wallet.of(asset).locked
    if not locked:
        raise BadInput(f"No {asset} is locked.")
    exchange.wallet.unlock(asset, locked)
    return f"All {asset} is free again."


def support(exchange: BinanceEmulator, inputs: Inputs) -> str:
    asset, accepted = _traded(exchange, inputs), inputs.flag("on")
    if accepted:
        exchange.rules.unsupported.discard(asset)
        return f"{asset} is accepted as dust."
    exchange.rules.unsupported.add(asset)
    return f"{asset} is no longer accepted as dust."


def website(exchange: BinanceEmulator, _inputs: Inputs) -> str:
    """All dust at once, as its owner would on the exchange's own site."""
    assets = [row.asset for row in exchange.offered()]
    if not assets:
        raise BadInput("There is no dust to convert.")
    try:
        conversion = exchange.website_convert(assets)
    except BinanceError as error:
        raise BadInput(f"The exchange refused: {error.msg}") from None
    net = conversion.gross - conversion.fee
    return f"Converted {_counted(len(assets))} on the website: {net:f} BNB."


def _counted(tokens: int) -> str:
    return "1 token" if tokens == 1 else f"{tokens} tokens"


def _traded(exchange: BinanceEmulator, inputs: Inputs) -> str:
    asset = inputs.text("asset", 40)
    if exchange.market.price(asset) is None:
        raise BadInput(f"{asset} is not traded here.")
    return asset


def _tokens(exchange: BinanceEmulator) -> list[str]:
    return [asset for asset in exchange.market.assets() if asset not in {"BTC", *MONEY}]


def _poorest(exchange: BinanceEmulator) -> list[str]:
    excluded = NEVER_SPRINKLED | exchange.rules.unsupported
    tokens = [asset for asset in exchange.market.assets() if asset not in excluded]
    fitting = [
        asset for asset in tokens if _amount_worth(exchange, asset, Decimal(SPRINKLED_USDT[0]))
    ]
    return sorted(fitting, key=lambda asset: _free_worth(exchange, asset))


def _free_worth(exchange: BinanceEmulator, asset: str) -> Decimal:
    return exchange.market.worth_btc(asset, exchange.wallet.free(asset)) or ZERO


def _amount_worth(exchange: BinanceEmulator, asset: str, usdt: Decimal) -> Decimal:
    price, money = exchange.market.price(asset), exchange.market.price("USDT")
    return floor8(usdt * money / price) if price and money else ZERO
