"""The house keeps its shape: who may import whom, and where no float may be."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from handlers.callbacks import TAPS as WRITTEN
from handlers.callbacks import Tap
from handlers.routes import TAPS

ROOT = Path(__file__).parents[1]
EXACT = ("dust", "storage", "exchanges", "handlers")


def test_the_import_contracts_hold() -> None:
    """In a process of its own: import-linter silences the loggers of the one that it runs in."""
    check = (
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    )
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_only_the_demo_imports_the_sandbox() -> None:
    importers = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "bot").rglob("*.py")
        if any(name.split(".")[0] == "sandbox" for name in imported(path))
    ]
    assert importers == ["bot/demo.py"]


@pytest.mark.parametrize("package", EXACT)
def test_no_float_carries_money(package: str) -> None:
    """Neither `float(…)` nor `round(…)`: amounts are exact, and rounded down by name."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id in ("float", "round")
    ]
    assert found == []


@pytest.mark.parametrize("package", EXACT)
def test_a_decimal_is_made_from_text_or_a_whole_number(package: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id == "Decimal" and any(is_float(argument) for argument in node.args)
    ]
    assert found == []


def test_every_button_has_a_route_and_every_verb_one_button() -> None:
    assert set(TAPS) == set(WRITTEN.values())
    assert len(WRITTEN) == len(Tap.__subclasses__())


def imported(path: Path) -> list[str]:
    """The modules that a file imports, anywhere in it."""
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.append(node.module)
    return names


def is_float(node: ast.expr) -> bool:
    """Whether a literal float stands there."""
    return isinstance(node, ast.Constant) and isinstance(node.value, float)
