"""The rows of tables: their children numbered, put in order, and found again."""

from __future__ import annotations

import polars as pl
import pytest

from returns903.frames.rows import Lookup, Numbers, Ordered, evaluated
from returns903.tables import Episodes, Header, Reviews, Table
from tests.frames.worked_out import Cells, a_return

EPISODES: Cells = {
    "CHILD": ["B", "A", None, "A", "B", "A", None],
    "DECOM": ["02/05/2024", None, "01/05/2024", "03/05/2024", "31/06/2024", "01/05/2024", None],
}
HEADER: Cells = {"CHILD": ["A", "C", "B"], "DOB": ["03/05/2014", "02/05/2014", "01/05/2014"]}


def test_a_child_has_one_number_in_every_table_and_in_both_years() -> None:
    numbers = Numbers(a_return({"Header": {"CHILD": ["D", "B"]}}, Episodes=EPISODES, Header=HEADER))
    b, a, blank, *_ = numbers.of(Episodes).to_list()
    assert numbers.of(Episodes).to_list() == [b, a, None, a, b, a, None]
    assert blank is None
    a_there, c, b_there = numbers.of(Header).to_list()
    assert (a_there, b_there) == (a, b)
    d, b_before = numbers.of(Header.last_year).to_list()
    assert b_before == b
    assert sorted([a, b, c, d]) == [0, 1, 2, 3]
    assert numbers.every.to_list() == list(range(len(EPISODES["CHILD"])))
    assert numbers.of(Reviews).to_list() == []


def test_without_children_there_are_no_numbers() -> None:
    assert Numbers(a_return()).every.to_list() == []
    assert Numbers(a_return(Header={"CHILD": [None]})).of(Header).to_list() == [None]


def in_order(of: Table, cells: Cells) -> tuple[list[str | None], list[int]]:
    """The children and the rows of a table in its order."""
    given = a_return(**{of.name: cells})
    table = given[of.name]
    rows = Ordered(of, table.hstack([Numbers(given).of(of)]))
    assert rows.columns == {f"{of.id}.{name}" for name in (*table.columns, "number")}
    child, row = rows.fetch([f"{of.id}.CHILD", f"{of.id}.row"])
    assert (child.name, row.name) == (f"{of.id}.CHILD", f"{of.id}.row")
    return child.to_list(), row.to_list()


def test_rows_go_by_child_and_day_blanks_last_and_no_child_at_the_end() -> None:
    assert in_order(Episodes, EPISODES) == (["B", "B", "A", "A", "A", None, None], [0, 4, 5, 3, 1, 2, 6])


def test_a_table_without_an_order_keeps_that_of_the_file_within_a_child() -> None:
    cells: Cells = {"CHILD": ["B", None, "A", "B"], "DOB": ["02/01/2014", "01/01/2014", "03/01/2014", "01/01/2014"]}
    assert in_order(Header, cells) == (["B", "B", "A", None], [0, 3, 2, 1])


def test_rows_that_stand_in_order_stay() -> None:
    assert in_order(Header, HEADER) == (["A", "C", "B"], [0, 1, 2])


def test_the_latest_day_stands_before_a_blank_one() -> None:
    cells: Cells = {"CHILD": ["A", "A", "A"], "DECOM": [None, "31/12/2199", "01/01/1900"]}
    assert in_order(Episodes, cells)[1][0] == 2
    assert in_order(Episodes, cells)[1][-1] == 0


@pytest.mark.parametrize(
    ("children", "asked", "row", "several", "pairs"),
    [
        (
            [0, 2],
            [0, 1, 2, None, 2],
            [0, None, 1, None, 1],
            [False] * 5,
            [(0, 0), (1, None), (2, 1), (3, None), (4, 1)],
        ),
        ([1, None, None], [1, None, 0], [0, None, None], [False] * 3, [(0, 0), (1, None), (2, None)]),
        (
            [0, 0, 2, 2, 2],
            [2, 1, 0],
            [4, None, 1],
            [True, False, True],
            [(0, 2), (0, 3), (0, 4), (1, None), (2, 0), (2, 1)],
        ),
        ([], [0, None], [None, None], [False] * 2, [(0, None), (1, None)]),
    ],
)
def test_the_rows_of_each_child_are_found(
    children: list[int | None],
    asked: list[int | None],
    row: list[int | None],
    several: list[bool],
    pairs: list[tuple[int, int | None]],
) -> None:
    lookup = Lookup(pl.Series(children, dtype=pl.UInt32), pl.int_range(5, dtype=pl.UInt32, eager=True))
    wanted = pl.Series(asked, dtype=pl.UInt32)
    assert lookup.repeats is any(several)
    assert lookup.row(wanted).to_list() == row
    assert lookup.several(wanted).to_list() == several
    assert lookup.pairs(wanted).rows() == pairs


def test_expressions_make_columns() -> None:
    made = evaluated(pl.DataFrame({"a": [1, 2]}), [pl.col("a").alias("b"), (pl.col("a") * 2).alias("c")])
    assert made.to_dict(as_series=False) == {"b": [1, 2], "c": [2, 4]}
