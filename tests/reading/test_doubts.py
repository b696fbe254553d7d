"""The wrong year, the wrong previous return, tables suddenly empty, and identifiers written in several ways."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from returns903 import Year, read_return
from returns903.errors import ConfigError

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n{0},F,01/02/2010,WBRI,UN1,,\n"
EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
    "{0},01/05/{1},S,C2,N1,U6,PR1,01/06/{1},X1,,,,\n"
)
REVIEWS = "CHILD,DOB,REVIEW,REVIEW_CODE\n"
ROW = "{0},01/02/2010,01/06/{1},PN1\n"


def made(folder: Path, year: int = 2024, child: str = "C1", rows: int = 2) -> Path:
    folder.mkdir()
    (folder / "header.csv").write_text(HEADER.format(child))
    (folder / "episodes.csv").write_text(EPISODES.format(child, year))
    (folder / "reviews.csv").write_text(REVIEWS + ROW.format(child, year) * rows)
    return folder


def loud(the_return):
    kinds = ("wrong year", "wrong previous", "emptied", "identifiers")
    return [(note.kind, note.table) for note in the_return.notes if note.kind in kinds]


@pytest.mark.parametrize(
    ("year", "kinds"),
    [
        (None, []),
        ("2024-25", []),
        ("2025-26", [("wrong year", None)]),
        (Year(start=dt.date(2024, 1, 1), end=dt.date(2024, 12, 31)), []),
        (Year(start=dt.date(2023, 1, 1), end=dt.date(2023, 12, 31)), [("wrong year", None)]),
        (Year(start=dt.date(2025, 3, 31), end=dt.date(2026, 3, 30)), []),  # one day in common
        (Year(start=dt.date(2023, 4, 2), end=dt.date(2024, 4, 1)), []),
        ("2023-24", [("wrong year", None)]),
    ],
)
def test_a_year_that_the_data_contradict(tmp_path, year, kinds):
    the_return = read_return(made(tmp_path / "now"), year=year)
    assert loud(the_return) == kinds
    assert the_return.unread == []


@pytest.mark.parametrize(
    ("before", "kinds"),
    [(2023, []), (2024, [("wrong previous", None)]), (2022, [("wrong previous", None)])],
)
def test_a_previous_return_of_another_year(tmp_path, before, kinds):
    previous = made(tmp_path / "before", before, child="C2")
    assert loud(read_return(made(tmp_path / "now"), year="2024-25", previous=previous)) == kinds


def test_a_previous_return_that_is_this_one_in_another_order(tmp_path):
    now, previous = made(tmp_path / "now"), made(tmp_path / "before")
    for folder, order in ((now, (2021, 2020)), (previous, (2020, 2021))):
        lines = [EPISODES.format("C3", year).splitlines()[1] + "\n" for year in order]
        (folder / "episodes.csv").write_text(EPISODES.format("C1", 2024) + "".join(lines))
    (previous / "reviews.csv").unlink()
    the_return = read_return(now, previous=previous)
    assert loud(the_return) == [("wrong previous", None)]
    assert "same rows" in next(note.message for note in the_return.notes if note.kind == "wrong previous")


@pytest.mark.parametrize(("now", "before", "kinds"), [(0, 2, [("emptied", "Reviews")]), (0, 0, []), (1, 2, [])])
def test_a_table_that_had_rows_last_year(tmp_path, now, before, kinds):
    previous = made(tmp_path / "before", 2023, rows=before)
    assert loud(read_return(made(tmp_path / "now", rows=now), previous=previous)) == kinds


@pytest.mark.parametrize(
    ("children", "count", "place"),
    [
        (["C1", "C1"], None, None),
        (["c1", "c1"], 1, ("reviews.csv", 2)),
        (["C2", "C3"], None, None),
        (["C2", "c2", "c2 ", "ab1", "AB1"], 2, ("reviews.csv", 3)),
    ],
)
def test_identifiers_written_in_several_ways(tmp_path, children, count, place):
    folder = made(tmp_path / "now")
    (folder / "reviews.csv").write_text(REVIEWS + "".join(ROW.format(child, 2024) for child in children))
    notes = [note for note in read_return(folder).notes if note.kind == "identifiers"]
    assert [(note.count, (note.file, note.line)) for note in notes] == ([(count, place)] if count else [])


def test_the_year_cannot_be_told_because_of_a_broken_file(tmp_path):
    folder = made(tmp_path / "now")
    (folder / "reviews.csv").unlink()
    (folder / "episodes.csv").write_text(EPISODES.format("C1", 2024) + "SECRET\n")
    with pytest.raises(ConfigError, match=r"--year.*could not be read: episodes\.csv"):
        read_return(folder)
    assert [note.file for note in read_return(folder, year="2024-25").unread] == ["episodes.csv"]


@pytest.mark.parametrize(
    ("allowed", "missed"),
    [((), ["Header", "Episodes"]), (["Header"], ["Episodes"]), ("episodes", ["Header"]), (["header", "EPISODES"], [])],
)
def test_core_tables_that_are_not_there_are_missed(tmp_path, allowed, missed):
    path = tmp_path / "reviews.csv"
    path.write_text(REVIEWS + ROW.format("C1", 2024))
    the_return = read_return(path, previous=path, allow_missing=allowed)
    assert [(note.table, note.previous) for note in the_return.unread] == [
        (table, previous) for previous in (False, True) for table in missed
    ]


@pytest.mark.parametrize("name", ["Nonsense", 5])
def test_a_table_that_may_be_missing_must_be_one(tmp_path, name):
    with pytest.raises(ConfigError, match="allow_missing"):
        read_return(made(tmp_path / "now"), allow_missing=[name])
