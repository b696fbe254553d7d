"""The Department's data sets: their rows, the sums of cells they are told from, and the symbols."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import polars as pl
import pytest

from returns903.published.catalogue import DEFINITIONS
from returns903.published.collect import Sheet, Tables, collect
from returns903.published.definition import Options
from returns903.published.department import DATA_SETS
from returns903.published.department.figures import PLACE, REGIONS, SYMBOLS, Figure, Row, place, rows
from returns903.published.department.lines import Cells, DataSet, Line
from returns903.reference.authorities import all_authorities
from returns903.reports.tables.pack import STATUTORY, definitions
from tests.reports.tables_example import example, small

DATA_SET = {of.name: of for of in DATA_SETS}
NUMBER = pl.col("number")


def told(numbers: list[int | None], hidden: list[bool] | None = None, **other: object) -> Tables:
    """A table of these numbers, some of them suppressed."""
    masks = hidden or [False] * len(numbers)
    sheet = Sheet(DEFINITIONS["breakdowns"], pl.DataFrame({"number": numbers}), pl.DataFrame({"number": masks}))
    return replace(Tables((sheet,), "2024-25", None, "suppress"), **other)  # type: ignore[arg-type]


def only(of: Cells | None, over: Cells | None, tables: Tables, *, applies: bool = True) -> tuple[Figure, Figure]:
    """The number and share of a single row."""
    (found,) = rows(DataSet("a", "A", (Line("", "a", of, over, applies),)), tables)
    return found.number, found.share


def cells(*numbers: int) -> Cells:
    return Cells("breakdowns", NUMBER.is_in(numbers), "number")


@pytest.mark.parametrize(
    ("of", "over", "found"),
    [
        (cells(30), cells(200), (30, 15)),
        (cells(30, 41), cells(200), (71, 36)),
        (cells(7), cells(1400), (7, 1)),
        (cells(6), cells(1400), (6, "k")),
        (cells(0), cells(200), (0, 0)),
        (cells(0), cells(0), (0, "z")),
        (cells(999), cells(200), ("x", "x")),
        (cells(30), cells(999), (30, "x")),
        (cells(30), None, (30, "z")),
        (None, cells(200), ("x", "x")),
        (None, None, ("x", "x")),
        (Cells("elsewhere", NUMBER == 30), cells(200), ("x", "x")),
    ],
)
def test_a_row_is_a_sum_of_cells_and_its_share_a_whole_number(
    of: Cells | None, over: Cells | None, found: tuple[Figure, Figure]
) -> None:
    assert only(of, over, told([30, 41, 200, 6, 7, 1400, 0])) == found


def test_one_suppressed_cell_hides_the_sum_and_every_share_of_it() -> None:
    tables = told([30, None, 200], [False, True, False])
    everything = Cells("breakdowns", pl.lit(value=True), "number")
    assert only(everything, cells(200), tables) == ("c", "c")
    assert only(cells(30), everything, tables) == (30, "c")


def test_a_row_that_there_is_not_is_not_applicable() -> None:
    assert only(None, cells(200), told([200]), applies=False) == ("z", "z")


def test_a_number_that_is_null_is_not_available() -> None:
    assert only(Cells("breakdowns", NUMBER.is_null(), "number"), cells(200), told([None, 200])) == ("x", "x")


def test_the_columns_of_place_hold_the_year_s_end_and_the_authority() -> None:
    tables = told([1], authority="Barking and Dagenham", last_year="2023-24")
    assert dict(zip(PLACE, place(tables), strict=True)) == {
        "time_period": "2025",
        "time_identifier": "Reporting year",
        "geographic_level": "Local authority",
        "country_code": "E92000001",
        "country_name": "England",
        "region_code": "E13000002",
        "region_name": "Outer London",
        "old_la_code": "301",
        "la_name": "Barking and Dagenham",
        "new_la_code": "E09000002",
    }
    assert place(tables, last_year=True)[0] == "2024"
    assert place(told([1]))[5:] == ("", "", "", "", "")
    assert place(told([1], authority="Nowhere"))[5:] == ("", "", "", "Nowhere", "")


def test_every_authority_lies_in_a_region_with_a_code() -> None:
    assert {each.region for each in all_authorities()} <= set(REGIONS)


def all_cells() -> list[Cells]:
    found = [each for of in DATA_SETS for line in of.lines for each in (line.of, line.over)]
    return [each for each in found if each is not None]


def test_every_row_is_told_from_rows_that_there_are() -> None:
    tables = collect(example(), definitions(STATUTORY), "none", Options(population=90_000))
    for each in all_cells():
        frame = tables[each.table].frame
        assert each.column in frame.columns
        assert not tables[each.table].of.complete or frame.filter(each.rows).height, each.rows


def _rows(name: str, tables: Tables) -> dict[tuple[str, str], Row]:
    return {(row.group, row.label): row for row in rows(DATA_SET[name], tables)}


def test_the_rows_of_the_example_are_those_of_its_tables() -> None:
    tables = collect(example(), definitions(STATUTORY), "none")
    found = _rows("la_cla_on_31_march_by_characteristics", tables)
    groups = tables["breakdowns"].frame.filter(breakdown="placement_group")
    other = groups.filter(pl.col("category").is_in(["Other placements", "Temporary placements"]))
    assert found["Placement", "Other placements"].number == other.get_column("children").sum() > 0
    for group in ("Age group", "Ethnicity", "Placement", "Sex", "Unaccompanied asylum-seeking children"):
        parts = [row.number for (of, label), row in found.items() if of == group and label != "Total"]
        assert sum(n for n in parts if isinstance(n, int)) == found[group, "Total"].number == 835
        assert found[group, "Total"].share == 100
    ceased = _rows("la_children_who_ceased_during_the_year", tables)
    assert ceased["Age on ceasing", "Total"].number == ceased["Reason episode ceased", "Total"].number == 456
    ages = [row.number for (group, label), row in ceased.items() if group == "Age on ceasing" and label != "Total"]
    assert sum(n for n in ages if isinstance(n, int)) == 456
    assert ceased["Reason episode ceased", "Adopted"].number == 19
    assert _rows("la_cla_swcount", tables)["CLA on 31 March", "Total children"].number == "x"


def test_the_rate_is_per_10_000_of_the_population_that_is_given() -> None:
    for options, expected in ((Options(population=90_000), (90_000, 835, 93)), (Options(), ("x", 835, "x"))):
        tables = collect(example(), definitions(STATUTORY), "none", options)
        row = _rows("cla_number_and_rate_per_10k_children", tables)["", "Children looked after on 31 March each year"]
        assert (row.base, row.number, row.share) == expected


def test_what_the_return_has_no_file_for_is_not_available() -> None:
    tables = collect(small(), definitions(STATUTORY), "suppress")
    found = [row.number for row in rows(DATA_SET["la_care_leavers_activity"], tables)]
    assert Counter(found) == {"x": 22, "z": 2}


def test_a_suppressed_number_is_never_a_sum_that_gives_it_away() -> None:
    """What is told of the data sets follows from the tables as they are shown."""
    shown = collect(example(), definitions(STATUTORY), "suppress")
    bare = collect(example(), definitions(STATUTORY), "none")
    for of in DATA_SETS:
        for safe, plain in zip(rows(of, shown), rows(of, bare), strict=True):
            assert safe.number in (plain.number, "c")
            assert safe.share in (plain.share, "c")
            assert safe.number not in range(1, 6)


def test_a_number_that_rests_too_much_on_assumptions_is_not_available() -> None:
    of = DEFINITIONS["placement_stability"]
    numbers = {"measure": ["two_years_in_one_placement"] * 2, "denominator": [100, 100], "children": [60, 61]}
    frame = pl.DataFrame(numbers)
    sheet = Sheet(
        of,
        frame,
        pl.DataFrame({"children": [False] * 2}),
        ranges=pl.DataFrame({"percent": ["50 to 70", None]}),
    )
    tables = Tables((sheet,), "2024-25", None, "suppress")
    over = Cells(of.name, pl.col("children") == 61, "denominator")
    assert only(Cells(of.name, pl.col("children") == 60), over, tables) == ("x", "x")
    assert only(Cells(of.name, pl.col("children") == 61), over, tables) == (61, 61)


def test_every_symbol_is_explained_and_every_label_stands_once() -> None:
    assert set(SYMBOLS) == set("cxzk")
    for of in DATA_SETS:
        assert max(Counter((line.group, line.label) for line in of.lines).values()) == 1
        assert len(of.columns) == len(set(of.columns))
