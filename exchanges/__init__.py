"""Exchanges behind one port: one base over ccxt, one file for what each exchange does differently."""
