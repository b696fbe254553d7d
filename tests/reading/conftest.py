from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from returns903.reading import CORE, Read, read_tables


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Read]:
    """Read one made-up file: its bytes or text, and its name."""

    def read_one(content: bytes | str, name: str = "made.csv") -> Read:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_tables(path, allow_missing=CORE)

    return read_one


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[dict[str, bytes | str]], Path]:
    """A folder of made-up files by name."""

    def make(files: dict[str, bytes | str]) -> Path:
        place = tmp_path / "return"
        for name, content in files.items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return place

    return make
