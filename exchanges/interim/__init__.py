"""Binance until the account behind `exchanges.client` takes its place."""
