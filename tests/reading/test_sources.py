"""Nothing in a folder or zip is opened that is no file, and nothing is dropped without a note."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from pathlib import Path

import pytest

from returns903.errors import InputError
from returns903.reading import CORE, read_tables, sources

REVIEWS = b"CHILD,DOB,REVIEW,REVIEW_CODE\nC1,01/02/2010,03/05/2024,PN1\n"
OC3 = b"CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\nC1,01/02/2007,YES,F1,T1\n"


def told(path: Path) -> dict[str | None, tuple[str, str | None]]:
    """What is said of each file: the kind of note and the table it speaks of."""
    notes = read_tables(path, allow_missing=CORE).notes
    return {note.file: (note.kind, note.table) for note in notes if note.file}


def link(path: Path) -> None:
    path.symlink_to(path.with_suffix(".target"))


def link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def link_to_its_folder(path: Path) -> None:
    path.symlink_to(path.parent, target_is_directory=True)


@pytest.mark.parametrize(
    ("name", "make", "kind", "table"),
    [
        ("episodes.csv", Path.mkdir, "not read", "Episodes"),
        ("x.csv", Path.mkdir, "ignored file", None),
        ("episodes.csv", os.mkfifo, "not read", "Episodes"),
        ("episodes", os.mkfifo, "not read", "Episodes"),
        ("pipe", os.mkfifo, "ignored file", None),
        ("episodes.csv", link, "not read", "Episodes"),
        ("a.csv", link_to_itself, "not read", None),
        ("old", link_to_its_folder, "not read", None),
        (".episodes.csv", Path.touch, "ignored file", None),
        ("~$episodes.xlsx", Path.touch, "ignored file", None),
        ("episodes.csv", Path.touch, "not read", "Episodes"),
        ("x.csv", Path.touch, "not read", None),
        ("SSDA903 episodes 2024.txt", Path.touch, "not read", "Episodes"),
        ("readme.txt", Path.touch, "ignored file", None),
        ("placed for adoption.xls", Path.touch, "not read", "PlacedAdoption"),
        ("header.json", Path.touch, "not read", "Header"),
        ("return.ods", Path.touch, "ignored file", None),
        ("return.zip", Path.touch, "not read", None),
    ],
)
def test_what_is_no_file_to_read_is_told(tmp_path, name, make, kind, table):
    (tmp_path / "r.csv").write_bytes(REVIEWS)
    make(tmp_path / name)
    assert told(tmp_path) == {name: (kind, table)}


@pytest.mark.parametrize("suffix", [".zip", ".7z", ".rar", ".gz", ".tar", ".tgz"])
def test_packed_files_may_hold_tables(tmp_path, suffix):
    (tmp_path / "r.csv").write_bytes(REVIEWS)
    (tmp_path / f"x{suffix}").touch()
    (note,) = (note for note in read_tables(tmp_path, allow_missing=CORE).notes if note.file)
    assert (note.kind, note.message) == ("not read", "packed files; unpack them, or give just this file")


def test_links_to_files_are_read_and_said(tmp_path):
    (tmp_path / "elsewhere.csv").write_bytes(REVIEWS)
    folder = tmp_path / "return"
    folder.mkdir()
    (folder / "r.csv").symlink_to(tmp_path / "elsewhere.csv")
    assert told(folder) == {"r.csv": ("link", None)}


def test_subfolders_are_read_to_some_depth(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "FOLDERS_DEEP", 2)
    for n, place in enumerate(("a", "a/b", "a/b/c", ".git")):
        (tmp_path / place).mkdir()
        (tmp_path / place / "r.csv").write_bytes(REVIEWS.replace(b"C1", f"C{n}".encode()))
    read = read_tables(tmp_path, allow_missing=CORE)
    assert [item.file for item in read.inputs] == ["a/b/r.csv", "a/r.csv"]
    assert {note.file: note.kind for note in read.notes if note.file} == {".git": "ignored file", "a/b/c": "not read"}


def test_a_folder_with_too_many_files_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "FILES", 2)
    for n in range(3):
        (tmp_path / f"{n}.csv").write_bytes(REVIEWS)
    with pytest.raises(InputError, match="more than 2 files"):
        read_tables(tmp_path)


@pytest.mark.parametrize("make", [os.mkfifo, link, link_to_itself])
@pytest.mark.parametrize("name", ["episodes.csv", "return.zip", "return"])
def test_a_path_that_is_no_file_is_refused_at_once(tmp_path, make, name):
    make(tmp_path / name)
    with pytest.raises(InputError, match=f"^{name}: "):
        read_tables(tmp_path / name)


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/null", "a\0b.csv", "x" * 300])
def test_odd_paths_are_refused_at_once(name):
    with pytest.raises(InputError):
        read_tables(name)


@pytest.mark.parametrize("opened", ["stat", "iterdir"])
def test_a_path_that_may_not_be_opened(tmp_path, monkeypatch, opened):
    def refuse(path: Path, **_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, opened, refuse)
    with pytest.raises(InputError, match=r"Permission denied"):
        read_tables(tmp_path)


def test_every_broken_file_is_told_and_the_rest_is_read(tmp_path):
    (tmp_path / "r.csv").write_bytes(REVIEWS)
    (tmp_path / "a.csv").write_bytes(b'CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\nSECRET,,"YES,F1,T1\n')
    (tmp_path / "b.csv").write_bytes(REVIEWS + b"SECRET,,\n")
    (tmp_path / "c.xlsx").write_bytes(b"SECRET")
    (tmp_path / "d.parquet").write_bytes(b"")
    (tmp_path / "e.csv").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    read = read_tables(tmp_path)
    assert list(read.tables) == ["Reviews"]
    assert [(n.file, n.line, n.table) for n in read.unread] == [
        ("a.csv", 2, "OC3"),
        ("b.csv", None, "Reviews"),
        ("c.xlsx", None, None),
        ("d.parquet", None, None),
        ("e.csv", 3, None),
        (None, None, "Header"),
        (None, None, "Episodes"),
    ]
    assert not any("SECRET" in note.message for note in read.notes)


def test_where_nothing_could_be_read_every_broken_file_is_named(tmp_path):
    for n in range(8):
        (tmp_path / f"{n}.csv").write_bytes(b"CHILD,REVIEW,REVIEW_CODE\nSECRET\n")
    with pytest.raises(InputError) as caught:
        read_tables(tmp_path)
    assert all(f"{n}.csv: " in str(caught.value) for n in range(8))
    assert "SECRET" not in str(caught.value)


def zipped(path: Path, members: list[tuple[str | zipfile.ZipInfo, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def linked(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name)
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    return member


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("name", "content", "kind", "table"),
    [
        ("../episodes.csv", OC3, "not read", "Episodes"),
        ("/etc/x.csv", OC3, "not read", None),
        ("C:\\x.csv", OC3, "not read", None),
        ("a\\..\\x.csv", OC3, "not read", None),
        ("../notes.doc", OC3, "ignored file", None),
        ("episodes.csv/", b"", "not read", "Episodes"),
        ("deep/.episodes.csv", OC3, "ignored file", None),
        ("__MACOSX/episodes.csv", OC3, "ignored file", None),
        (linked("oc3.csv"), b"../r.csv", "not read", "OC3"),
        ("inner.zip", OC3, "not read", None),
        ("r.csv", REVIEWS, "not read", None),
        ("swollen.csv", b"A" * 60_000, "not read", None),
    ],
)
def test_what_is_not_taken_out_of_a_zip_is_told(tmp_path, monkeypatch, name, content, kind, table):
    monkeypatch.setattr(sources, "UNSWOLLEN_BYTES", 50_000)
    path = zipped(tmp_path / "z.zip", [("r.csv", REVIEWS), (name, content)])
    shown = (name if isinstance(name, str) else name.filename).rstrip("/")
    assert told(path) == {f"z.zip/{shown}": (kind, table)}


def test_members_that_swell_are_counted_together(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "UNSWOLLEN_BYTES", 50_000)
    path = zipped(tmp_path / "z.zip", [("r.csv", REVIEWS), ("a.csv", b"A" * 30_000), ("b.csv", b"A" * 30_000)])
    with sources.sources_in(path) as (found, notes):
        assert [source.name for source in found] == ["z.zip/a.csv", "z.zip/r.csv"]
        assert [(note.file, note.kind) for note in notes] == [("z.zip/b.csv", "not read")]


def test_a_zip_within_its_bounds_is_opened_once(tmp_path, monkeypatch):
    path = zipped(tmp_path / "z.zip", [(f"{n}.csv", b"NAME,SECRET\n1,2\n") for n in range(50)] + [("r.csv", REVIEWS)])
    opened = []
    real = zipfile.ZipFile

    def counting(file: object) -> zipfile.ZipFile:
        opened.append(file)
        return real(file)

    monkeypatch.setattr(zipfile, "ZipFile", counting)
    read = read_tables(path, allow_missing=CORE)
    assert (len(opened), read.files, list(read.tables)) == (1, 51, ["Reviews"])


def test_a_member_whose_declared_size_lies_is_damaged(tmp_path):
    path = zipped(tmp_path / "z.zip", [("a.csv", REVIEWS + b"C2,,,PN1\n" * 9000), ("b.csv", OC3)])
    data = path.read_bytes()
    size = len(REVIEWS + b"C2,,,PN1\n" * 9000).to_bytes(4, "little")
    path.write_bytes(data.replace(size, (100).to_bytes(4, "little")))
    read = read_tables(path, allow_missing=CORE)
    assert [note.file for note in read.unread] == ["z.zip/a.csv"]
    assert list(read.tables) == ["OC3"]


def test_a_text_file_with_a_table_is_read_and_said(tmp_path):
    for name in ("r.txt", "r.tsv", "r"):
        (tmp_path / name).write_bytes(REVIEWS)
        notes = read_tables(tmp_path / name, allow_missing=CORE).notes
        assert [(note.kind, note.file) for note in notes] == [("malformed", name)]


def test_a_text_file_with_a_table_that_is_broken_is_not_read(tmp_path):
    (tmp_path / "r.csv").write_bytes(REVIEWS)
    (tmp_path / "x.txt").write_bytes(OC3.replace(b"\n", b",Activ\n", 1))
    (tmp_path / "y.txt").write_bytes(OC3 + b"SECRET\n")
    (tmp_path / "z.txt").write_bytes(b"\0SECRET")
    assert told(tmp_path) == {
        "x.txt": ("not read", "OC3"),
        "y.txt": ("not read", "OC3"),
        "z.txt": ("ignored file", None),
    }


def test_names_cannot_steer_a_terminal(tmp_path):
    (tmp_path / "r.csv").write_bytes(REVIEWS)
    (tmp_path / "a\x1b[31m\x07.csv").write_bytes(b"")
    assert told(tmp_path) == {"a?[31m?.csv": ("not read", None)}


def test_members_are_not_read_beyond_the_bounds(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "FILE_BYTES", 100)
    out = io.BytesIO(REVIEWS + b"C2,,,PN1\n" * 20)
    path = zipped(tmp_path / "z.zip", [("a.csv", out.getvalue()), ("b.csv", OC3)])
    assert told(path) == {"z.zip/a.csv": ("not read", None)}
