"""For all tests: a pause of Telegram is a span of time, as the bot has python-telegram-bot give it."""

import os

import pytest

os.environ["PTB_TIMEDELTA"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest test comes first: of those that run at a time, one would be left alone with it."""
    items.sort(key=lambda item: "tests/property/" not in item.nodeid)
