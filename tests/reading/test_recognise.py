"""Where a header stands, what a near-miss may be meant for, and what the name of a file speaks of."""

from __future__ import annotations

import pytest

from returns903.reading.recognise import (
    Found,
    NotFound,
    did_you_mean,
    find_header,
    nearest_column,
    normal_header,
    recognise,
    slips_among,
    table_named,
    table_of,
)
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


PROSE = [".doc", ".docx", ".pdf", ".md", ".msg", ".eml", ".ppt", ".pptx"]


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
        *((f"missing{suffix}", "Missing") for suffix in PROSE),
        *((f"missing children{suffix}", None) for suffix in PROSE),
        ("notes.docx", None),
        ("episodes.zip/notes.csv", None),
    ],
)
def test_the_table_a_name_speaks_of(file, table):
    assert table_named(file) == table


def found_in(*rows):
    found = find_header(rows)
    return (found.kind, found.at, found.nearest)


def test_the_row_with_the_most_of_known_names_comes_nearest():
    one, two = ["CHILD", "DEC", "LS"], ["CHILD", "DEC", "LS", "RNE"]
    assert found_in(one, two, ["x"]) == ("not read", 1, "Episodes")
    assert found_in(two, one) == ("not read", 0, "Episodes")
    assert found_in(one, one) == ("not read", 0, "Episodes")  # the first of several


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ("CHILD DUC", "table"),
        ("DUC", "ignored file"),  # one column is no table, however much it is a table's own
        ("DUC DOBB", "not read"),  # but with a slip of another it comes near
        ("LS CHILD", "not read"),
        ("LS", "ignored file"),
        ("LS CIN", "not read"),
        ("CHILD DOB", "ignored file"),  # columns of many tables
        ("CHILD Review-date Review.code", "not read"),
        ("CHILD Review.code", "ignored file"),
        ("URN Setting", "ignored file"),
    ],
)
def test_how_near_columns_come_to_a_table(headers, kind):
    found = recognise(headers.split())
    assert ("table" if not isinstance(found, NotFound) else found.kind) == kind


def test_columns_of_several_tables_are_told_with_the_tables():
    found = recognise([*REVIEWS, *TABLES["Missing"].columns()])
    assert (found.kind, found.nearest, found.at) == ("not read", None, 0)
    assert found.why == "has the columns of several tables (Missing, Reviews); give each table its own file"


@pytest.mark.parametrize(
    ("headers", "table"),
    [
        # Reviews has two columns of its own and Missing three: twice as many, or none
        ("CHILD REVIEW REVIEW_CODE", "Reviews"),
        ("CHILD REVIEW", "Reviews"),
        ("CHILD MISSING MIS_START MIS_END REVIEW", "Missing"),
        ("CHILD MISSING MIS_START MIS_END REVIEW REVIEW_CODE", None),
        ("CHILD MISSING MIS_START REVIEW", "Missing"),
        ("CHILD MISSING", None),
    ],
)
def test_a_table_has_half_its_own_columns_and_twice_those_of_others(headers, table):
    found = table_of({*headers.split()})
    assert (found.name if found else None) == table


def test_a_header_is_told_without_its_blanks_and_marks():
    assert normal_header(" \ufeff\u200b child\t") == "CHILD"


def test_slips_are_looked_for_among_the_first_headers():
    missing = ["REVIEW", "DOB"]
    assert slips_among(["x", "Review date", "dobb", "review."], missing) == {"REVIEW": 2, "DOB": 3}
    assert slips_among(["x"] * 199 + ["dobb"], missing) == {"DOB": 200}
    assert slips_among(["x"] * 200 + ["dobb"], missing) == {}


@pytest.mark.parametrize(
    ("header", "missing", "said"),
    [
        ("Dobb", ["DOB"], ". Did you mean DOB?"),
        ("DOB", ["DOB"], ". Did you mean DOB?"),  # its name, but not taken
        ("LS", ["DOB"], ""),
        ("x", ["DOB"], ""),
        ("", ["DOB"], ""),
        ("Review code " + "x" * 60, ["REVIEW_CODE"], ""),
        ("DECOM_DATE", ["DEC", "DECOM"], ". Did you mean DECOM?"),
        ("date_decom", ["DECOM"], ". Did you mean DECOM?"),
        ("DECOMDATE", ["DECOM"], ""),
    ],
)
def test_what_a_header_may_be_meant_for_is_asked(header, missing, said):
    assert did_you_mean(header, missing) == said


@pytest.mark.parametrize(
    ("words", "table"),
    [
        ("header headers", "Header"),
        ("episodes episode", "Episodes"),
        ("reviews review", "Reviews"),
        ("uasc", "UASC"),
        ("oc2", "OC2"),
        ("oc3", "OC3"),
        ("ad1", "AD1"),
        ("placed_adoption placed_for_adoption should_be_placed_for_adoption", "PlacedAdoption"),
        ("prev_perm previous_permanence", "PrevPerm"),
        ("missing missing_episodes missing_away_from_placement", "Missing"),
        ("sw_episodes sw_episode social_workers social_worker_episodes", "SWEpisodes"),
        ("dolo dolos", "DoLo"),
    ],
)
def test_what_files_of_each_table_are_called(words, table):
    assert {table_named(f"{word}.csv") for word in words.split()} == {table}


@pytest.mark.parametrize(
    ("file", "table"),
    [
        ("social worker episodes.csv", "SWEpisodes"),
        ("social worker.csv", None),
        ("missing episodes.csv", "Missing"),  # the longest name counts
        ("episodes missing.csv", "Episodes"),
        ("our header v2.xls", "Header"),
        ("header of 2024 v10.csv", "Header"),
        ("headers", "Header"),
        ("preheader.csv", None),
        ("the header of ours.csv", None),
        ("oc2.pdf", "OC2"),
        ("our oc2.pdf", None),
        ("our oc2.xls", "OC2"),
        (".oc2", "OC2"),
        ("r.xlsx [our header]", "Header"),
        ("episodes.xlsx [Sheet1]", None),
        ("dolos.csv", "DoLo"),
    ],
)
def test_names_begin_or_end_with_the_tables(file, table):
    assert table_named(file) == table
