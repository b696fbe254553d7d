"""Nothing is written but by the one module that writes."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "returns903"
WRITES = {"write_text", "write_bytes", "touch", "mkdir", "makedirs", "unlink", "rmdir", "symlink_to", "hardlink_to"}
LENT = {"reference/postcode_copies.py": {"mkdir", "write_bytes"}}
"""Calls that stand inside `in_place_of`, which lends a new file, and the folder of copies."""
MODULES = [path for path in sorted(SOURCE.rglob("*.py")) if path.name != "writing.py"]


def written_by(text: str) -> set[str]:
    """What a module does that writes to the disk."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = {alias.name for alias in node.names} | {getattr(node, "module", None)}
            found |= {"tempfile", "shutil"} & names
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            modes = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
            writes = name == "open" and any(
                isinstance(mode, str) and re.fullmatch("[rbt]*[wax+][bt+]*", mode) for mode in modes
            )
            found |= {name} if name in WRITES or writes else set()
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_writes_nothing_by_itself(path: Path) -> None:
    lent = LENT.get(path.relative_to(SOURCE).as_posix(), set())
    assert written_by(path.read_text(encoding="utf-8")) - lent == set()


def test_the_check_sees_what_it_should() -> None:
    assert written_by("import tempfile\nfrom shutil import move\np.open('wb')\nopen(p, mode='a')") >= {
        "tempfile",
        "open",
    }
    assert written_by("p.write_text('x')\np.unlink()") == {"write_text", "unlink"}
    assert not written_by("p.open('rb')\nstr.replace('w', 'a')")
    assert "write_bytes" in written_by((SOURCE / "writing.py").read_text(encoding="utf-8"))
