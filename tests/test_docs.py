"""What the documents say is true now."""

import re

from handlers.routes import COMMANDS
from tests import refusals_page
from tests.module_map import MAP, ROOT, page

README = (ROOT / "README.md").read_text()


def test_the_module_map_is_that_of_the_code() -> None:
    assert MAP.read_text() == page(), "run `make docs`"


def test_the_page_of_refusals_is_that_of_the_tables() -> None:
    assert refusals_page.PAGE.read_text() == refusals_page.page(), "run `make docs`"


def test_every_module_says_what_it_is_for() -> None:
    assert "|  |" not in page()


def test_readme_names_every_command() -> None:
    assert [route.name for route in COMMANDS if f"`/{route.name}" not in README] == []


def test_readme_names_only_targets_that_exist() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for target in set(re.findall(r"\bmake ([a-z]+)\b", README)):
        assert f"\n{target}:" in makefile


def test_readme_and_example_name_the_same_settings() -> None:
    example = (ROOT / ".env.example").read_text()
    names = set(re.findall(r"^#?([A-Z][A-Z_]+)=", example, re.MULTILINE))
    plain = {name for name in names if "__" not in name}
    assert plain
    assert {name for name in plain if f"`{name}`" not in README} == set()


def test_every_link_of_the_documents_leads_somewhere() -> None:
    for document in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text()):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_every_promise_names_a_test_that_exists() -> None:
    tests = "".join(path.read_text() for path in (ROOT / "tests").rglob("*.py"))
    promises = (ROOT / "docs" / "invariants.md").read_text()
    named = re.findall(r"`(test_\w+)`", promises)
    assert named
    assert [name for name in named if f"def {name}(" not in tests] == []
