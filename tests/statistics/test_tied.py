"""What tables say of their own numbers and of each other's, as sums that a reader knows."""

from __future__ import annotations

import polars as pl
import pytest

from returns903.errors import ConfigError
from returns903.statistics import Alike, AtMost, ColumnTotal, Link, Percentage, Place, Published, RowTotal, Together
from returns903.statistics.cells import Cells
from returns903.statistics.tied import cells_of

EVERY = pl.lit(value=True)
LEVEL = pl.col("level")
ROWS, TOTAL = LEVEL == "row", LEVEL == "total"


def table(name: str = "t", *, of: tuple[str, ...] = ("n",), **columns: list[int | None]) -> Published:
    """Columns of counts; the last row is called the total."""
    height = len(next(iter(columns.values())))
    labels = {"label": [f"r{n}" for n in range(height)], "level": ["row"] * (height - 1) + ["total"]}
    return Published(name, pl.DataFrame({**labels, **columns}), of)


def of(published: Published, **about: object) -> Published:
    """The same table with more said of it."""
    return Published(published.name, published.frame, published.counts, **about)  # type: ignore[arg-type]


def told(cells: Cells) -> list[tuple[dict[int, int], int | None]]:
    """The sums, by the values of the numbers: each test takes care that these differ."""
    at = cells.values
    return [
        ({at[n]: sign for n, sign in each.signs.items()}, None if each.total is None else at[each.total])
        for each in cells.sums
    ]


def known(*tables: Published, ties: tuple[Link | AtMost | Alike, ...] = ()) -> Cells:
    return cells_of(Together(tables, ties))


def test_every_count_that_applies_is_a_number() -> None:
    cells = known(table(n=[3, None, 7]), of(table("u", n=[4]), printed=False))
    assert cells.values == [3, 7, 4]
    assert cells.numbers == {("t", "n", 0): 0, ("t", "n", 2): 1, ("u", "n", 0): 2}
    assert cells.spots == [[("t", "n", 0)], [("t", "n", 2)], []]
    assert (cells.guarded, cells.least) == ([True, True, False], [0, 0, 0])


def test_a_total_of_rows_is_told_for_each_column_of_counts_or_for_those_named() -> None:
    columns = {"n": [3, 4, 7], "m": [10, 20, 30]}
    both = table(of=("n", "m"), **columns)
    in_n, in_m = ({3: 1, 4: 1, 7: -1}, 7), ({10: 1, 20: 1, 30: -1}, 30)
    assert told(known(of(both, row_totals=(RowTotal(TOTAL, ROWS),)))) == [in_n, in_m]
    assert told(known(of(both, row_totals=(RowTotal(TOTAL, ROWS, columns=("m",)),)))) == [in_m]


def test_a_total_of_columns_is_told_for_each_row() -> None:
    made = table(of=("n", "m", "all"), n=[3, 10], m=[4, None], all=[7, 10])
    cells = known(of(made, column_totals=(ColumnTotal("all", ("n", "m")),)))
    assert told(cells) == [({3: 1, 4: 1, 7: -1}, 7)]  # the 10 is one number, as nothing is added to it
    assert cells.values == [3, 10, 4, 7]


@pytest.mark.parametrize(
    ("share", "values", "sums"),
    [
        (Percentage("share", "n", "m"), [50, 48, 2], [({50: -1, 48: 1, 2: 1}, 50)]),
        (Percentage("share", "m", "n"), [50, 48], []),  # more than the whole, as a mean may be
        (Percentage("share", "n", "n"), [50, 48], []),
        (Percentage("share", "n"), [50, 48], []),
        (Percentage("share", "n", TOTAL), [50, 48], []),
    ],
)
def test_the_rest_of_a_percentage_is_a_number(share: Percentage, values: list[int], sums: list[object]) -> None:
    frame = pl.DataFrame({"level": ["total"], "m": [50], "n": [48], "share": [96.0]})
    cells = known(Published("t", frame, ("m", "n"), (share,)))
    assert (cells.values, told(cells)) == (values, sums)
    assert all(cells.guarded)


def test_the_rest_of_a_whole_that_is_all_of_it() -> None:
    frame = pl.DataFrame({"m": [50], "n": [50], "share": [100.0]})
    assert known(Published("t", frame, ("m", "n"), (Percentage("share", "n", "m"),))).values == [50, 50, 0]


def test_a_row_that_is_there_because_something_occurs_comes_to_1_or_more() -> None:
    made = table(of=("n", "m"), n=[3, 0], m=[4, 9])
    cells = known(of(made, occurs=(ROWS, ("n", "m"))))
    assert (cells.values, cells.least) == ([3, 0, 4, 9, 7], [0, 0, 0, 0, 1])
    assert cells.guarded == [True] * 4 + [False]
    assert told(cells) == [({7: -1, 3: 1, 4: 1}, None)]


def place(name: str, rows: pl.Expr = EVERY) -> Place:
    return Place(name, "n", rows)


def test_a_link_is_one_number_or_a_sum() -> None:
    one, two = table("one", n=[3, 4, 7]), table("two", n=[7])
    assert told(known(one, two, ties=(Link(place("two"), (place("one", ROWS),)),))) == [({3: 1, 4: 1, 7: -1}, 7)]
    same = known(one, two, ties=(Link(place("two"), (place("one", TOTAL),)),))
    assert same.values == [3, 4, 7]
    assert same.spots[2] == [("one", "n", 2), ("two", "n", 0)]
    more = table("two", n=[8])
    with pytest.raises(ConfigError, match=r"the link of two\.n: what is said to be the total"):
        known(one, more, ties=(Link(place("two"), (place("one", TOTAL),)),))


def test_a_link_by_groups_goes_row_by_row_and_may_have_several_parts() -> None:
    one, two, three = table("one", n=[3, 4]), table("two", n=[10, 20]), table("three", n=[13, 24])
    link = Link(place("three"), (place("one"), place("two")), ("label",))
    assert told(known(one, two, three, ties=(link,))) == [({3: 1, 10: 1, 13: -1}, 13), ({4: 1, 20: 1, 24: -1}, 24)]


def test_what_a_table_of_what_occurs_does_not_list_is_a_nought_that_is_known() -> None:
    listed, every = table("listed", n=[7]), table("every", n=[7, 0])
    link = Link(place("every"), (place("listed"),), ("label",))
    assert told(known(listed, every, ties=(link,))) == [({0: -1}, None)]
    # a number that is not 0 says nothing where the other table has no row
    assert told(known(listed, table("every", n=[7, 5]), ties=(link,))) == []


@pytest.mark.parametrize(
    ("whole", "values"),
    [
        (8, [8, 8, 0]),
        (7, [8, 7]),  # it does not hold
        (9, [8, 9, 1]),
        (13, [8, 13, 5]),
        (14, [8, 14]),  # so many more that neither bounds the other
    ],
)
def test_a_part_is_bounded_by_its_whole_where_it_is_near(whole: int, values: list[int]) -> None:
    tables = table("part", n=[8]), table("whole", n=[whole])
    cells = known(*tables, ties=(AtMost((place("part"),), (place("whole"),)),))
    assert cells.values[: len(values)] == values
    assert cells.small == set()  # what the whole has more is nothing to hide
    assert len(cells.sums) == (len(values) == 3)


@pytest.mark.parametrize(("right", "numbers"), [([4], 1), ([5], 2), ([3], 2)])
def test_what_is_alike_is_one_number_where_it_holds(right: list[int], numbers: int) -> None:
    tie = Alike((place("left"),), (place("right"),))
    assert len(known(table("left", n=[4]), table("right", n=right), ties=(tie,)).values) == numbers


def test_what_is_alike_goes_by_groups_that_both_sides_have() -> None:
    left, right = table("left", n=[4, 6, 9]), table("right", n=[4, 6])
    assert known(left, right, ties=(Alike((place("left"),), (place("right"),), ("label",)),)).values == [4, 6, 9]
    assert known(right, left, ties=(Alike((place("right"),), (place("left"),), ("label",)),)).values == [4, 6, 9]
    later = Alike((place("left"),), (place("right", pl.col("label") == "r1"),), ("label",))
    assert sorted(known(table("left", n=[9, 4]), table("right", n=[5, 4]), ties=(later,)).values) == [4, 5, 9]
    both = Alike((place("left", LEVEL == "total"), place("right", LEVEL == "total")), (place("right", LEVEL == "row"),))
    assert told(known(table("left", n=[4, 1]), table("right", n=[6, 5]), ties=(both,))) == [
        ({6: 1, 1: -1, 5: -1}, None)
    ]


@pytest.mark.parametrize(
    ("tables", "ties", "message"),
    [
        ((table(n=[1]), table(n=[1])), (), "each published table needs a name of its own"),
        ((table(n=[-1]),), (), "the table t, column n: a count below 0"),
        ((table(n=[1]),), (Link(place("u"), ()),), r"the counts u\.n, which are not published here"),
        ((table(n=[1]),), (Link(Place("t", "level", EVERY), ()),), r"the counts t\.level, which are not published"),
        ((table(n=[1]),), (Alike((place("t"),), (place("u"),)),), r"the counts u\.n, which are not published here"),
        (
            (of(table(of=("n", "m"), n=[3], m=[4]), column_totals=(ColumnTotal("n", ("m",)),)),),
            (),
            "the table t, column n: what is said to be the total",
        ),
        (
            (of(table(n=[3, 4, 8]), row_totals=(RowTotal(TOTAL, ROWS),)),),
            (),
            "the table t, column n: what is said to be the total",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(tables: tuple[Published, ...], ties: tuple[Link, ...], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        known(*tables, ties=ties)
