"""`make docs`: writes docs/module-map.md from the first sentence of each module."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MAP = ROOT / "docs" / "module-map.md"
PACKAGES = ("bot", "handlers", "storage", "exchanges", "sandbox", "dust")

_HEAD = """# What is where

Arrows point down: `bot` knows everyone; `handlers`, `storage`, `exchanges` and `sandbox` are siblings
that never import each other; all but `sandbox` use `dust`, which knows only the standard library.

This page is made from the first sentence of each file (`make docs`); a test keeps it true.
"""


def page() -> str:
    """The whole page."""
    return _HEAD + "".join(_section(package) for package in PACKAGES)


def _section(package: str) -> str:
    folder = ROOT / package
    rows = "".join(
        f"| `{path.relative_to(ROOT)}` | {_duty(path)} |\n"
        for path in sorted(folder.rglob("*.py"))
        if path.name != "__init__.py"
    )
    return (
        f"\n## {package}/\n\n{_duty(folder / '__init__.py')}\n\n| file | duty |\n|---|---|\n{rows}"
    )


def _duty(path: Path) -> str:
    text = ast.get_docstring(ast.parse(path.read_text())) or ""
    first = " ".join(text.split("\n\n")[0].split())
    return first.replace("|", "\\|")


if __name__ == "__main__":
    MAP.write_text(page())
