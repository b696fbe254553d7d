from __future__ import annotations

import pytest

from returns903.reading import notes_frame
from returns903.reading.recognise import NotFound, distinctive, recognise
from returns903.tables import TABLES, Header

REVIEWS = "CHILD,DOB,REVIEW,REVIEW_CODE\n"


def noted(read, kind):
    return [(note.column, note.count) for note in read.notes if note.kind == kind]


def test_every_table_has_columns_of_its_own():
    assert all(distinctive().values())
    assert distinctive()["UASC"] == {"DUC"}


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_recognised_by_its_columns(name):
    assert recognise(list(TABLES[name].columns())) is TABLES[name]
    assert recognise([f" {column.lower()}\ufeff" for column in reversed(list(TABLES[name].columns()))]) is TABLES[name]


@pytest.mark.parametrize(
    ("headers", "table"),
    [
        ("CHILD SEX DOB", None),
        ("CHILD SEX DOB ETHNIC", None),
        ("CHILD SEX DOB ETHNIC UPN", "Header"),
        ("CHILD SEX DOB ETHNIC UPN MOTHER MC_DOB UASC DUC", "Header"),
        ("CHILD SEX DOB DUC", "UASC"),
        ("CHILD SEX DOB DUC ETHNIC", "UASC"),
        ("CHILD DOB ACTIV", None),
        ("CHILD DOB ACTIV ACCOM", "OC3"),
        ("CHILD DOB ACTIV ACCOM IN_TOUCH ETHNIC UPN MOTHER MC_DOB", None),
        ("CHILD DOB SEX DECOM RNE LS CIN PLACE DEC REC PL_LA", "Episodes"),
        ("A B C", None),
        ("", None),
    ],
)
def test_half_of_the_distinctive_columns_and_twice_those_of_any_other_table(headers, table):
    found = recognise(headers.split())
    assert isinstance(found, NotFound) if table is None else found is TABLES[table]


def test_cells_are_trimmed_and_put_in_capitals_and_each_counted_once(read):
    result = read(REVIEWS + " c1\xa0,01/01/2010,,pn1\nc2,\u2003,,PN1 \nC3,,,\n")
    assert result.tables["Reviews"].select("CHILD", "REVIEW_CODE").rows() == [
        ("C1", "PN1"),
        ("C2", "PN1"),
        ("C3", None),
    ]
    assert noted(result, "normalised") == [("CHILD", 2), ("DOB", 1), ("REVIEW_CODE", 2)]


def test_dates_without_a_leading_zero_are_read_and_counted(read):
    result = read(REVIEWS + "C1,1/2/2010,3/05/2024,PN1\nC2,01/02/2010,31/2/2024,PN1\n")
    assert noted(result, "repaired") == [("DOB", 1), ("REVIEW", 1)]


def test_each_unreadable_date_is_noted_with_its_place_but_not_its_value(read):
    result = read(REVIEWS + "C1,01/02/2010,SECRET,PN1\n\nC2,31/02/2010,01/02/24,PN1\n")
    notes = [note for note in result.notes if note.kind == "unreadable"]
    assert [(n.table, n.file, n.line, n.row, n.child, n.column) for n in notes] == [
        ("Reviews", "made.csv", 4, 1, "C2", "DOB"),
        ("Reviews", "made.csv", 2, 0, "C1", "REVIEW"),
        ("Reviews", "made.csv", 4, 1, "C2", "REVIEW"),
    ]
    assert not any("SECRET" in n.message or "/24" in n.message for n in notes)
    assert result.tables["Reviews"]["REVIEW.text"].to_list() == ["SECRET", "01/02/24"]
    assert notes_frame(result.notes).height == len(result.notes)


def test_further_and_missing_columns_are_named(read):
    result = read(
        "CHILD,REVIEW,REVIEW_CODE,Remarks\x07 that go on for much longer than any header would\nC1,,PN1,SECRET\n"
    )
    assert noted(result, "missing column") == [("DOB", 1)]
    assert noted(result, "ignored column") == [("REMARKS? THAT GO ON FOR MUCH LONGER THAN", 1)]
    assert result.tables["Reviews"]["DOB"].to_list() == [None]


def test_derived_columns_are_not_taken_from_files(read):
    columns = [*TABLES["Episodes"].columns(), "PL_LA", "PL_DISTANCE"]
    result = read(",".join(columns) + "\nC1" + "," * (len(columns) - 1) + "3.0\n")
    assert noted(result, "ignored column") == [("PL_LA", 1), ("PL_DISTANCE", 1)]
    assert not {"PL_LA", "PL_DISTANCE"} & set(result.tables["Episodes"].columns)
    header = read(",".join([*Header.columns(), "UASC"]) + "\nC1,,,,,,,1\n")
    assert noted(header, "ignored column") == [("UASC", 1)]
