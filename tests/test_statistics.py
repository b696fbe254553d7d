"""Disclosure control: what is hidden, and that nobody can work it out. The reader in these tests sees printed text."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from itertools import product

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returns903.errors import ConfigError
from returns903.statistics import (
    Alike,
    AtMost,
    ColumnTotal,
    Controlled,
    Link,
    Percentage,
    Place,
    Published,
    RowTotal,
    Together,
    control,
    percent,
)

LEVEL = pl.col("level")
EVERY = pl.lit(value=True)
ALL_ROWS = RowTotal(LEVEL == "total", LEVEL == "row")


def column(*values: int, name: str = "made", **more: object) -> Published:
    """A table of one column of counts, with its total last."""
    frame = pl.DataFrame(
        {
            "label": [*(f"row {n}" for n in range(len(values))), "Total"],
            "level": ["row"] * len(values) + ["total"],
            "children": [*values, sum(values)],
        },
        schema_overrides={"children": pl.UInt32},
    )
    return Published(name, frame, ("children",), row_totals=(ALL_ROWS,), **more)  # type: ignore[arg-type]


def cross(cells: list[list[int]], name: str = "made") -> Published:
    """A table of rows and columns, with totals of both."""
    names = [f"c{n}" for n in range(len(cells[0]))]
    rows = [[f"row {n}", "row", *row, sum(row)] for n, row in enumerate(cells)]
    sums = [sum(column) for column in zip(*cells, strict=True)]
    rows.append(["Total", "total", *sums, sum(sums)])
    frame = pl.DataFrame(rows, schema=["label", "level", *names, "all"], orient="row")
    return Published(
        name, frame, (*names, "all"), row_totals=(ALL_ROWS,), column_totals=(ColumnTotal("all", tuple(names)),)
    )


def shown(table: Controlled, name: str = "children") -> list[str]:
    return table.written().get_column(name).to_list()


# Worked examples


@pytest.mark.parametrize(
    ("values", "printed"),
    [
        ((10, 20, 30), ["10", "20", "30", "60"]),  # nothing small, nothing hidden
        ((0, 20, 30), ["0", "20", "30", "50"]),  # a zero is shown
        ((3, 20, 30), ["c", "c", "30", "53"]),  # the smallest other row goes, not the total
        ((3, 2, 30), ["c", "c", "30", "35"]),  # two small ones protect each other: 3 + 2 or 2 + 3 or ...
        ((1, 1, 30, 8), ["c", "c", "30", "c", "40"]),  # two that add up to 2 do not
        ((5, 5, 40), ["c", "c", "c", "50"]),  # nor two that add up to 10: neither is over 5
        ((3, 0, 0), ["c", "0", "0", "c"]),  # the total is small itself
        ((5, 5, 0), ["c", "c", "c", "10"]),  # a zero, where nothing but the total is left
        ((5, 5), ["c", "c", "c"]),  # the total, where nothing is left
        ((6,), ["6", "6"]),
        ((1,), ["c", "c"]),
    ],
)
def test_rows_under_a_total(values: tuple[int, ...], printed: list[str]) -> None:
    assert shown(control(column(*values))[0]) == printed


def test_what_is_suppressed_is_null_and_keeps_its_type() -> None:
    table = control(column(3, 20, 30))[0]
    assert table.frame.get_column("children").to_list() == [None, None, 30, 53]
    assert table.frame.schema["children"] == pl.UInt32
    assert table.hidden.to_dict(as_series=False) == {"children": [True, True, False, False]}


def test_five_ones_under_a_five_are_all_hidden() -> None:
    assert shown(control(column(1, 1, 1, 1, 1))[0]) == ["c"] * 6


def test_across_rows_and_columns() -> None:
    table = control(cross([[3, 20, 30], [40, 7, 60], [70, 80, 90]]))[0]
    assert table.written().drop("label", "level").rows() == [
        ("c", "c", "30", "53"),
        ("c", "c", "60", "107"),
        ("70", "80", "90", "240"),
        ("113", "107", "180", "400"),
    ]


def grouped() -> pl.DataFrame:
    rows = [
        ("Adopted", "reason", "E11", 14),
        ("Adopted", "reason", "E12", 5),
        ("Adopted", "group", None, 19),
        ("Died", "reason", "E2", 0),
        ("Died", "group", None, 0),
        ("Home", "reason", "E4A", 74),
        ("Home", "reason", "E4B", 20),
        ("Home", "group", None, 94),
        (None, "total", None, 113),
    ]
    return pl.DataFrame(rows, schema=["group", "level", "reason", "children"], orient="row")


def test_subtotals_of_groups() -> None:
    published = Published(
        "reasons",
        grouped(),
        ("children",),
        (),
        (RowTotal(LEVEL == "group", LEVEL == "reason", by=("group",)), RowTotal(LEVEL == "total", LEVEL == "group")),
    )
    assert shown(control(published)[0]) == ["c", "c", "19", "0", "0", "74", "20", "94", "113"]


def test_a_number_two_tables_share_is_hidden_in_both() -> None:
    by_status, by_sex = column(5, 3, name="by status"), column(2, 6, name="by sex")
    total = [Place(name, "children", LEVEL == "total") for name in ("by status", "by sex")]
    link = Link(total[0], (total[1],))
    alone = control([by_status, by_sex])
    assert [shown(table) for table in alone] == [["c", "c", "8"], ["c", "c", "8"]]
    # 5 and 5 under 10: the total must go; the other table prints it, and its rows come to it.
    tight, other = column(5, 5, name="by status"), column(0, 10, name="by sex")
    assert shown(control([tight, other], links=[link])[1]) == ["0", "c", "c"]


def test_a_margin_two_tables_share_is_linked_by_its_rows() -> None:
    one, two = cross([[3, 17], [20, 30]], "one"), column(20, 50, name="two")
    link = Link(Place("two", "children", LEVEL == "row"), (Place("one", "all", LEVEL == "row"),), by=("label",))
    assert shown(control([one, two], links=[link])[1]) == ["20", "50", "70"]
    small = cross([[3, 0], [20, 30]], "one"), column(3, 50, name="two")
    first, second = control(small, links=[link])
    assert shown(first, "all") == shown(second)


def test_a_subset_of_the_same_children_is_the_same_in_each_part() -> None:
    """58 and 58: the parts are the same too, so that what is hidden in one is hidden in the other."""
    whole, part = column(3, 8, 47, name="whole"), column(3, 8, 47, name="part")
    tie = AtMost((Place("part", "children", EVERY),), (Place("whole", "children", EVERY),), by=("label",))
    first, second = control([whole, part], links=[tie])
    assert shown(first) == shown(second)
    assert shown(first)[-1] == "58"


def test_a_subset_bounds_what_it_lies_in() -> None:
    """What hides a 3 in one table is hidden in the other, where it would say the same."""
    whole, part = column(3, 8, 20, name="whole"), column(3, 7, 20, name="part")
    tie = AtMost((Place("part", "children", EVERY),), (Place("whole", "children", EVERY),), by=("label",))
    found = page(control([whole, part], links=[tie]))
    assert found["whole/1/children"] == found["part/1/children"] == "c"


def test_a_subset_that_does_not_hold_says_nothing() -> None:
    tables = column(3, 20, 30, name="whole"), column(7, 20, 30, name="part")
    tie = AtMost((Place("part", "children", EVERY),), (Place("whole", "children", EVERY),), by=("label",))
    assert page(control(tables, links=[tie])) == page(control(tables))


def test_what_is_alike_where_it_holds_is_one_number() -> None:
    one, other = column(5, 5, name="one"), column(0, 10, name="other")
    tie = Alike((Place("one", "children", LEVEL == "total"),), (Place("other", "children", LEVEL == "total"),))
    assert shown(control([one, other], links=[tie])[1]) == ["0", "c", "c"]
    more = column(0, 11, name="other")
    assert shown(control([one, more], links=[tie])[1]) == ["0", "11", "11"]


def test_tables_beside_stay_as_they_are_and_what_is_alike_is_hidden_alike() -> None:
    alone, now = column(3, 20, 30, 40), column(3, 20, 30, 48)
    assert shown(control(alone)[0]) == ["c", "c", "30", "40", "93"]
    assert shown(control(now, beside=Together((alone,)))[0]) == ["c", "c", "30", "48", "101"]
    # the 30 and the 40 can be read beside it; the 21 and the total cannot
    changed = column(3, 21, 30, 40)
    found = shown(control(changed, beside=Together((alone,)))[0])
    assert found[0] == "c"
    assert found[2:4] == ["30", "40"]
    assert found.count("c") > 1


def test_percentages_go_with_either_count() -> None:
    rows = {
        "label": ["a", "b", "c", "All"],
        "level": ["row", "row", "row", "total"],
        "denominator": [20, 4, 30, 54],
        "on_time": [18, 0, 30, 48],
        "late": [2, 4, 0, 6],
    }
    frame = pl.DataFrame(rows).with_columns(percent=percent("on_time", "denominator"))
    published = Published(
        "timeliness",
        frame,
        ("denominator", "on_time", "late"),
        (Percentage("percent", "on_time", "denominator"),),
        (ALL_ROWS,),
        (ColumnTotal("denominator", ("on_time", "late")),),
    )
    written = control(published)[0].written()
    for over, of, late, share in written.select("denominator", "on_time", "late", "percent").rows():
        assert (share == "c") == ("c" in (over, of))
        assert [over, of, late].count("c") != 1


def test_percentages_of_a_total_row_go_with_it() -> None:
    table = column(5, 5)
    frame = table.frame.with_columns(percent=percent("children", pl.lit(10)))
    share = Percentage("percent", "children", LEVEL == "total")
    given = Published("made", frame, ("children",), (share,), (ALL_ROWS,))
    assert shown(control(given)[0], "percent") == ["c", "c", "c"]


def test_the_rest_of_a_whole_is_a_number_too() -> None:
    frame = pl.DataFrame({"label": ["all"], "children": [50], "took_part": [48], "percent": [96.0]})
    share = Percentage("percent", "took_part", "children")
    assert control(Published("made", frame, ("children", "took_part"), (share,)))[0].written().row(0) == (
        "all",
        "50",
        "c",
        "c",
    )


def test_a_rate_goes_with_its_count() -> None:
    frame = pl.DataFrame({"month": ["April", "May"], "children": [4, 40], "rate": [0.8, 8.0]})
    published = Published("made", frame, ("children",), (Percentage("rate", "children"),))
    assert control(published)[0].written().rows() == [("April", "c", "c"), ("May", "40", "8.0")]


def test_rounding() -> None:
    values = [0, 4, 5, 14, 15, 475]
    frame = pl.DataFrame({"children": values}).with_columns(percent=percent("children", pl.lit(200)))
    table = control(Published("made", frame, ("children",), (Percentage("percent", "children"),)), "round")[0]
    assert shown(table) == ["0", "0", "10", "10", "20", "480"]
    assert shown(table, "percent") == ["0", "2", "3", "7", "8", "238"]


def test_none_changes_nothing() -> None:
    published = column(1, 2, 3)
    table = control(published, "none")[0]
    assert table.frame.equals(published.frame)
    assert shown(table) == ["1", "2", "3", "6"]


def test_percent() -> None:
    frame = pl.DataFrame({"part": [1, 0, 0, None], "whole": [8, 5, 0, 3]})
    assert frame.select(percent("part", "whole")).to_series().to_list() == [12.5, 0.0, None, None]


def test_cells_that_do_not_apply_stay_blank() -> None:
    frame = pl.DataFrame({"level": ["row", "row", "total"], "children": [3, None, 3]})
    assert shown(control(Published("made", frame, ("children",), row_totals=(ALL_ROWS,)))[0]) == ["c", None, "c"]


def test_a_table_without_rows() -> None:
    frame = pl.DataFrame(schema={"level": pl.String, "children": pl.UInt32})
    assert control(Published("made", frame, ("children",), row_totals=(ALL_ROWS,)))[0].written().height == 0


# What makes no sense


@pytest.mark.parametrize("method", ["hide", "", "Suppress"])
def test_no_such_method(method: str) -> None:
    with pytest.raises(ConfigError, match="suppress, round, none"):
        control(column(1), method)


def test_a_sum_that_does_not_hold() -> None:
    frame = pl.DataFrame({"level": ["row", "total"], "children": [456, 475]})
    with pytest.raises(ConfigError, match="not the sum of its parts"):
        control(Published("made", frame, ("children",), row_totals=(ALL_ROWS,)))


def test_two_totals() -> None:
    frame = pl.DataFrame({"level": ["row", "total", "total"], "children": [7, 7, 7]})
    with pytest.raises(ConfigError, match="2 rows"):
        control(Published("made", frame, ("children",), row_totals=(ALL_ROWS,)))


def test_a_count_below_0() -> None:
    with pytest.raises(ConfigError, match="below 0"):
        control(Published("made", pl.DataFrame({"change": [-3]}), ("change",)))


def test_columns_and_tables_that_are_not_there() -> None:
    with pytest.raises(ConfigError, match="late"):
        Published("made", pl.DataFrame({"a": [1]}), ("late",))
    with pytest.raises(ConfigError, match="not among its counts"):
        Published("made", pl.DataFrame({"a": [1], "b": [2], "p": [3]}), ("a",), (Percentage("p", "b"),))
    with pytest.raises(ConfigError, match="not published here"):
        control(column(1), links=[Link(Place("other", "children", LEVEL == "total"), ())])
    with pytest.raises(ConfigError, match="name of its own"):
        control([column(1), column(1)])


# A reader who tries to work it out. Nothing here uses the library's own cells or sums.

Equation = dict[str, int]


def unknowns(printed: dict[str, str], sums: list[tuple[str, list[str]]]) -> list[Equation]:
    """Each sum of a printed page as an equation between what is hidden."""
    equations = []
    for total, parts in sums:
        equation = Counter({name: 1 for name in parts if printed[name] == "c"})
        if printed[total] == "c":
            equation[total] -= 1
        equations.append({name: sign for name, sign in equation.items() if sign})
    return [equation for equation in equations if equation]


def solved(equations: list[Equation]) -> set[str]:
    """The unknowns that elimination with exact fractions leaves one value for."""
    names = sorted({name for equation in equations for name in equation})
    matrix = [[Fraction(equation.get(name, 0)) for name in names] for equation in equations]
    lead = 0
    for place in range(len(names)):
        pivot = next((n for n in range(lead, len(matrix)) if matrix[n][place]), None)
        if pivot is None:
            continue
        matrix[lead], matrix[pivot] = matrix[pivot], matrix[lead]
        matrix[lead] = [value / matrix[lead][place] for value in matrix[lead]]
        for n, row in enumerate(matrix):
            if n != lead and row[place]:
                matrix[n] = [a - row[place] * b for a, b in zip(row, matrix[lead], strict=True)]
        lead += 1
    rows = [[name for name, value in zip(names, row, strict=True) if value] for row in matrix]
    return {row[0] for row in rows if len(row) == 1}


def page(tables: list[Controlled]) -> dict[str, str]:
    """What is printed, by table, row and column."""
    return {
        f"{table.name}/{row}/{name}": text
        for table in tables
        for name in table.hidden.columns
        for row, text in enumerate(table.written().get_column(name))
    }


def sums_in(table: Published) -> list[tuple[str, list[str]]]:
    """The sums of a table that `cross` or `column` made."""
    last, width = table.frame.height - 1, table.counts
    down = [(f"{table.name}/{last}/{c}", [f"{table.name}/{r}/{c}" for r in range(last)]) for c in width]
    if len(width) == 1:
        return down
    return down + [
        (f"{table.name}/{r}/all", [f"{table.name}/{r}/{c}" for c in width if c != "all"]) for r in range(last + 1)
    ]


small_counts = st.sampled_from([0, 0, 1, 1, 2, 3, 5, 5, 6, 7, 12, 40])


@st.composite
def crosses(draw: st.DrawFn, rows: int = 6, columns: int = 5) -> Published:
    width = draw(st.integers(1, columns))
    return cross(draw(st.lists(st.lists(small_counts, min_size=width, max_size=width), min_size=1, max_size=rows)))


@given(crosses())
@settings(max_examples=150, deadline=None)
def test_nothing_hidden_can_be_solved(table: Published) -> None:
    printed = page(control(table))
    assert solved(unknowns(printed, sums_in(table))) == set()
    for spot, text in printed.items():
        _, row, name = spot.split("/")
        value = table.frame.get_column(name)[int(row)]
        assert text == "c" if 1 <= value <= 5 else text in ("c", str(value))


@given(crosses(rows=3, columns=2))
@settings(max_examples=80, deadline=None)
def test_no_hidden_number_is_the_only_one_that_fits(table: Published) -> None:
    """Every other page within one of the true one, knowing which cells are hidden for being small."""
    printed = page(control(table))
    everything = dict.fromkeys(printed, "c")
    assert alternatives(table, printed) >= {spot for spot, text in printed.items() if text == "c"} & alternatives(
        table, everything
    )


def alternatives(table: Published, printed: dict[str, str]) -> set[str]:
    """The cells that have another value in some page that looks the same."""
    names, last = table.counts, table.frame.height - 1
    inner = [c for c in names if c != "all"]
    true = {f"{table.name}/{r}/{c}": table.frame.get_column(c)[r] for r in range(last + 1) for c in names}
    found: set[str] = set()
    for steps in product((-1, 0, 1), repeat=last * len(inner)):
        step = {(r, c): steps[r * len(inner) + n] for r in range(last) for n, c in enumerate(inner)}
        step |= {(last, c): sum(step[r, c] for r in range(last)) for c in inner}
        step |= {(r, "all"): sum(step[r, c] for c in inner) for r in range(last + 1)}
        moved = {f"{table.name}/{r}/{c}": by for (r, c), by in step.items() if by}
        if all(fits(true[spot], by, printed[spot]) for spot, by in moved.items()):
            found |= moved.keys()
    return found


def fits(true: int, by: int, text: str) -> bool:
    if text != "c":
        return False
    return 1 <= true + by <= 5 if 1 <= true <= 5 else true + by >= 0


@given(st.lists(st.tuples(*(st.sampled_from("abc"), st.sampled_from("xyz"), st.booleans())), min_size=1, max_size=70))
@settings(max_examples=60, deadline=None)
def test_nothing_can_be_solved_between_tables_of_the_same_children(children: list[tuple[str, str, bool]]) -> None:
    """Three tables of the same children, all linked: group by sex, group by asylum, and the groups alone."""
    groups = sorted({group for group, _, _ in children})

    def count(**wanted: object) -> int:
        keys = ("group", "sex", "asylum")
        return sum(all(dict(zip(keys, child, strict=True))[k] == v for k, v in wanted.items()) for child in children)

    by_sex = cross([[count(group=g, sex=s) for s in "xyz"] for g in groups], "by sex")
    asylum = cross([[count(group=g, asylum=a) for a in (True, False)] for g in groups], "asylum")
    alone = column(*(count(group=g) for g in groups), name="alone")
    links = [
        Link(Place("alone", "children", LEVEL.is_not_null()), (Place(name, "all", LEVEL.is_not_null()),), by=("label",))
        for name in ("by sex", "asylum")
    ]
    printed = page(control([by_sex, asylum, alone], links=links))
    sums = [each for table in (by_sex, asylum, alone) for each in sums_in(table)]
    for row in range(len(groups) + 1):
        one = [f"alone/{row}/children", f"by sex/{row}/all", f"asylum/{row}/all"]
        assert len({printed[spot] for spot in one}) == 1
        sums += [(one[0], [one[1]]), (one[0], [one[2]])]
    assert solved(unknowns(printed, sums)) == set()


@given(crosses())
@settings(max_examples=30, deadline=None)
def test_it_comes_out_the_same_each_time(table: Published) -> None:
    assert control(table)[0].written().equals(control(table)[0].written())


@given(st.lists(st.integers(6, 99), min_size=2, max_size=9), st.integers(1, 5))
def test_totals_stay_where_a_row_can_go(large: list[int], small: int) -> None:
    printed = shown(control(column(small, *large))[0])
    assert printed[-1] == str(small + sum(large))
    assert printed.count("c") == 2
    assert printed[1 + large.index(min(large))] == "c"


@given(st.lists(small_counts, min_size=1, max_size=12))
def test_rounded_rows_never_give_a_number_away(values: list[int]) -> None:
    """The widest and narrowest sums that print so are apart: no row is the only one that fits."""
    frame = control(column(*values), "round")[0].frame.get_column("children").to_list()
    *rows, total = frame
    low, high = sum(max(0, row - 5) for row in rows), sum(row + 4 for row in rows)
    assert max(low, total - 5) < min(high, total + 4) or total == 0


def test_a_large_page_takes_seconds_and_little_is_hidden_that_is_not_small() -> None:
    made = random.Random(7)
    cells = [[made.choice([0, 2, 4, 9, made.randint(0, 60)]) for _ in range(12)] for _ in range(40)]
    table = cross(cells)
    printed = page(control(table))
    assert solved(unknowns(printed, sums_in(table))) == set()
    small = sum(table.frame.get_column(name).is_between(1, 5).sum() for name in table.counts)
    assert list(printed.values()).count("c") < 1.12 * small
