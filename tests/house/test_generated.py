"""What is generated is current."""

from __future__ import annotations

from tools.generate import generated, stale


def test_generated_files_are_current() -> None:
    assert stale(generated()) == [], "run: python tools/generate.py"
