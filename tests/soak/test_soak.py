"""A few seconds of `make soak`, so that it keeps working."""

from pathlib import Path

import pytest

from tests.soak.run import soak


@pytest.mark.timeout(420)
async def test_a_short_soak_leaves_nothing_wrong(tmp_path: Path) -> None:
    end = await soak(tmp_path, seconds=5, patience=30, seed=1)
    assert end.problems == ()
    assert end.updates
    assert end.faults
