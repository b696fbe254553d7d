"""Workbooks: what is in their cells, where their headers stand, and what is said of sheets and cells."""

from __future__ import annotations

import datetime as dt

import pytest

from returns903.errors import InputError

from .books import REVIEWS, SHEET, edited, rewritten, with_rows, without, workbook

MIXED = {
    2: ["CHILD", "DOB", "Review", "REVIEW_CODE", "X"],
    3: [1005214, dt.date(2010, 2, 1), "03/05/2024", "pn1", 1.5],
    5: ["C2", "SECRET", dt.datetime(2024, 6, 4, 13, 30), "PN2", None],
    6: ["2024-02-01 00:00:00", "2011-02-01", "2024-02-01 00:00:00", 7.0, "SECRET"],
}


def test_each_sheet_of_a_workbook_may_hold_a_table(read):
    oc3 = [["CHILD", "DOB", "IN_TOUCH", "ACTIV", "ACCOM"], ["C1", "01/02/2007", "YES", "F1", "T1"]]
    sheets = {"Reviews": MIXED, "Sheet2": {}, "OC3": oc3, "Help": [["SECRET"]]}
    result = read(workbook(sheets, indent=1), "r.xlsx")
    frame = result.tables["Reviews"]
    assert frame.select("line", "file", "CHILD", "REVIEW", "REVIEW_CODE").rows() == [
        (4, "r.xlsx [Reviews]", "1005214", dt.date(2024, 5, 3), "PN1"),
        (6, "r.xlsx [Reviews]", "C2", dt.date(2024, 6, 4), "PN2"),
        (7, "r.xlsx [Reviews]", "2024-02-01 00:00:00", None, "7"),
    ]
    assert frame.select("DOB", "DOB.text", "REVIEW.text").rows() == [
        (dt.date(2010, 2, 1), None, None),
        (None, "SECRET", None),
        (None, "2011-02-01", "2024-02-01 00:00:00"),
    ]
    assert result.tables["OC3"]["ACCOM"].to_list() == ["T1"]
    assert {(n.kind, n.file) for n in result.notes} >= {
        ("empty", "r.xlsx [Sheet2]"),
        ("ignored file", "r.xlsx [Help]"),
        ("ignored column", "r.xlsx [Reviews]"),
    }
    assert not any("SECRET" in note.message for note in result.notes)


def cell(read, written, column="REVIEW", **options):
    """What a cell of a workbook is read as: the text, or the day."""
    data = workbook({"Reviews": [REVIEWS[0], ["C1", "01/02/2010", written, "PN1"]]}, **options)
    frame = read(data, "r.xlsx").tables["Reviews"]
    return frame["REVIEW"][0] or frame["REVIEW.text"][0]


@pytest.mark.parametrize("options", [{}, {"date_1904": True}])
@pytest.mark.parametrize(
    ("written", "found"),
    [
        (dt.date(2024, 5, 1), dt.date(2024, 5, 1)),
        (dt.datetime(2024, 5, 1, 23, 59), dt.date(2024, 5, 1)),
        ("01/05/2024", dt.date(2024, 5, 1)),
        ("2024-05-01 00:00:00", "2024-05-01 00:00:00"),
        ("2024-05-01T00:00:00", "2024-05-01T00:00:00"),
        (45413, "45413"),
        (45413.0, "45413"),
        (True, "TRUE"),
    ],
)
def test_only_a_cell_that_is_a_date_becomes_one(read, written, found, options):
    assert cell(read, written, **options) == found


def test_a_time_without_a_day_is_no_day(read):
    assert cell(read, dt.time(0, 0)) == "1899-12-31 00:00:00"


@pytest.mark.parametrize(
    ("value", "found"), [("2024-05-01", dt.date(2024, 5, 1)), ("2024-05-01T10:00:00", dt.date(2024, 5, 1)), ("x", "X")]
)
def test_dates_may_be_written_in_words_of_their_own(read, value, found):
    row = f'<row r="3"><c r="A3" t="str"><v>C2</v></c><c r="C3" t="d"><v>{value}</v></c></row>'
    frame = read(with_rows(row), "r.xlsx").tables["Reviews"]
    assert (frame["REVIEW"][1] or frame["REVIEW.text"][1]) == found


@pytest.mark.parametrize(
    ("titles", "said"),
    [
        ([], None),
        ([[], []], None),
        ([["Children reviewed in the year SECRET"]], "the header stands here; 1 row above it left out"),
        ([["Reviews"], [], ["from", "SECRET"]], "the header stands here; 2 rows above it left out"),
    ],
)
def test_a_header_may_stand_below_titles(read, titles, said):
    result = read(workbook({"Reviews": [*titles, *REVIEWS]}), "r.xlsx")
    assert result.tables["Reviews"].select("line", "CHILD").rows() == [(len(titles) + 2, "C1")]
    notes = [note for note in result.notes if note.kind == "lines above"]
    assert [(n.table, n.place, n.message) for n in notes] == (
        [("Reviews", f"r.xlsx [Reviews]:{len(titles) + 1}", said)] if said else []
    )


def test_a_header_that_comes_near_is_not_read(read):
    with pytest.raises(
        InputError, match=r"r\.xlsx \[A\] line 3: the columns of no table are there; nearest is Episodes"
    ):
        read(workbook({"A": [["title"], [], ["CHILD", "DECOM", "LS", "CIN", "Ended"], ["SECRET"]]}), "r.xlsx")


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_read_and_told(read, state):
    result = read(rewritten('(name="Reviews" )', rf'\1state="{state}" ', "xl/workbook.xml"), "r.xlsx")
    assert result.tables["Reviews"].height == 2
    assert [note.file for note in result.notes if note.kind == "hidden sheet"] == ["r.xlsx [Reviews]"]


FORMULA = "<f>UPPER(&quot;SECRET&quot;)</f>"


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (f'<c r="C3">{FORMULA}</c>', [("formula", 3, 1)]),
        (f'<c r="C3">{FORMULA}<v/></c><c r="D3" s="0">{FORMULA}<v></v></c>', [("formulas", 3, 2)]),
        ("<c r='C3'><f t='shared' si='0'/> <v> </v> </c>", [("formula", 3, 1)]),
        (f'<x:c xmlns:x="u" r="C3">{FORMULA.replace("f>", "x:f>")}<x:v/></x:c>', [("formula", 3, 1)]),
        (f'<c r="C3" t="str">{FORMULA}<v></v></c>', []),
        (f'<c r="C3">{FORMULA}<v>45413</v></c>', []),
        ('<c r="C3" t="e"><v>#N/A</v></c>', [("error", 3, 1)]),
        (f'<c r="C3" t="e">{FORMULA}<v>#REF!</v></c><c r="D3">{FORMULA}</c>', [("formula", 3, 1), ("error", 3, 1)]),
        ('<c r="C3" t="str"><v>#N/A</v></c>', []),
    ],
)
def test_cells_that_come_out_blank_are_told(read, cells, told):
    result = read(with_rows(f'<row r="3"><c r="A3" t="str"><v>C2</v></c>{cells}</row>'), "r.xlsx")
    notes = [note for note in result.notes if note.kind == "no value"]
    assert [(n.file, n.line, n.count) for n in notes] == [("r.xlsx [Reviews]", line, count) for _, line, count in told]
    assert all(word in note.message for note, (word, _, _) in zip(notes, told, strict=True))
    assert not [note for note in result.notes if "SECRET" in note.message]


def test_the_first_of_the_blank_cells_and_their_columns_are_named(read):
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="str"><v>C2</v></c><c r="AB{n}" t="e"/></row>' for n in (3, 4))
    rows += f'<row r="9"><c r="B9">{FORMULA}</c><c r="D9">{FORMULA}</c></row>'
    said = [note.message for note in read(with_rows(rows), "r.xlsx").notes if note.kind == "no value"]
    assert said == [
        "read as blank: 2 formulas whose values were never worked out; open the workbook in Excel and save it "
        "(first B9, columns B, D)",
    ]


def sheet_of(cells):
    return f'<row r="9">{cells}</row>'


UNREAD = {
    "a cell in the last place there is": sheet_of('<c r="XFD1048576"><v>1</v></c>'),
    "a cell further than any": sheet_of('<c r="ZZZZZZ99999999999"><v>1</v></c>'),
    "a row further than any": '<row r="999999999"><c><v>1</v></c></row>',
    "a column beyond the last": sheet_of('<c r="XFE9"><v>1</v></c>'),
    "the reference given twice": sheet_of('<c r="A9" r="XFD1048576"><v>1</v></c>'),
    "a bracket in an attribute": sheet_of('<c x=">" r="XFD1048576"><v>1</v></c>'),
    "another kind of quotation": sheet_of("<c r = 'XFD1048576'><v>1</v></c>"),
    "small letters": sheet_of('<c r="xfd1048576"><v>1</v></c>'),
    "a prefix": sheet_of('<x:c xmlns:x="u" r="XFD1048576"><x:v>1</x:v></x:c>'),
    "cells without a place in a far row": '<row r="1048576">' + "<c><v>1</v></c>" * 30 + "</row>",
    "no column": sheet_of('<c r="9"><v>1</v></c>'),
    "no row": sheet_of('<c r="A"><v>1</v></c>'),
    "no place": sheet_of('<c r=""><v>1</v></c>'),
    "text that is not there": sheet_of('<c r="A9" t="s"><v>999</v></c>'),
    "a kind that is not there": sheet_of('<c r="A9" t="SECRET"><v>SECRET</v></c>'),
    "an entity": sheet_of('<c r="A9" t="str"><v>&SECRET;</v></c>'),
}
"""Rows that make a sheet unreadable."""


@pytest.mark.parametrize("what", UNREAD)
def test_a_bad_sheet_is_told_and_the_others_are_read(read, what, capfd, caplog):
    result = read(with_rows(UNREAD[what]), "r.xlsx")
    assert result.tables["Reviews"]["file"].to_list() == ["r.xlsx [Other]"]
    assert [(note.table, note.file) for note in result.unread if note.file] == [("Reviews", "r.xlsx [Reviews]")]
    assert not any("SECRET" in note.message for note in result.notes)
    assert (*capfd.readouterr(), caplog.text) == ("", "", "")


HARMLESS = {
    "a style far out": sheet_of('<c r="XFD9" s="1"/><c r="XFC9"></c>'),
    "a row without cells": '<row r="1048576"/>',
    "an empty cell in the last place": '<row r="1048576"><c r="XFD1048576" s="1"/></row>',
    "a dimension that is not true": "",
    "a far cell in a comment": '<!-- <c r="XFD1048576"><v>1</v></c> -->',
    "a value that is no number": sheet_of('<c r="A9"><v>abc</v></c>'),
    "a style that is not there": sheet_of('<c r="A9" s="999"><v>1</v></c>'),
    "cells without places": "<row><c><v>1</v></c></row>",
}


@pytest.mark.parametrize("what", HARMLESS)
def test_what_does_no_harm_is_read(read, what, capfd, caplog):
    result = read(with_rows(HARMLESS[what]), "r.xlsx")
    assert result.tables["Reviews"]["file"].unique(maintain_order=True).to_list() == [
        "r.xlsx [Reviews]",
        "r.xlsx [Other]",
    ]
    assert not [note for note in result.unread if note.file]
    assert (*capfd.readouterr(), caplog.text) == ("", "", "")


@pytest.mark.parametrize("dimension", ["A1:ZZZZZZ99999999999", "A1:XFD1048576", "B7"])
def test_what_a_sheet_says_of_its_size_does_no_harm(read, dimension, capfd, caplog):
    result = read(rewritten('<dimension ref="[^"]*"', f'<dimension ref="{dimension}"'), "r.xlsx")
    assert result.tables["Reviews"].height == 2
    assert (*capfd.readouterr(), caplog.text) == ("", "", "")


NO_WORKBOOK = {
    "no list of sheets": lambda: without("xl/workbook.xml"),
    "no links": lambda: without("xl/_rels/workbook.xml.rels"),
    "no texts": lambda: without("xl/sharedStrings.xml"),
    "no sheet": lambda: without(SHEET),
    "a list of sheets that is no XML": lambda: rewritten(".*", "SECRET", "xl/workbook.xml"),
    "a binary workbook": lambda: edited(without("xl/workbook.xml"), {"xl/styles.xml": None}),
    "a cut sheet": lambda: edited(workbook({"Reviews": REVIEWS}), {SHEET: lambda xml: xml[: len(xml) // 2]}),
}


@pytest.mark.parametrize("what", NO_WORKBOOK)
def test_a_workbook_that_cannot_be_read(read, what, capfd):
    with pytest.raises(InputError, match=r"^r\.xlsx( \[Reviews\])?: ") as caught:
        read(NO_WORKBOOK[what](), "r.xlsx")
    assert "SECRET" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


def test_macros_are_no_matter(read):
    data = edited(workbook({"Reviews": REVIEWS}), {"docProps/app.xml": lambda _: b"SECRET"})
    assert read(data, "r.xlsm").tables["Reviews"].height == 1


def test_a_workbook_that_unpacks_to_too_much_is_refused(read, monkeypatch):
    monkeypatch.setattr("returns903.reading.workbooks.WORKBOOK_BYTES", 1000)
    with pytest.raises(InputError, match=r"^r\.xlsx: unpacks to more than"):
        read(workbook({"Reviews": REVIEWS}), "r.xlsx")


def test_what_a_workbook_says_of_the_size_of_a_part_is_not_believed(read):
    data = bytearray(workbook({"Reviews": REVIEWS}))
    start = data.rindex(SHEET.encode()) - 46  # its entry in the directory of the zip
    data[start + 24 : start + 28] = (10).to_bytes(4, "little")
    with pytest.raises(InputError, match=r"^r\.xlsx: not an Excel workbook"):
        read(bytes(data), "r.xlsx")
