"""A page that stands in for the Telegram app, beside a panel that moves the local exchange."""

from sandbox.page.server import DemoPage

__all__ = ["DemoPage"]
