"""What is accepted, and all that is said of it, holds no cell and no identifier, whatever goes wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.cli.test_accept import fill
from tests.privacy.test_no_cell_is_told import (
    CHILD,
    MARK,
    YEAR,
    Run,
    everything_said,
    half_marked,
    marked,
    run,
    written,
)

__all__ = ["everything_said", "run"]

UNTIL = dt.date.today() + dt.timedelta(90)
ANSWER = {"Owner": "A. Officer", "Comment": "asked and confirmed", "Accept until": UNTIL}
PASSED_ON = ("found.sarif", "found.xml", "found.md", "found.txt")


def every_line(**answer: Any) -> Any:
    """An answer to each rule, whichever it is."""

    class Every(dict[str, dict[str, Any]]):
        def get(self, key: str, default: Any = None) -> dict[str, Any]:
            return ANSWER | answer

    return Every()


@pytest.mark.parametrize("frames", [marked, half_marked])
def test_accepting_tells_no_cell_on_any_path(
    frames: Callable[[], dict[str, pl.DataFrame]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    run: Run,
    everything_said: Callable[[], str],
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = written(tmp_path / "made", frames())
    given = (folder, "--year", YEAR, "--previous", folder)
    said = [run("validate", *given, "--output", "work.xlsx", "--output", "plain.json")[1]]
    fill(tmp_path / "work.xlsx", every_line())
    status, heard = run("accept", *given, "--from", "work.xlsx", "--force-errors")
    assert status == 0
    assert "accepted: " in heard
    outputs = [word for name in PASSED_ON for word in ("--output", name)]
    said += [heard, run("validate", *given, "--accepted", "accepted.toml", *outputs, "--format", "github")[1]]
    assert run("validate", *given, "--accepted", "accepted.toml", "--fail-on", "query")[0] == 0
    files = [tmp_path / name for name in (*PASSED_ON, "accepted.toml", "accepted.key")]
    for broken in broken_runs(tmp_path, given):
        status, heard = run(*broken)
        assert status in (1, 2), broken
        said.append(heard)
    assert [path.name for path in files if MARK in path.read_text(encoding="utf-8")] == []
    assert MARK not in "".join(said) + everything_said()
    assert CHILD in (tmp_path / "plain.json").read_text(encoding="utf-8")


def broken_runs(folder: Path, given: tuple[Any, ...]) -> Any:
    """Runs in which something is wrong, each with what was made wrong before it."""
    named = ("--reason", "seen", "--by", "me", "--until", UNTIL)
    yield ("accept", *given, "--rule", "101", "--child", "nobody", *named)
    about = ("accept", *given, "--rule", "101", "--row", "0", "--force-errors", "--by", "me", "--until", UNTIL)
    yield (*about, "--reason", f"{CHILD}0 was seen")
    for answer in (
        {"Cells": f"{MARK}: {MARK}"},
        {"Accept until": MARK},
        {"Rule": MARK},
        {"Row": MARK},
        {"Owner": None},
    ):
        fill(folder / "work.xlsx", every_line(**answer))
        yield ("accept", *given, "--from", "work.xlsx", "--force-errors")
    kept, key = folder / "accepted.toml", folder / "accepted.key"
    text, secret = kept.read_text(encoding="utf-8"), key.read_text(encoding="ascii")
    for spoilt in (text.replace("reason = ", f"reason = {MARK}"), text.replace("until = ", f'until = "{MARK}" # ')):
        kept.write_text(spoilt, encoding="utf-8")
        yield ("validate", *given, "--accepted", kept)
    kept.write_text(text, encoding="utf-8")
    for wrong in (MARK, "0" * 64):
        key.write_text(wrong, encoding="ascii")
        yield ("validate", *given, "--accepted", kept)
    key.write_text(secret, encoding="ascii")
