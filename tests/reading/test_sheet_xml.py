"""How far the cells of a sheet reach, and which of them come out blank though something stands in them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest

from returns903.errors import InputError
from returns903.limits import HEADER_ROWS, SHEET_CELLS, SHEET_ROWS
from returns903.reading.notes import UnreadError
from returns903.reading.sheet_xml import Blanks, letters, look_through, named

from .books import REVIEWS, edited, rewritten, workbook

FORMULA = "<f>A1</f>"


def look(xml: str) -> Blanks:
    return look_through("r.xlsx [A]", xml.encode())


@pytest.mark.parametrize(
    ("column", "name"), [(1, "A"), (2, "B"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (702, "ZZ"), (703, "AAA")]
)
def test_columns_are_named_as_excel_names_them(column: int, name: str) -> None:
    assert letters(column) == name
    assert named((7, column)) == f"{name}7"
    assert look(f'<row r="9"><c r="{name}9" t="e"><v>x</v></c></row>').errors == [(9, column)]
    assert look(f'<row r="9"><c r="{name.lower()}9" t="e"><v>x</v></c></row>').errors == [(9, column)]


def test_cells_without_a_place_follow_each_other() -> None:
    error = '<c t="e"><v>x</v></c>'
    rows = f'<row>{error}{error}</row><row r="7">{error}<c r="F7"/>{error}</row><row><c/>{error}</row>'
    assert look(rows).errors == [(1, 1), (1, 2), (7, 1), (7, 7), (8, 2)]


def test_a_place_that_is_given_twice_counts_as_given_last() -> None:
    assert look('<row r="1" r="3"><c r="A3" r="B3" t="e"><v>x</v></c></row>').errors == [(3, 2)]
    assert look('<row r="1" r="3"><c t="e"><v>x</v></c></row>').errors == [(3, 1)]


@pytest.mark.parametrize(
    ("cell", "unvalued", "errors"),
    [
        (f'<c r="B2">{FORMULA}</c>', 1, 0),
        (f'<c r="B2">{FORMULA}<v>1</v></c>', 0, 0),
        (f'<c r="B2" t="str">{FORMULA}</c>', 0, 0),
        (f'<c r="B2" t="e">{FORMULA}<v>x</v></c>', 0, 1),
        (f'<c r="B2" t="e">{FORMULA}</c>', 0, 1),
        ('<c r="B2" t="e"/>', 0, 0),
        ('<c r="B2" t="e"></c>', 0, 0),
        ('<c r="B2"><v>1</v></c>', 0, 0),
        (f'<!-- <c r="B2">{FORMULA}</c> --><x:c/>', 0, 0),
    ],
)
def test_formulas_without_a_value_and_errors(cell: str, unvalued: int, errors: int) -> None:
    found = look(f'<row r="2">{cell}</row>')
    assert (found.unvalued, found.errors) == ([(2, 2)] * unvalued, [(2, 2)] * errors)


def test_each_formula_without_a_value_is_found() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}">{FORMULA}</c><c r="B{n}"><v>1</v></c></row>' for n in (3, 4))
    assert look(rows).unvalued == [(3, 1), (4, 1)]


FORTY = SHEET_CELLS // 40
"""The last row that a sheet may have whose last column is the fortieth, AN."""


@pytest.mark.parametrize(
    ("cells", "reaches"),
    [
        (["AN1", f"A{FORTY}"], None),
        ([f"A{FORTY}", "AN1"], None),
        (["AN1", f"A{FORTY + 1}"], f"AN{FORTY + 1}"),
        ([f"A{FORTY + 1}", "B1", "AN1"], f"AN{FORTY + 1}"),
        (["XFD1", "AA1"], None),
        ([f"AA{SHEET_ROWS}"], None),
        (["XFE1"], "XFE1"),
        ([f"AA{SHEET_ROWS + 1}"], f"AA{SHEET_ROWS + 1}"),
    ],
)
def test_how_far_the_cells_of_a_sheet_may_reach(cells: list[str], reaches: str | None) -> None:
    xml = "".join(f'<row><c r="{place}"><v>1</v></c></row>' for place in cells)
    if reaches is None:
        assert look(xml) == Blanks()
    else:
        with pytest.raises(
            UnreadError, match=rf"^r\.xlsx \[A\]: its cells reach to {reaches}: no table reaches so far"
        ):
            look(xml)


@pytest.mark.parametrize("reference", ["A", "9", "", "A1B", "AAAA1", "A12345678", "A-1"])
def test_a_place_that_no_sheet_has(reference: str) -> None:
    with pytest.raises(UnreadError, match=f"a cell or row stands at '{reference}', and no sheet has that place"):
        look(f'<row r="9"><c r="{reference}"><v>1</v></c><x:c/></row>')


@pytest.mark.parametrize("row", ["12345678", "x", "", "-1"])
def test_a_row_that_no_sheet_has(row: str) -> None:
    with pytest.raises(UnreadError, match=f"a cell or row stands at '{row}'"):
        look(f'<row r="{row}"><x:c/></row>')


def test_of_a_long_place_the_beginning_is_shown() -> None:
    with pytest.raises(UnreadError, match="stands at 'ABCDEFGHIJKL', and"):
        look('<row><c r="ABCDEFGHIJKLMN"><v>1</v></c></row>')


@pytest.mark.parametrize(
    ("day", "is_day"), [(dt.date(1900, 1, 1), True), (dt.date(1900, 1, 2), True), (dt.time(12, 0), False)]
)
def test_days_are_counted_from_the_first_of_1900(read, day, is_day):
    frame = read(workbook({"Reviews": [REVIEWS[0], ["C1", "", day, "PN1"]]}), "r.xlsx").tables["Reviews"]
    assert (frame["REVIEW"][0] == day) is is_day


@pytest.mark.parametrize("above", [HEADER_ROWS - 1, HEADER_ROWS])
def test_a_header_is_looked_for_among_the_first_rows_of_a_sheet(read, above):
    data = workbook({"Reviews": [["Title"]] * above + REVIEWS, "Other": REVIEWS})
    sheets = [item.file for item in read(data, "r.xlsx").inputs]
    assert sheets == (["r.xlsx [Reviews]"] if above < HEADER_ROWS else []) + ["r.xlsx [Other]"]


def test_a_sheet_with_a_blank_column_is_not_empty(read):
    rows = [[*row[:2], None, *row[2:]] for row in REVIEWS]
    assert read(workbook({"Reviews": rows}), "r.xlsx").tables["Reviews"]["CHILD"].to_list() == ["C1"]


def test_what_is_no_worksheet_is_passed_over(read):
    """A chart has a sheet of its own in the list; the sheets after it are read."""
    links = "xl/_rels/workbook.xml.rels"
    chart = rewritten('relationships/worksheet"( Target="worksheets/sheet1)', r'relationships/chartsheet"\1', links)
    result = read(chart, "r.xlsx")
    assert [item.file for item in result.inputs] == ["r.xlsx [Other]"]
    assert [note.file for note in result.notes if note.file and "Reviews" in note.file] == []


def test_parts_may_be_named_from_the_root(read):
    links = "xl/_rels/workbook.xml.rels"
    data = edited(
        workbook({"Reviews": REVIEWS}),
        {links: lambda xml: xml.replace(b'"worksheets/sheet1.xml"', b'"/xl/worksheets/sheet1.xml"')},
    )
    assert read(data, "r.xlsx").tables["Reviews"].height == 1


@pytest.mark.parametrize(("fewer", "is_read"), [(0, True), (1, False)])
def test_a_workbook_may_unpack_to_so_many_bytes(read, monkeypatch, fewer, is_read):
    data = workbook({"Reviews": REVIEWS})
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        names = [name for name in book.namelist() if not name.startswith(("docProps/", "xl/theme/"))]
        size = sum(book.getinfo(name).file_size for name in names)
    monkeypatch.setattr("returns903.reading.workbooks.WORKBOOK_BYTES", size - fewer)
    if is_read:
        assert read(data, "r.xlsx").tables["Reviews"].height == 1
    else:
        with pytest.raises(InputError, match="unpacks to more than"):
            read(data, "r.xlsx")
