from __future__ import annotations

import datetime as dt
import io
import zipfile

import polars as pl
import pytest

from returns903.errors import ConfigError, InputError
from returns903.reading import read_tables, sources

ONE = "CHILD,DOB,REVIEW,REVIEW_CODE\nC1,01/02/2010,03/05/2024,PN1\n"
TWO = "REVIEW_CODE,CHILD,DOB,REVIEW\nPN2,C2,02/03/2011,SECRET\n"
OC3 = "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\nC1,01/02/2007,YES,F1,T1\n"


def test_a_folder_is_read_in_the_order_of_its_names(folder):
    unread = {"notes.docx": "SECRET", ".hidden.csv": "x", "~$d.xlsx": "x", "old/c.csv": OC3}
    place = folder({"b.csv": ONE, "a.CSV": TWO, "c.csv": OC3, "z.csv": "SECRET,y\n1,2\n", "y.csv": "", **unread})
    result = read_tables(place)
    frame = result.tables["Reviews"]
    assert list(result.tables) == ["Reviews", "OC3"]
    assert frame.select("row", "line", "file", "CHILD").rows() == [(0, 2, "a.CSV", "C2"), (1, 2, "b.csv", "C1")]
    assert [(n.kind, n.file) for n in result.notes if n.file] == [
        ("ignored file", "notes.docx"),
        ("empty", "y.csv"),
        ("ignored file", "z.csv"),
        ("unreadable", "a.CSV"),
    ]
    (joined,) = [n for n in result.notes if n.kind == "several files"]
    assert (joined.table, joined.count, joined.message) == (
        "Reviews",
        2,
        "read from 2 files, one after the other: a.CSV, b.csv",
    )
    assert not any("SECRET" in n.message for n in result.notes)


def test_notes_of_the_previous_return_say_so(folder):
    result = read_tables(folder({"a.csv": TWO}), previous=True)
    assert result.notes
    assert all(note.previous for note in result.notes)


def test_a_folder_without_a_table_says_what_was_looked_for(folder):
    with pytest.raises(
        InputError, match=r"^return: no table .* Header, Episodes.*x\.csv: names the columns of no"
    ) as caught:
        read_tables(folder({"x.csv": "SECRET,2\n", "y.txt": "SECRET"}))
    assert "SECRET" not in str(caught.value)


@pytest.mark.parametrize("name", ["nothing.csv", "nothing"])
def test_a_path_that_is_not_there(tmp_path, name):
    with pytest.raises(InputError, match=f"^{name}: there is no such file or folder$"):
        read_tables(tmp_path / name)


@pytest.mark.parametrize("name", ["a.txt", "a.xls", "a"])
def test_a_kind_of_file_that_is_not_read(folder, name):
    with pytest.raises(InputError, match="not a kind of file"):
        read_tables(folder({name: ONE}) / name)


def zipped(path, files, **more):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **more) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_a_zip_is_read_at_any_depth(tmp_path):
    path = zipped(
        tmp_path / "r.zip",
        {"b/one.csv": ONE, "a/deep/two.csv": TWO, "__MACOSX/b/one.csv": ONE, "x.doc": "", ".x.csv": ""},
    )
    result = read_tables(path)
    assert result.tables["Reviews"]["file"].to_list() == ["r.zip/a/deep/two.csv", "r.zip/b/one.csv"]
    assert [n.file for n in result.notes if n.kind == "ignored file"] == ["r.zip/x.doc"]


def test_a_zip_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "UNPACKED_BYTES", 10)
    with pytest.raises(InputError, match="more than 2 GiB"):
        read_tables(zipped(tmp_path / "r.zip", {"one.csv": ONE}))


def test_damaged_zips(tmp_path):
    path = zipped(tmp_path / "r.zip", {"one.csv": ONE * 50})
    data = path.read_bytes()
    path.write_bytes(data[:60] + b"SECRET" + data[66:])
    with pytest.raises(InputError, match=r"^r\.zip/one\.csv: damaged"):
        read_tables(path)
    path.write_bytes(b"SECRET")
    with pytest.raises(InputError, match=r"^r\.zip: not a zip file"):
        read_tables(path)
    path.write_bytes(data.replace(b"\x14\x00\x00\x00\x08\x00", b"\x14\x00\x01\x00\x08\x00"))
    with pytest.raises(InputError, match="password"):
        read_tables(path)


def workbook(sheets):
    xlsxwriter = pytest.importorskip("xlsxwriter")
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for r, row in rows.items():
                for c, cell in enumerate(row, 1):
                    sheet.write(r, c, *([cell, day] if isinstance(cell, dt.date) else [cell]))
    return data.getvalue()


REVIEW_ROWS = {
    2: ["CHILD", "DOB", "Review", "REVIEW_CODE", "X"],
    3: [1005214, dt.date(2010, 2, 1), "03/05/2024", "pn1", 1.5],
    5: ["C2", "SECRET", dt.datetime(2024, 6, 4, 13, 30), "PN2", None],
    6: ["C3", "2011-02-01", "2024-02-01 00:00:00", 7.0, "SECRET"],
}


def test_each_sheet_of_a_workbook_may_hold_a_table(read):
    pytest.importorskip("fastexcel")
    oc3 = {n: line.split(",") for n, line in enumerate(OC3.splitlines())}
    result = read(workbook({"Reviews": REVIEW_ROWS, "Sheet2": {}, "OC3": oc3, "Help": {0: ["SECRET"]}}), "r.xlsx")
    frame = result.tables["Reviews"]
    assert frame.select("line", "file", "CHILD", "REVIEW", "REVIEW_CODE").rows() == [
        (4, "r.xlsx [Reviews]", "1005214", dt.date(2024, 5, 3), "PN1"),
        (6, "r.xlsx [Reviews]", "C2", dt.date(2024, 6, 4), "PN2"),
        (7, "r.xlsx [Reviews]", "C3", dt.date(2024, 2, 1), "7"),
    ]
    assert frame.select("DOB", "DOB.text").rows() == [
        (dt.date(2010, 2, 1), None),
        (None, "SECRET"),
        (None, "2011-02-01"),
    ]
    assert result.tables["OC3"]["ACCOM"].to_list() == ["T1"]
    assert {(n.kind, n.file) for n in result.notes} >= {
        ("empty", "r.xlsx [Sheet2]"),
        ("ignored file", "r.xlsx [Help]"),
        ("ignored column", "r.xlsx [Reviews]"),
    }
    assert not any("SECRET" in note.message for note in result.notes)


@pytest.mark.parametrize("name", ["r.xlsx", "r.parquet"])
@pytest.mark.parametrize("data", [b"", b"SECRET", b"PK\x03\x04SECRET", b"PAR1SECRETPAR1", b"\xd0\xcf\x11\xe0SECRET"])
def test_damaged_workbooks_and_parquet(read, name, data):
    with pytest.raises(InputError, match=rf"^{name}: not a") as caught:
        read(data, name)
    assert "SECRET" not in str(caught.value)


def parquet(frame):
    data = io.BytesIO()
    frame.write_parquet(data)
    return data.getvalue()


def test_parquet_with_types(read):
    frame = pl.DataFrame(
        {
            "child": [17, None, 19],
            "REVIEW": [dt.date(2024, 5, 3), None, dt.date(2024, 6, 4)],
            "DOB": ["1/2/2010", None, "SECRET"],
            "REVIEW_CODE": pl.Series(["pn1", None, "PN2"], dtype=pl.Categorical),
        }
    )
    result = read(parquet(frame), "r.parquet")
    assert result.tables["Reviews"].select("row", "line", "CHILD", "DOB", "REVIEW", "REVIEW_CODE").rows() == [
        (0, None, "17", dt.date(2010, 2, 1), dt.date(2024, 5, 3), "PN1"),
        (1, None, "19", None, dt.date(2024, 6, 4), "PN2"),
    ]
    assert sorted(n.kind for n in result.notes) == ["empty", "normalised", "repaired", "unreadable"]


def test_parquet_with_lists_names_the_column(read):
    frame = pl.DataFrame({"CHILD": ["C1"], "DOB": ["x"], "REVIEW": [[1]], "REVIEW_CODE": [{"a": "SECRET"}]})
    with pytest.raises(InputError, match=r"^r\.parquet: column REVIEW(_CODE)? holds something other"):
        read(parquet(frame), "r.parquet")


@pytest.mark.parametrize(("module", "name"), [("lxml", "r.xml"), ("fastexcel", "r.xlsx")])
def test_a_missing_extra_says_what_to_install(read, monkeypatch, module, name):
    monkeypatch.setitem(__import__("sys").modules, module, None)
    extra = {"lxml": "xml", "fastexcel": "excel"}[module]
    with pytest.raises(ConfigError, match=rf"pip install 'returns903\[{extra}\]'"):
        read(b"<EXPSSDA903/>", name)
