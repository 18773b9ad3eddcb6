"""Sandbox servers and a little dust; each test starts the bot as it needs it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.flows.house import House
from tests.matrix.plays import stock


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """Built but not started."""
    async with House.built(tmp_path) as built:
        built.sprinkle()
        stock(built)
        yield built
