"""Every bad answer at every request that matters; docs/faults.md tells what comes of it."""

import re

import pytest

from tests.matrix.faults_page import PAGE, section
from tests.matrix.tables import TABLES, Table


@pytest.mark.timeout(120)
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.title)
async def test_every_bad_answer_ends_as_the_page_of_faults_says(table: Table) -> None:
    played, told = await section(table), PAGE.read_text()
    assert set(played.splitlines()) - set(told.splitlines()) == set(), "run `make docs`"
    assert played in told, "run `make docs`"


def test_the_page_of_faults_holds_no_other_table() -> None:
    titles = re.findall(r"^## (.+)$", PAGE.read_text(), re.MULTILINE)
    assert titles == [table.title for table in TABLES], "run `make docs`"
