"""What a result shows of itself in a session and a notebook, and the file that it writes when asked to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import returns903
from returns903.errors import ConfigError
from returns903.reports.forms import FORMS

ROOT = Path(__file__).resolve().parents[2]
MARK = "ZQX"


@pytest.fixture(scope="module")
def example() -> returns903.Result:
    return returns903.validate(returns903.read_return(ROOT / "examples" / "return-with-faults", year="2024-25"))


@pytest.fixture(scope="module")
def marked() -> returns903.Result:
    """A mark stands in every cell."""
    columns = {"Header": ["CHILD", "SEX", "DOB"], "Episodes": ["CHILD", "DECOM", "RNE", "LS", "PLACE"]}
    frames = {name: pl.DataFrame({each: [MARK, f"{MARK}2"] for each in of}) for name, of in columns.items()}
    return returns903.validate(returns903.Return.from_frames(frames, previous=frames, year="2025-26"))


def handed_over(result: returns903.Result) -> list[Any]:
    found = result.findings["rule"][0]
    return [result, result.the_return, result.rules[found], *result.outcomes.values()]


def test_nothing_shows_a_cell_by_itself(marked: returns903.Result) -> None:
    assert not marked.findings.is_empty()
    for each in handed_over(marked):
        assert MARK not in repr(each)
        assert MARK not in each._repr_html_()
    row = marked.findings.row(0, named=True)
    explained = marked.explain(row["rule"], row["row"], table=row["table"], previous=row["previous"])
    assert MARK not in repr(explained)
    assert MARK in str(explained)
    assert MARK not in repr(marked.since(marked.findings))


def test_a_notebook_shows_the_counts(example: returns903.Result) -> None:
    shown = example._repr_html_()
    cells = [re.findall(r"<td>(.*?)</td>", row) for row in re.findall(r"<tr>(<td>.*?)</tr>", shown)]
    counts = {row[0]: int(row[2]) for row in cells}
    assert counts == {code: outcome.count for code, outcome in example.outcomes.items() if outcome.count}
    assert f"{example.findings.height} findings" in shown
    assert f"<td>{example.the_return['Header'].height}</td>" in example.the_return._repr_html_()


def test_an_outcome_says_why_in_a_notebook(example: returns903.Result) -> None:
    for outcome in example.outcomes.values():
        said = outcome.reason or ("1 finding" if outcome.count == 1 else f"{outcome.count} findings")
        assert said in outcome._repr_html_()


@pytest.mark.parametrize(
    ("suffix", "form"),
    [(suffix, name) for name, form in FORMS.items() for suffix in form.suffixes if suffix != ".xlsx"],
)
def test_the_name_says_the_form(tmp_path: Path, example: returns903.Result, suffix: str, form: str) -> None:
    written = example.write(tmp_path / f"report{suffix}")
    assert written.read_bytes() == FORMS[form].write(example, show_ids=False)
    assert (written.stat().st_mode & 0o077 == 0) is FORMS[form].carries_ids


def test_identifiers_are_written_when_asked_for_and_then_for_the_owner_alone(
    tmp_path: Path, example: returns903.Result
) -> None:
    child = example.findings["child"].drop_nulls()[0]
    assert child not in example.write(tmp_path / "a.md").read_text()
    written = example.write(tmp_path / "b.md", show_ids=True)
    assert child in written.read_text()
    assert written.stat().st_mode & 0o077 == 0


def test_a_name_that_says_no_form_is_refused(tmp_path: Path, example: returns903.Result) -> None:
    with pytest.raises(ConfigError, match=r"says no form: end it in one of \.txt"):
        example.write(tmp_path / "report.docx")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_replaced_when_forced_and_an_input_never(
    tmp_path: Path, example: returns903.Result
) -> None:
    file = tmp_path / "report.json"
    file.write_text("kept")
    for how in ({}, {"force": True, "inputs": [file]}, {"force": True, "inputs": [tmp_path]}):
        with pytest.raises(ConfigError):
            example.write(file, **how)  # type: ignore[arg-type]
        assert file.read_text() == "kept"
    assert example.write(file, force=True).read_text() != "kept"
