"""Where a header stands, what a near-miss may be meant for, and what the name of a file speaks of."""

from __future__ import annotations

import pytest

from returns903.reading.recognise import Found, NotFound, find_header, nearest_column, table_named
from returns903.tables import TABLES, Reviews

REVIEWS = ["CHILD", "DOB", "REVIEW", "REVIEW_CODE"]


@pytest.mark.parametrize(
    ("above", "at"),
    [
        ([], 0),
        ([["SSDA903 return of Anywhere"], []], 2),
        ([["Review"], ["", "", ""], ["Children", "12"]], 3),
        ([["CHILD", "DOB", "SECRET"]], 1),
    ],
)
def test_a_header_is_found_below_titles(above, at):
    assert find_header([*above, REVIEWS, ["C1", "", "", "PN1"]]) == Found(Reviews, at)


@pytest.mark.parametrize(
    ("rows", "kind", "at", "said"),
    [
        ([], "ignored file", 0, "none of the first rows"),
        ([["Name", "SECRET"], ["SECRET", "1"]], "ignored file", 0, "none of the first rows"),
        ([["URN", "Setting name"]], "ignored file", 0, "none of the first rows"),
        ([["Title"], ["CHILD", "DEC"]], "not read", 1, "nearest is Episodes, without DECOM, RNE"),
        (
            [["Title"], ["CHILD", "DEC", "RNE", "SECRET decom"]],
            "not read",
            1,
            "Episodes, without DECOM (is it in place 4?)",
        ),
        ([["Child ID", "Review date", "Review code"]], "not read", 0, "REVIEW (is it in place 2?)"),
        ([[*REVIEWS, *TABLES["Missing"].columns()]], "not read", 0, "columns of several tables"),
    ],
)
def test_why_there_is_none(rows, kind, at, said):
    found = find_header(rows)
    assert isinstance(found, NotFound)
    assert (found.kind, found.at) == (kind, at)
    assert said in found.why
    assert "SECRET" not in found.why


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Decom date", "DECOM"),
        ("DECOM.", "DECOM"),
        ("place provider", "PLACE_PROVIDER"),
        ("HOMEPOST", "HOME_POST"),
        ("Child ID", "CHILD"),
        ("DECOMM", "DECOM"),
        ("DECOM", None),
        ("Name", None),
        ("", None),
        ("DECOM or DEC", None),
    ],
)
def test_the_column_a_header_may_be_meant_for(header, column):
    assert nearest_column(header, TABLES["Episodes"].columns()) == column


@pytest.mark.parametrize(
    ("file", "table"),
    [
        ("r.zip/deep/SSDA903_2024_episodes.csv", "Episodes"),
        ("Episodes 2024-25 v2.xls", "Episodes"),
        ("r.xlsx [Episodes]", "Episodes"),
        ("sw_episodes.txt", "SWEpisodes"),
        ("placed for adoption.xls", "PlacedAdoption"),
        ("previous_permanence.csv", "PrevPerm"),
        ("AD1", "AD1"),
        ("missing.pdf", "Missing"),
        ("Missing children: guidance.pdf", None),
        ("notes.docx", None),
        ("episodes.zip/notes.csv", None),
    ],
)
def test_the_table_a_name_speaks_of(file, table):
    assert table_named(file) == table
