"""Returns of several authorities, in a folder each."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FAULTS = ROOT / "examples" / "return-with-faults"
CLEAN = ROOT / "examples" / "clean-return"

CALM, KENT, LEEDS = "E09000002", "E10000016", "E08000035"


@pytest.fixture
def returns(tmp_path: Path) -> Path:
    """Three authorities' returns, of which one is without findings."""
    folder = tmp_path / "returns"
    for name, source in ((CALM, CLEAN), (KENT, FAULTS), (LEEDS, FAULTS)):
        shutil.copytree(source, folder / name)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file in a folder, however deep."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
