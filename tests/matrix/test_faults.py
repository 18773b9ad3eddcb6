"""Every bad answer at every request that matters; docs/faults.md tells what comes of it."""

import pytest

from tests.matrix.faults_page import PAGE, page, sections


@pytest.mark.timeout(240)
async def test_every_bad_answer_ends_as_the_page_of_faults_says() -> None:
    tables = await sections()
    told = PAGE.read_text()
    changed = {line for table in tables for line in table.splitlines()} - set(told.splitlines())
    assert changed == set(), "run `make docs`"
    assert page(tables) == told, "run `make docs`"
