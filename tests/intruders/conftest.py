"""The house of the flow tests, with people in it who mean no good."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.flows.house import House
from tests.intruders.scene import GROUP, Scene


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """Built but not started, with a little dust."""
    async with House.built(tmp_path) as built:
        built.sprinkle()
        yield built


@pytest.fixture
async def scene(house: House) -> AsyncIterator[Scene]:
    """A running bot that Anna may use, and she and Ben in a group."""
    made = Scene.around(house)
    async with house.running(allowed_chats=[1001, GROUP], allowed_users=[1001, 2002]):
        await house.looked()
        yield made
