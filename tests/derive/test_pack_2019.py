"""Every line of the page on the pack of 2019: its function, arguments, rows and column are there and give something."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from returns903 import Return, derive
from returns903.testing import synthesise

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "derived" / "pack-2019.md").read_text(encoding="utf-8")
MEASURES = ROOT.parent / "shared" / "spec" / "measures.md"
LINES = [
    [cell.strip().strip("`") for cell in line.strip("|").split("|")]
    for line in re.findall(r"^\| l\d.*$", PAGE, re.MULTILINE)
]
DERIVED = [line for line in LINES if line[2] != "not in the return"]
NAMES = dict.fromkeys(derive.__all__)


@cache
def example() -> Return:
    return synthesise(300, seed=3, year="2024-25").load()


@cache
def table(call: str) -> pl.DataFrame:
    ret = example()
    names = {name: getattr(derive, name) for name in derive.__all__}
    day = ret.year.end
    found = eval(call, {**names, "ret": ret, "day": day, "half_year": derive.last_months(6, day)})
    assert isinstance(found, pl.DataFrame)
    return found


def test_every_line_is_there_once_or_as_often_as_it_has_figures() -> None:
    assert len(LINES) > 100
    assert {line[2] for line in LINES} == {"exactly", "differently", "not in the return"}
    for state in ("exactly", "differently", "not in the return"):
        assert f"{sum(line[2] == state for line in LINES)} " in PAGE.split("```")[0]
    for _, figure, state, call, where, remark in LINES:
        assert figure
        assert bool(call) == bool(where) == (state != "not in the return")
        assert remark or state == "exactly", figure


@pytest.mark.skipif(not MEASURES.is_file(), reason="the survey of measures is not at hand")
def test_no_line_of_the_survey_is_left_out() -> None:
    section = MEASURES.read_text(encoding="utf-8").split("## 4.")[1].split("## 5.")[0]
    asked = re.findall(r"^\| (?:p\d+ )?(l[\d-]+)", section, re.MULTILINE)
    assert sorted(line[0] for line in LINES) == sorted(asked)


@pytest.mark.parametrize("line", DERIVED, ids=lambda line: f"{line[0]}: {line[1][:40]}")
def test_a_figure_comes_from_where_the_page_says(line: list[str]) -> None:
    call, where = line[3], line[4]
    tree = ast.parse(call, mode="eval").body
    assert isinstance(tree, ast.Call)
    assert isinstance(tree.func, ast.Name)
    assert tree.func.id in NAMES
    rows, _, column = (part.strip() for part in where.rpartition(":"))
    found = table(call)
    for each in filter(None, (part.strip() for part in rows.split(";"))):
        name, _, value = each.partition("=")
        found = found.filter(pl.col(name) == value)
    assert found.height
    assert found.get_column(column.strip()).null_count() < found.height
