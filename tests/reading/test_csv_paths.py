"""The two ways to read a CSV file agree. Whatever befalls a lawful file, its cells are in place or it is told."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from returns903.errors import InputError
from returns903.reading import CORE, csv_records, read_tables
from returns903.reading.csv_file import _at_once, _is_plain
from returns903.reading.csv_header import Layout
from returns903.reading.csv_records import read_records
from returns903.tables import Reviews
from returns903.tables.base import TEXT

common = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

HEADER = ["CHILD", "DOB", "REVIEW", "REVIEW_CODE"]
cells = st.sampled_from(["", "", "A", '"A"', '"A,B"', '""', " A", "é", 'A"'])
right = st.lists(cells, min_size=4, max_size=4)
bodies = st.lists(st.one_of(right, right, right, st.lists(cells, max_size=6))).map(
    lambda rows: "\n".join(",".join(row) for row in rows)
)


def layout(body: str, delimiter: str = ",") -> Layout:
    return Layout("made.csv", Reviews, HEADER, delimiter, 3, 3, f"{body.rstrip()}\n".encode())


@settings(common, max_examples=1000)
@given(bodies)
@example('A,,,"x"\n"B","1,2",,\n')
@example("A,,,\n,,\nB,,,,\n")
@example("A,,,\nB,,\n,,,,\n")
def test_both_ways_give_the_same_cells_lines_and_notes(body):
    one = layout(body)
    at_once = _at_once(one)
    if at_once is None:
        return
    notes: list[object] = []
    records = read_records(one, notes)
    texts = pl.col(pl.String).str.strip_chars().fill_null("")
    assert at_once.select(records.columns).with_columns(texts).equals(records.with_columns(texts))
    assert notes == []


@pytest.mark.parametrize("rows", [0, 1, 2, 3, 4, 5])
def test_records_are_the_same_however_many_are_kept_at_once(monkeypatch, rows):
    monkeypatch.setattr(csv_records, "_AT_ONCE", 2)
    found = read_records(layout("".join(f'A{n},"x""{n}",é,\n\n' for n in range(rows))), [])
    assert found.rows() == [(f"A{n}", f'x"{n}', "é", None, 4 + 2 * n) for n in range(rows)]


@common
@given(bodies.map(str.upper), st.sampled_from(",;"))
@example("A ,,,", ",")
@example(",,, A", ",")
@example("A,\t,,", ",")
@example('A,," B",', ",")
def test_where_the_bytes_say_so_no_cell_needs_trimming_or_capitals(body, delimiter):
    one = layout(body, delimiter)
    at_once = _at_once(one)
    if at_once is None or not _is_plain(one):
        return
    cells = at_once.drop("line")
    assert cells.select(pl.all().str.strip_chars(" \t\v\f").str.to_uppercase()).equals(cells)


days = st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)).map(lambda day: f"{day:%d/%m/%Y}")
rows = st.lists(st.tuples(st.sampled_from(["C1", "AB 2", "É3"]), days, days, st.sampled_from(["PN1", ""])), min_size=1)
titles = st.lists(st.sampled_from(["", ",,,", "\t", "Return of Anywhere", 'a "title', "CHILD", " , , "]), max_size=5)


def written(rows: list[tuple[str, ...]], delimiter: str, quoting: int, end: str) -> str:
    text = io.StringIO(newline="")
    out = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=end)
    out.writerows([HEADER, *rows])
    return text.getvalue()


def found(path: Path) -> tuple[list[tuple[str | None, ...]], bool]:
    """The cells of the reviews as they were read, and whether it was said that something was wrong in the file."""
    try:
        read = read_tables(path, allow_missing=CORE)
    except InputError as error:
        return [], path.name in str(error)
    frame = read.tables["Reviews"]
    columns = [
        pl.coalesce(pl.col(name).dt.strftime("%d/%m/%Y"), f"{name}.{TEXT}") if name in ("DOB", "REVIEW") else name
        for name in HEADER
    ]
    return frame.select(columns).rows(), any(note.kind in ("not read", "malformed") for note in read.notes)


def expected(rows: list[tuple[str, ...]]) -> list[tuple[str | None, ...]]:
    return [tuple(cell or None for cell in row) for row in rows]


@common
@given(
    rows,
    titles,
    st.sampled_from(",;\t|:~^"),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]),
)
def test_lawful_files_in_any_form_are_read_in_full_or_told(tmp_path, rows, above, delimiter, quoting, end, encoding):
    text = end.join([*above, written(rows, delimiter, quoting, end)])
    path = tmp_path / "made.csv"
    path.write_bytes(text.encode(encoding))
    cells, is_told = found(path)
    assert cells == ([] if delimiter in ":~^" else expected(rows))
    assert is_told or delimiter == ","


@common
@given(rows, st.integers(0, 400), st.sampled_from(["cut", '"', ",", "\n", ";", '""', "\0", "\x85"]), st.booleans())
def test_a_file_with_one_fault_is_read_in_full_or_told(tmp_path, rows, at, fault, is_quoted):
    whole = written(rows, ",", csv.QUOTE_ALL if is_quoted else csv.QUOTE_MINIMAL, "\n")
    start = len(",".join(HEADER)) + 1 + 2 * is_quoted * len(HEADER)
    at = start + at % (len(whole) - start)
    text = whole[:at] if fault == "cut" else whole[:at] + fault + whole[at:]
    path = tmp_path / "made.csv"
    path.write_bytes(text.encode())
    cells, is_told = found(path)
    if is_told:
        return
    # One cell may be cut short or longer by the fault; which, no reader can tell. All others are in their places.
    wanted = expected(rows)
    pairs = list(zip(cells, wanted, strict=False))
    off = [(a, b) for one, other in pairs for a, b in zip(one, other, strict=True) if a != b]
    assert len(off) <= 1
    assert len(cells) == len(wanted) or (fault == "cut" and len(cells) < len(wanted))
