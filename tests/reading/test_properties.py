"""Whatever a file's form, the same rows come back; whatever its bytes, only our errors; and no message holds a cell."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from returns903.errors import ReturnsError
from returns903.reading import read_tables
from returns903.tables import TABLES
from returns903.tables.base import TEXT

from .test_xml import RETURN

common = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

days = st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2030, 1, 1))
words = st.text("aZ9 \xa0é£\"',;|\t\n", max_size=6)


@st.composite
def cells(draw, column):
    if column.kind == "date":
        return draw(st.one_of(st.just(""), days.map(lambda day: day.strftime("%d/%m/%Y")), words))
    return draw(st.one_of(words, st.sampled_from([*column.valid_codes("2024-25"), "x"])))


@st.composite
def files(draw):
    """A table, its rows, and the bytes of a CSV file that holds them."""
    table = TABLES[draw(st.sampled_from(sorted(TABLES)))]
    columns = draw(st.permutations(list(table.columns().items())))
    row = st.tuples(*(cells(column) for _, column in columns))
    rows = draw(st.lists(row.filter(lambda r: any(cell.strip() for cell in r)), max_size=6))
    text = io.StringIO(newline="")
    newline = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    # The writer quotes no line feed where lines end in a carriage return; nobody could read that back.
    quoting = draw(st.sampled_from([csv.QUOTE_ALL, *([csv.QUOTE_MINIMAL] if newline != "\r" else [])]))
    out = csv.writer(text, delimiter=draw(st.sampled_from(",;\t|")), lineterminator=newline, quoting=quoting)
    out.writerow([draw(st.sampled_from([name, name.lower(), f" {name} ", name.title()])) for name, _ in columns])
    out.writerows(rows)
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]))
    return table, [dict(zip([name for name, _ in columns], r, strict=True)) for r in rows], text, encoding


def as_read(cell):
    return cell.replace("\r\n", "\n").strip().upper() or None


@common
@given(files())
def test_what_is_written_is_read_back_whatever_its_form(tmp_path, file):
    table, rows, text, encoding = file
    path = tmp_path / "made.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    frame = read_tables(path).tables[table.name]
    assert frame["row"].to_list() == list(range(len(rows)))
    for name, column in table.columns().items():
        found = frame[name].to_list()
        if column.kind == "date":
            left = frame[f"{name}.{TEXT}"].to_list()
            found = [f"{day:%d/%m/%Y}" if day else rest for day, rest in zip(found, left, strict=True)]
        assert found == [as_read(row[name]) for row in rows]


def attempt(path: Path, data: bytes) -> list[str]:
    """Read bytes as a file; everything that is said of them."""
    path.write_bytes(data)
    try:
        return [note.message for note in read_tables(path).notes]
    except ReturnsError as error:
        return [str(error)]


EPISODES = ",".join(TABLES["Episodes"].columns()) + '\nC1,01/04/2024,S,C2,N1,U6,PR1,,,,"AB1 2CD",AB1 2CD,\n' * 3
SUFFIXES = st.sampled_from(["csv", "xml", "xlsx", "parquet", "zip"])


@common
@given(st.binary(max_size=300), SUFFIXES)
@example(b"\xff\xfe\x00", "csv")
@example(b"\xff\xfe<\x00", "xml")
@example(b"<R><CHILD/></R>x", "xml")
def test_any_bytes_end_in_success_or_an_error_of_ours(tmp_path, data, suffix):
    attempt(tmp_path / f"made.{suffix}", data)


SCRAPS = [b'"', b"\n", b",", b"<", b">", b"&", b"\0", b"</"]


@st.composite
def damaged(draw, whole: bytes):
    """A file with some stretches cut out, doubled or written over."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        upto = min(len(data), at + draw(st.integers(0, 12)))
        scrap = draw(st.one_of(st.binary(max_size=4), st.sampled_from(SCRAPS)))
        data[at:upto] = draw(st.sampled_from([b"", bytes(data[at:upto]) * 2, scrap]))
    return bytes(data)


def archive(name: str, data: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, data)
    return out.getvalue()


def workbook() -> bytes:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for n, line in enumerate(csv.reader(io.StringIO(EPISODES))):
            sheet.write_row(n, 0, line)
    return out.getvalue()


@common
@given(damaged(EPISODES.encode()))
def test_damaged_csv(tmp_path, data):
    attempt(tmp_path / "made.csv", data)


@common
@given(damaged(RETURN.encode()))
def test_damaged_xml(tmp_path, data):
    attempt(tmp_path / "made.xml", data)


@common
@given(damaged(archive("a.csv", EPISODES)))
def test_damaged_zip(tmp_path, data):
    attempt(tmp_path / "made.zip", data)


@settings(common, max_examples=40)
@given(damaged(workbook()))
def test_damaged_workbook(tmp_path, data):
    attempt(tmp_path / "made.xlsx", data)


SECRETS = st.sampled_from(["SECRET1", 'SECRET"2', '"SECRET3', "", "\n", "SECRET,4"])
HEADER = "CHILD,DOB,REVIEW,REVIEW_CODE"


@common
@given(
    st.lists(st.lists(SECRETS, max_size=6), max_size=5),
    st.sampled_from([HEADER, HEADER + ",DOB", HEADER + ",", "A,B", ""]),
    st.sampled_from(["utf-8", "utf-16", "cp1252"]),
)
def test_no_message_holds_a_cell(tmp_path, rows, header, encoding):
    data = "\n".join([header, *(",".join(row) for row in rows)]).encode(encoding)
    assert not [said for said in attempt(tmp_path / "made.csv", data) if "SECRET" in said]


@common
@given(damaged(RETURN.replace("<DEC/>", "<DEC>SECRET</DEC>").replace("WBRI", "SECRET").encode()))
def test_no_message_holds_an_item_of_xml(tmp_path, data):
    said = attempt(tmp_path / "made.xml", data)
    # A name of an element may be shown; damage can make one of a value only by putting < before it.
    assert b"<SECRET" in data or not [text for text in said if "SECRET" in text]
