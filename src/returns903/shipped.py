"""What comes with the package beside its code: example returns and projects, and the schemas of each year."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

EXAMPLES = {
    "return-with-faults": "a small return with a fault or two of most kinds",
    "clean-return": "a small return on which no rule says anything",
    "annual-report": "a return and the one before it, large enough for the tables of an annual report",
    "own-rules": "rules of one's own, with their tests",
    "recipes": "small programs with pandas, DuckDB, Dagster, Prefect, Jupyter and others",
    "pipeline": "a pipeline from a case system's extract to a validated return, with its tests",
}
"""The examples by name, and what each is."""
_LEFT_OUT = {"__pycache__", ".pytest_cache", ".hypothesis"}


def shipped(kind: str) -> Path:
    """The folder of ``examples`` or ``schemas``: within the package once installed, beside it in a clone."""
    within = Path(str(files("returns903"))) / "shipped" / kind
    return within if within.is_dir() else Path(__file__).parents[2] / kind


def example(name: str) -> dict[str, bytes]:
    """The files of an example, by their names within it."""
    folder = shipped("examples") / name
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and not _LEFT_OUT & {*path.parts})
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
