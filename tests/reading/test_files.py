from __future__ import annotations

import zipfile

import pytest

from returns903.errors import ConfigError, InputError
from returns903.reading import CORE, read_tables, sources

ONE = "CHILD,DOB,REVIEW,REVIEW_CODE\nC1,01/02/2010,03/05/2024,PN1\n"
TWO = "REVIEW_CODE,CHILD,DOB,REVIEW\nPN2,C2,02/03/2011,SECRET\n"
OC3 = "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\nC1,01/02/2007,YES,F1,T1\n"


def test_a_folder_is_read_in_the_order_of_its_names(folder):
    left_out = {"notes.docx": "SECRET", ".hidden.csv": "x", "~$d.xlsx": "x"}
    place = folder({"b.csv": ONE, "a.CSV": TWO, "old/c.csv": OC3, "z.csv": "SECRET,y\n1,2\n", "y.csv": "", **left_out})
    result = read_tables(place, allow_missing=CORE)
    frame = result.tables["Reviews"]
    assert list(result.tables) == ["Reviews", "OC3"]
    assert frame.select("row", "line", "file", "CHILD").rows() == [(0, 2, "a.CSV", "C2"), (1, 2, "b.csv", "C1")]
    assert result.tables["OC3"]["file"].to_list() == ["old/c.csv"]
    assert sorted((n.kind, n.file) for n in result.notes if n.file) == [
        ("ignored file", ".hidden.csv"),
        ("ignored file", "notes.docx"),
        ("ignored file", "z.csv"),
        ("ignored file", "~$d.xlsx"),
        ("not read", "y.csv"),
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
        InputError, match=r"^return: no table .* Header, Episodes.*x\.csv: none of the first rows"
    ) as caught:
        read_tables(folder({"x.csv": "SECRET,2\n", "y.txt": "SECRET"}))
    assert "SECRET" not in str(caught.value)


@pytest.mark.parametrize("name", ["nothing.csv", "nothing"])
def test_a_path_that_is_not_there(tmp_path, name):
    with pytest.raises(InputError, match=f"^{name}: there is no such file or folder$"):
        read_tables(tmp_path / name)


@pytest.mark.parametrize("name", ["a.xls", "a.docx", "a.csv.gz"])
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
    assert [n.file for n in result.notes if n.kind == "ignored file"] == [
        "r.zip/.x.csv",
        "r.zip/__MACOSX/b/one.csv",
        "r.zip/x.doc",
    ]


def test_a_zip_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "UNPACKED_BYTES", 10)
    with pytest.raises(InputError, match="in all, which no return has"):
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


@pytest.mark.parametrize("name", ["r.xlsx", "r.parquet"])
@pytest.mark.parametrize("data", [b"", b"SECRET", b"PK\x03\x04SECRET", b"PAR1SECRETPAR1", b"\xd0\xcf\x11\xe0SECRET"])
def test_damaged_workbooks_and_parquet(read, name, data):
    with pytest.raises(InputError, match=rf"^{name}: not a") as caught:
        read(data, name)
    assert "SECRET" not in str(caught.value)


def test_a_missing_extra_says_what_to_install(read, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "fastexcel", None)
    with pytest.raises(ConfigError, match=r"pip install 'returns903\[excel\]'"):
        read(b"SECRET", "r.xlsx")


@pytest.mark.parametrize(
    ("path", "said"), [("", "names nothing"), (5, "type int"), (None, "NoneType"), (b"r", "bytes")]
)
def test_a_path_that_is_none_is_refused(path, said):
    with pytest.raises(ConfigError, match=said):
        read_tables(path)
