"""Relations: they hold of this library, and each fails for a pipeline that breaks it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returns903 import ConfigError, Return, Year, derive, rules_in_force, validate
from returns903.tables import TABLES
from returns903.testing import faults, lives, relations, strategies
from returns903.testing.faults import GeneralFault
from returns903.testing.relations.changes import later, rebuilt, renamed, shuffled
from returns903.testing.relations.reads import alike, untouched
from returns903.testing.relations.seen import differences, seen
from returns903.years import RULE_YEARS

Relation = Callable[..., None]
YEAR = Year("2024-25")


def a_return() -> Return:
    """Six children of many kinds, in some of whose episodes the legal status is no code."""
    named = [(f"A{n}", lives.life(lives.SITUATIONS[n], 7 * n, YEAR)) for n in range(1, 7)]
    ret = lives.put_together(named, YEAR).load()
    for row in (0, 2, 4):
        ret = GeneralFault("code of no list", "Episodes", row=row, column=1).apply(ret).ret
    return ret


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


def of_first_rows(ret: Return) -> Any:
    return validate(rebuilt(ret, {name: frame.head(3) for name, frame in ret.tables.items()}, ret.previous))


def all_or_nothing(ret: Return) -> pl.DataFrame:
    return ret["Episodes"].filter(pl.lit(value=ret["Header"]["ETHNIC"].null_count() == 0))


def silent_where_blank(ret: Return) -> Any:
    has_blank = ret["Header"]["ETHNIC"].null_count() > 0
    some = {name: frame.head(0 if has_blank else frame.height) for name, frame in ret.tables.items()}
    return validate(rebuilt(ret, some, ret.previous))


def no_ethnic(pipeline: Callable[[Return], Any], ret: Return) -> None:
    relations.one_fault(pipeline, ret, fault=GeneralFault("blank", "Header", row=5, column=2))


no_ethnic.__name__ = "one_fault"
BREAK: list[tuple[Relation, Callable[[Return], Any], str]] = [
    (relations.row_order, numbered, "the frame: without rows "),
    (relations.row_order, without_last_child, "Header: without row "),
    (relations.row_order, of_first_rows, "rule "),
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
    (relations.year_shift, lambda ret: validate(rebuilt(ret, ret.tables, ret.previous, year=YEAR)), "rule "),
    (no_ethnic, all_or_nothing, "the frame: without rows 0, 1, "),
    (no_ethnic, silent_where_blank, "rule "),
]


@pytest.mark.parametrize(("relation", "pipeline", "said"), BREAK)
def test_a_broken_pipeline_is_found(relation: Relation, pipeline: Callable[[Return], Any], said: str) -> None:
    with pytest.raises(AssertionError) as caught:
        relation(pipeline, RET)
    first, *lines = str(caught.value).splitlines()
    assert first.startswith(f"{relation.__name__} does not hold: ")
    assert any(line.strip().startswith(said) for line in lines), lines


def frames(
    *rows: tuple[str | None, float | None], columns: tuple[str, str] = ("CHILD", "n")
) -> dict[str, pl.DataFrame]:
    return seen(pl.DataFrame(rows, schema=list(columns), orient="row") if rows else pl.DataFrame(schema=list(columns)))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (frames(("A", 1), ("B", 2)), frames(("B", 2), ("A", 1)), []),
        (frames(("A", 0.1 + 0.2)), frames(("A", 0.3)), []),
        (frames(("A", None)), frames(("A", None)), []),
        (frames(("A", 1)), frames(("A", 2)), ["the frame: without row 0 of before, with row 0 of afterwards, in n"]),
        (frames(("A", 1), ("A", 1)), frames(("A", 1)), ["the frame: without row 1 of before"]),
        (frames(), frames(("A", 1)), ["the frame: with row 0 of afterwards"]),
        (
            frames(*[("A", n) for n in range(7)]),
            frames(),
            ["the frame: without rows 0, 1, 2, 3, 4 and 2 more of before"],
        ),
        (
            frames(("A", 1)),
            frames(("A", 1), columns=("CHILD", "m")),
            ["the frame: other columns (m, n in one of the two)"],
        ),
        (frames(("A", 1)), {}, ["the frame: is there no more"]),
        ({}, frames(("A", 1)), ["the frame: is new"]),
        (
            seen(pl.DataFrame({"a": [[1, 2]]})),
            seen(pl.DataFrame({"a": [[2, 1]]})),
            ["the frame: without row 0 of before, with row 0 of afterwards, in a"],
        ),
    ],
)
def test_what_differs_is_told_by_row(
    before: dict[str, pl.DataFrame], after: dict[str, pl.DataFrame], said: list[str]
) -> None:
    assert list(differences(before, after)) == said


def test_no_cell_is_told_and_no_more_than_twenty_lines() -> None:
    def broken(ret: Return) -> dict[str, pl.DataFrame]:
        odd = pl.Series([f"SECRET{n}" for n in range(ret["Header"].height)])
        return {f"{name} {n}": ret["Header"].select("CHILD", odd) for name in "AB" for n in range(20)} | {
            "other": ret["Header"].select(pl.lit("SECRET") + pl.col("CHILD"), "SEX")
        }

    with pytest.raises(AssertionError) as caught:
        relations.renaming(
            lambda ret: {k: f.rename({"CHILD": "who"}, strict=False) for k, f in broken(ret).items()}, RET
        )
    assert len(str(caught.value).splitlines()) == 20
    assert str(caught.value).endswith("and 23 more lines like these")
    assert "SECRET" not in str(caught.value)


@pytest.mark.parametrize("given", [None, 3, "text", [1], {"a": 1}])
def test_what_cannot_be_compared_is_refused(given: object) -> None:
    with pytest.raises(ConfigError):
        relations.row_order(lambda _: given, RET)


@pytest.mark.parametrize("relation", relations.ALL)
def test_a_relation_takes_a_return(relation: Relation) -> None:
    with pytest.raises(ConfigError, match="takes a pipeline and a Return, and this is of type dict"):
        relation(validate, {})


@pytest.mark.parametrize("relation", relations.ALL)
def test_a_return_without_tables_or_rows_has_every_relation(relation: Relation) -> None:
    for ret in (Return.from_frames({}, year="2024-25"), lives.put_together([], YEAR).load()):
        relation(lambda ret: ret, ret)


def test_rows_that_tie_keep_their_order() -> None:
    days = ["01/04/2024", "01/05/2024"] * 20
    episodes = pl.DataFrame(
        {"CHILD": ["A1", "A1", "B2", "B2"] * 10, "DECOM": days, "URN": [f"{n:02}" for n in range(40)]}
    )
    ret = Return.from_frames({"Episodes": episodes, "Header": episodes.select("CHILD", UPN="URN")}, year=YEAR)
    other = shuffled(ret, 0)
    assert other["Episodes"]["URN"].to_list() != ret["Episodes"]["URN"].to_list()
    for _, tied in other["Episodes"].group_by("CHILD", "DECOM"):
        assert tied["URN"].is_sorted()
    for _, tied in other["Header"].group_by("CHILD"):
        assert tied["UPN"].is_sorted()


def test_renaming_turns_the_order_of_names_round() -> None:
    named = pl.DataFrame({"CHILD": ["B2", "A1", None, "?", "B2"]})
    ret = Return.from_frames({"Header": named}, previous={"Header": named.tail(1)}, year=YEAR)
    other, names = renamed(ret)
    assert other["Header"]["CHILD"].to_list() == ["R000001", "R000002", None, "?", "R000001"]
    assert other.last_year("Header")["CHILD"].to_list() == ["R000001"]
    assert names == {"R000001": "B2", "R000002": "A1"}


def test_a_year_later() -> None:
    header = pl.DataFrame({"CHILD": ["A1", "B2"], "SEX": ["1", "2"], "DOB": ["29/02/2012", "31/02/2012"]})
    before = pl.DataFrame({"DATE_PERM": ["ZZ/06/2019", "01/06/2019", "?"]})
    ret = Return.from_frames({"Header": header, "PrevPerm": before}, year="2023-24")
    other = later(ret, 1)
    assert other.year == YEAR
    assert other["Header"].select("SEX", "DOB").rows() == [("M", dt.date(2013, 2, 28)), ("F", None)]
    assert other.tables["Header"]["DOB.text"].to_list() == [None, "31/02/2012"]
    assert other["PrevPerm"]["DATE_PERM"].to_list() == ["ZZ/06/2020", "01/06/2020", "?"]
    assert later(other, -1)["Header"]["SEX"].to_list() == ["1", "2"]


@pytest.mark.parametrize(
    ("struck", "touched", "not_touched"),
    [
        ({"Header": {"ETHNIC"}}, {"103"}, {"102", "361"}),
        ({"Episodes": {"LS"}}, {"361"}, {"103"}),
        ({"Episodes": {"DEC"}}, {"361"}, {"103"}),
        ({"UASC": {"DUC"}}, set(), {"103"}),
        ({"Missing": set(TABLES["Missing"].columns())}, {"1004"}, {"103", "361"}),
    ],
)
def test_which_rules_a_change_can_touch(struck: dict[str, set[str]], touched: set[str], not_touched: set[str]) -> None:
    free = set(untouched(YEAR, struck))
    assert touched <= {rule.code for rule in rules_in_force(YEAR)} - free
    assert not_touched <= free


@pytest.mark.parametrize("year", RULE_YEARS[:-1])
def test_most_rules_are_compared_a_year_later(year: str) -> None:
    assert len(alike(year, Year(year).next)) > 200


@given(st.sampled_from(faults.for_year("2024-25")), st.sampled_from(relations.ALL))
@settings(max_examples=10, deadline=None)
def test_findings_of_a_rule_keep_every_relation(fault: faults.RuleFault, relation: Relation) -> None:
    relation(lambda ret: validate(ret, select=fault.rule), fault.apply(RET).ret)


def test_the_example_of_the_page_runs() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "testing-kit.md").read_text(encoding="utf-8")
    example = page.partition("## Relations")[2].partition("```python")[2].partition("```")[0]
    held: list[Return] = []
    known: dict[str, Any] = {"my_pipeline": lambda ret: held.append(ret) or ret}
    exec(example.replace("deadline=None", "deadline=None, max_examples=3"), known)
    known["test_my_pipeline"]()
    assert len(held) >= 2
