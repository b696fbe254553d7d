"""Relations: they hold of this library, and each fails for a pipeline that breaks it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returns903 import Return, Year, derive, validate
from returns903.testing import lives, relations, strategies
from returns903.testing.faults import GeneralFault
from returns903.testing.relations.changes import rebuilt
from returns903.years import RULE_YEARS

Relation = Callable[..., None]
YEAR = Year("2024-25")


def a_return(children: int = 6) -> Return:
    """Some children of many kinds; A3 has an episode whose legal status is no code."""
    named = [(f"A{n}", lives.life(lives.SITUATIONS[n], 7 * n, YEAR)) for n in range(1, children + 1)]
    ret = lives.put_together(named, YEAR).load()
    return GeneralFault("code of no list", "Episodes", row=2, column=1).apply(ret).ret


RET = a_return()


def tables(ret: Return) -> dict[str, pl.DataFrame]:
    return {name: ret[name] for name in ret.tables}


def each(ret: Return, change: Callable[[pl.DataFrame], pl.DataFrame]) -> dict[str, pl.DataFrame]:
    return {name: change(frame) for name, frame in tables(ret).items()}


def derived(ret: Return) -> dict[str, pl.DataFrame]:
    made = (derive.periods_of_care, derive.legal_status_runs, derive.reviews_held, derive.care_leaver_outcomes)
    return {table.__name__: table(ret) for table in made}


HOLD: dict[str, Callable[[Return], Any]] = {
    "validate": validate,
    "as it is": lambda ret: ret,
    "frames by name": tables,
    "one lazy frame": lambda ret: ret["Episodes"].lazy(),
    "sorted": lambda ret: each(ret, lambda frame: frame.sort(pl.all())),
}


@given(
    st.sampled_from(RULE_YEARS).flatmap(lambda year: strategies.returns(year, max_children=4, valid=False)),
    st.sampled_from(relations.ALL),
)
@settings(max_examples=14, deadline=None)
def test_validating_keeps_every_relation(ret: Return, relation: Relation) -> None:
    relation(validate, ret)


@pytest.mark.parametrize("relation", relations.ALL, ids=lambda relation: relation.__name__)
@pytest.mark.parametrize("pipeline", HOLD.values(), ids=HOLD)
def test_relations_hold(pipeline: Callable[[Return], Any], relation: Relation) -> None:
    relation(pipeline, RET)


@pytest.mark.parametrize("relation", [r for r in relations.ALL if r is not relations.year_shift])
def test_relations_hold_of_derived_tables(relation: Relation) -> None:
    relation(derived, RET)


def first_file_alone(ret: Return) -> dict[str, pl.DataFrame]:
    return each(ret, lambda frame: frame.filter(pl.col("file").eq_missing(pl.col("file").first())))


def without_last_child(ret: Return) -> dict[str, pl.DataFrame]:
    last = ret["Header"]["CHILD"].tail(1)
    return each(ret, lambda frame: frame.filter(~pl.col("CHILD").is_in(last.implode())))


def first_three_by_name(ret: Return) -> dict[str, pl.DataFrame]:
    kept = ret["Header"]["CHILD"].sort().head(3)
    return each(ret, lambda frame: frame.filter(pl.col("CHILD").is_in(kept.implode())))


def numbered(ret: Return) -> pl.DataFrame:
    return ret["Episodes"].select("CHILD", "DECOM", number=pl.int_range(pl.len()))


def of_one_year(ret: Return) -> pl.DataFrame:
    return ret["Reviews"].filter(pl.col("REVIEW") < dt.date(2024, 10, 1))


def ages_in_days(ret: Return) -> pl.DataFrame:
    return ret["Header"].select("CHILD", days=pl.lit(dt.date(2025, 3, 31)) - pl.col("DOB"))


def of_csv(ret: Return) -> dict[str, pl.DataFrame]:
    return each(ret, lambda frame: frame.filter(pl.col("file").str.ends_with(".csv")))


def lines_known(ret: Return) -> dict[str, pl.DataFrame]:
    return each(ret, lambda frame: frame.filter(pl.col("line").is_not_null()))


def header_spreads(ret: Return) -> pl.DataFrame:
    """The rows of all children, or of none where any child has a blank."""
    return ret["Episodes"].filter(pl.any_horizontal(pl.lit(value=True)) & (pl.col("CIN").null_count() == 0))


def hides_findings(ret: Return) -> Any:
    """A validation that takes the first child's rows for the whole."""
    first = ret["Header"]["CHILD"].head(1)
    kept = {name: frame.filter(pl.col("CHILD").is_in(first.implode())) for name, frame in ret.tables.items()}
    return validate(rebuilt(ret, kept, ret.previous))


BREAK: list[tuple[Relation, Callable[[Return], Any], str]] = [
    (relations.row_order, numbered, "the frame: without rows "),
    (relations.row_order, without_last_child, "Header: without row "),
    (relations.row_order, hides_findings, "rule "),
    (
        relations.renaming,
        first_three_by_name,
        "Header: without rows 0, 1, 2 of before, with rows 0, 1, 2 of afterwards, in ",
    ),
    (
        relations.renaming,
        lambda ret: ret["Header"].rename({"CHILD": "who"}),
        "the frame: without rows 0, 1, 2, 3, 4 and 1 more",
    ),
    (relations.stranger, without_last_child, "Header: with row 5 of afterwards"),
    (relations.stranger, lambda ret: ret["Header"].tail(3), "the frame: without row 0 of before"),
    (relations.split_files, first_file_alone, "Header: without rows 3, 4, 5 of before"),
    (relations.forms, lines_known, "Header: without rows 0, 1, 2, 3, 4 and 1 more of before"),
    (relations.forms, of_csv, "Header: without rows 0, 1, 2, 3, 4 and 1 more of before"),
    (relations.year_shift, of_one_year, "the frame: without rows "),
    (relations.year_shift, ages_in_days, "the frame: without rows 0, 1, 2, 3, 4 and 1 more of before"),
    (relations.year_shift, lambda ret: validate(ret, rules_year="2024-25", select="1"), "rule "),
]


@pytest.mark.parametrize(("relation", "pipeline", "said"), BREAK)
def test_a_broken_pipeline_is_found(relation: Relation, pipeline: Callable[[Return], Any], said: str) -> None:
    with pytest.raises(AssertionError) as caught:
        relation(pipeline, RET)
    first, *lines = str(caught.value).splitlines()
    assert first.startswith(f"{relation.__name__} does not hold: ")
    assert any(line.strip().startswith(said) for line in lines), lines
