"""Whatever was accepted stays accepted in any order of rows, and whichever children come to the return."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

import returns903
from returns903.testing.lives import Made
from returns903.years import RULE_YEARS
from tests.accepting.test_held import TODAY, accept_all
from tests.properties.test_order import both_years, faulty, reordered, usual


def accepted_of(made: Made, path: Path) -> pl.DataFrame:
    """The findings of a return and whether each is accepted."""
    result = returns903.validate(made.load())
    acceptance = result.accept(path, today=TODAY)
    return result.findings.hstack(acceptance.findings)


def of_children(made: Made, some: set[str]) -> Made:
    """The return without the rows of others."""
    sets = [
        {name: frame.filter(pl.col("CHILD").is_in(some)) for name, frame in frames.items()}
        for _, frames in both_years(made)
    ]
    return replace(made, tables=sets[0], previous=sets[1])


@pytest.mark.parametrize("year", RULE_YEARS)
def test_the_order_of_rows_changes_no_acceptance(year: str, tmp_path: Path) -> None:
    path = accept_all(tmp_path / "accepted.toml", usual(year))
    made, _ = reordered(faulty(year), random.Random(f"accepted {year}"))
    found = accepted_of(made, path)
    assert found.height == usual(year).findings.height
    assert found.filter(pl.col("accepted").is_null()).get_column("rule").to_list() == []


@pytest.mark.parametrize("year", RULE_YEARS)
def test_more_children_change_no_acceptance(year: str, tmp_path: Path) -> None:
    made = faulty(year)
    some = set(made.children()[::2])
    few = returns903.validate(of_children(made, some).load())
    path = accept_all(tmp_path / "accepted.toml", few)
    found = accepted_of(made, path)
    theirs = found.filter(pl.col("child").is_in(some))
    known = theirs.join(few.findings, on=["rule", "table", "child"], how="semi")
    assert known.height > 200
    assert known.filter(pl.col("accepted").is_null()).select("rule", "child").rows() == []
    others = found.filter(~pl.col("child").is_in(some))
    assert others.height > 200
    assert others["accepted"].null_count() == others.height


@pytest.mark.parametrize("year", RULE_YEARS[-1:])
def test_a_file_is_read_as_it_was_written(year: str, tmp_path: Path) -> None:
    result = usual(year)
    acceptance = result.accept(accept_all(tmp_path / "accepted.toml", result), today=TODAY)
    assert acceptance.count == result.findings.height
    assert acceptance.findings["accepted_until"].unique().to_list() == [dt.date(2027, 3, 31)]
