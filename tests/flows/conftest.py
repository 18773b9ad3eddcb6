"""The real bot on the two sandbox servers, with a real database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.flows.house import House


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """A running bot that Anna may use, on an account with a little dust."""
    async with House.built(tmp_path) as built:
        built.sprinkle()
        async with built.running():
            await built.looked()
            yield built


@pytest.fixture
async def empty_house(tmp_path: Path) -> AsyncIterator[House]:
    """The same, built but not started, with an empty wallet."""
    async with House.built(tmp_path) as built:
        yield built
