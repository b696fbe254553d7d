"""The house's order: what may import what, and what is loaded when."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "returns903"

ORDER = [
    {"errors", "words", "limits", "years", "writing"},
    {"pages"},
    {"codes"},
    {"tables"},
    {"reading", "reference"},
    {"returns"},
    {"texts", "forms"},
    {"tidying"},
    {"frames"},
    {"rules", "terms"},
    {"results", "engine", "views", "accepting"},
    {"derive", "statistics", "contracts", "schemas"},
    {"published"},
    {"reconcile"},
    {"shipped"},
    {"reports", "testing"},
    {"serving", "batch"},
    {"cli"},
]
"""Each room may import from its own and from those above it."""

LATE = {"results": {"reports"}}
"""A result is asked to write itself, and only then looks for the room that comes after it."""

FREE = {"__init__", "__main__"}


def _rooms(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("returns903."):
            found.add(node.module.split(".")[1])
        elif isinstance(node, ast.ImportFrom) and node.module == "returns903":
            found |= {alias.name for alias in node.names}
    return {name for name in found if (SOURCE / name).is_dir() or (SOURCE / f"{name}.py").is_file()}


def _modules() -> list[Path]:
    return sorted(p for p in SOURCE.rglob("*.py") if p.relative_to(SOURCE).parts[0].removesuffix(".py") not in FREE)


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_module_imports_only_from_the_rooms_before_it(path: Path) -> None:
    room = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    level = next(i for i, rooms in enumerate(ORDER) if room in rooms)
    allowed = set().union(*ORDER[: level + 1], LATE.get(room, set()))
    assert _rooms(path) <= allowed


def _loaded_by(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in done.stdout.split()}


HEAVY = {"polars", "pandera", "pydantic", "altair", "jinja2", "fastexcel", "xlsxwriter", "hypothesis"}


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert not HEAVY & _loaded_by("import returns903")


def test_help_loads_nothing_heavy() -> None:
    lines = (
        "from returns903.cli import main",
        "sys.argv = ['returns903', 'validate', '--help']",
        "try: main()",
        "except SystemExit: pass",
    )
    assert not (HEAVY | {"rich"}) & _loaded_by(chr(10).join(lines))


def test_validating_needs_no_pandera() -> None:
    frames = "{'Header': pl.DataFrame({'CHILD': ['A']})}"
    code = f"import polars as pl, returns903 as r\nr.validate(r.Return.from_frames({frames}, year='2024-25'))"
    assert "pandera" not in _loaded_by(code)
