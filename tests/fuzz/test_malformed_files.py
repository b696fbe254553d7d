"""Whatever lies in the folder, the command line ends in findings or in one line of its own, and quotes no cell."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from returns903 import cli

YEAR = "2024-25"
MARK = "SECRET"
HEADER = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
ROW = "SECRET1,01/05/2024,S,SECRET,N1,U6,PR1,,,,SECRET 2,RM1 1AA,SECRET3"
GOOD = f"{HEADER}\n{ROW}\n".encode()
REVIEWS = b"CHILD,DOB,REVIEW,REVIEW_CODE\nSECRET1,01/05/2010,SECRET,SECRET\n"
XML = (
    f"<EXPSSDA903><CHILD><HEADER><CHILDID>{MARK}</CHILDID><SEX>{MARK}</SEX></HEADER>"
    f"<EPISODE><DECOM>{MARK}</DECOM><LS>{MARK}</LS></EPISODE></CHILD></EXPSSDA903>"
)


def zipped(files: dict[str, bytes], *, cut: int | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()[:cut]


def lines(*rows: str) -> bytes:
    return "\n".join(rows).encode()


READ = {
    "as it should be": {"e.csv": GOOD},
    "upper-case suffix": {"E.CSV": GOOD},
    "byte order mark": {"e.csv": b"\xef\xbb\xbf" + GOOD},
    "two byte order marks": {"e.csv": b"\xef\xbb\xbf\xef\xbb\xbf" + GOOD},
    "UTF-16": {"e.csv": GOOD.decode().encode("utf-16")},
    "UTF-16 without mark": {"e.csv": GOOD.decode().encode("utf-16-le")},
    "Windows-1252": {"e.csv": GOOD.replace(b"N1", "N\xa31\u2019".encode("cp1252"))},
    "semicolons": {"e.csv": GOOD.replace(b",", b";")},
    "tabs": {"e.csv": GOOD.replace(b",", b"\t")},
    "vertical bars": {"e.csv": GOOD.replace(b",", b"|")},
    "carriage returns": {"e.csv": GOOD.replace(b"\n", b"\r")},
    "empty lines above": {"e.csv": b"\n\n\n" + GOOD},
    "no line end": {"e.csv": GOOD.rstrip()},
    "empty cells beyond the header": {"e.csv": lines(HEADER, ROW + ",,,")},
    "quotes in mid-cell": {"e.csv": GOOD.replace(b"N1", b'N"1')},
    "a line feed in a cell": {"e.csv": GOOD.replace(b"N1", b'"N\n1"')},
    "a formula": {"e.csv": GOOD.replace(b"N1", b"=cmd|' /C calc'!A0")},
    "a long cell": {"e.csv": GOOD.replace(b"N1", b"N" * 200_000)},
    "header in small letters": {"e.csv": lines(HEADER.lower(), ROW)},
    "a further column": {"e.csv": lines(f"{HEADER},NOTES", f"{ROW},SECRET")},
    "a column missing": {"e.csv": lines(HEADER.rpartition(",")[0], ROW.rpartition(",")[0])},
    "a stranger beside it": {"e.csv": GOOD, "x.csv": b"NAME,SECRET\nSECRET,SECRET\n", "SECRET.docx": b"SECRET"},
    "titles above the header": {"e.csv": b'SECRET,,\n\n,,,\n\t\nSECRET "x\n' + GOOD},
    "CSV named otherwise": {"e.txt": GOOD},
    "CSV without a suffix": {"e": GOOD},
    "in a subfolder": {"2024/e.csv": GOOD},
    "a header without rows": {"e.csv": GOOD, "r.csv": REVIEWS.partition(b"\n")[0]},
    "a lock file": {"e.csv": GOOD, "~$e.xlsx": b"SECRET"},
    "a table in two files": {"a.csv": GOOD, "b.csv": GOOD},
    "a folder named like a file": {"e.csv": GOOD, "x.csv/inside.csv": b"SECRET"},
    "XML": {"r.xml": XML.encode()},
    "XML in UTF-16": {"r.xml": XML.encode("utf-16")},
    "XML with an unknown element": {"r.xml": XML.replace("<LS>", "<OTHER>SECRET</OTHER><LS>").encode()},
}
"""What can be read, if only with a note."""

REFUSED = {
    "nothing": {},
    "an empty file": {"e.csv": b""},
    "blank lines": {"e.csv": b"\n \n\n"},
    "a stranger": {"x.csv": b"NAME,SECRETARY\nSECRET,SECRET\n"},
    "rows without a header": {"e.csv": lines(ROW, ROW)},
    "a short row": {"e.csv": lines(HEADER, ROW, "SECRET1,01/05/2024,S")},
    "a long row": {"e.csv": lines(HEADER, ROW + ",SECRET")},
    "an open quote": {"e.csv": lines(HEADER, ROW.replace("N1", '"N1'), ROW)},
    "a quote closed in mid-cell": {"e.csv": lines(HEADER, ROW.replace("N1", '"N1"SECRET'))},
    "a column twice": {"e.csv": lines(f"{HEADER},LS", f"{ROW},SECRET")},
    "NUL": {"e.csv": GOOD.replace(b"N1", b"N\x00")},
    "nothing but NUL": {"e.csv": b"\x00" * 100},
    "bytes of no encoding": {"e.csv": GOOD.replace(b"N1", b"N\x81\x8d")},
    "half a UTF-16 character": {"e.csv": GOOD.decode().encode("utf-16")[:-1]},
    "a picture": {"e.csv": b"\x89PNG\r\n\x1a\n" + bytes(range(256))},
    "a workbook named CSV": {"e.csv": zipped({"xl/workbook.xml": b"SECRET"})},
    "a Parquet file named CSV": {"e.csv": b"PAR1SECRETPAR1"},
    "no Parquet": {"e.parquet": b"PAR1SECRETPAR1"},
    "an empty Parquet": {"e.parquet": b""},
    "no workbook": {"e.xlsx": GOOD},
    "a workbook without sheets": {"e.xlsx": zipped({"[Content_Types].xml": b"SECRET"})},
    "a workbook cut short": {"e.xlsx": zipped({"xl/workbook.xml": b"SECRET" * 100}, cut=60)},
    "XML cut short": {"r.xml": XML[:-30].encode()},
    "XML with a stray bracket": {"r.xml": XML.replace("<LS>SECRET", "<LS>SECRET<").encode()},
    "XML with two roots": {"r.xml": (XML + XML).encode()},
    "XML with a bare ampersand": {"r.xml": XML.replace("<SEX>", "<SEX>&SECRET").encode()},
    "XML with a type declaration": {"r.xml": f"<!DOCTYPE r [<!ENTITY e '{MARK}'>]>{XML}".encode()},
    "XML that asks for a file": {
        "r.xml": f"<!DOCTYPE r [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>{XML.replace('<SEX>', '<SEX>&e;')}".encode()
    },
    "XML that asks for an address": {"r.xml": f"<!DOCTYPE r SYSTEM 'http://localhost:1/SECRET'>{XML}".encode()},
    "XML that swells": {
        "r.xml": (
            "<!DOCTYPE r [<!ENTITY a0 'SECRET'>"
            + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 9))
            + f"]>{XML.replace('<SEX>', '<SEX>&a8;')}"
        ).encode()
    },
    "an item of XML twice": {"r.xml": XML.replace("<SEX>", "<SEX>SECRET</SEX><SEX>").encode()},
    "other XML": {"r.xml": b"<html><body>SECRET</body></html>"},
    "no XML": {"r.xml": b"SECRET"},
    "colons": {"e.csv": GOOD.replace(b",", b":")},
    "JSON named CSV": {"e.csv": b'[{"CHILD": "SECRET"}]'},
    "a page named CSV": {"e.csv": b"<html><td>SECRET</td></html>"},
    "a header that is cut": {"e.csv": b'"' + GOOD},
}
"""What cannot be read without guessing."""

BESIDE = {
    "an empty file": {"x.csv": b""},
    "a short row": {"r.csv": lines("CHILD,DOB,REVIEW,REVIEW_CODE", "SECRET1,SECRET")},
    "two broken files": {"r.csv": b"\0SECRET", "s.xlsx": b"SECRET"},
    "a table in a form that is not read": {"placed for adoption.xls": b"SECRET"},
    "an archive": {"r.zip": zipped({"r.csv": REVIEWS})},
    "a folder with the name of a table": {"reviews.csv/x.docx": b"SECRET"},
    "half a header": {"r.csv": b"CHILD,DOB,REVIEW.,Review date\nSECRET,,,\n"},
}
"""What beside a good file makes a run no pass."""

ARCHIVES = {
    "no zip": b"SECRET",
    "empty": b"",
    "cut short": zipped({"e.csv": GOOD}, cut=80),
    "without files": zipped({}),
    "a short row in it": zipped({"e.csv": lines(HEADER, "SECRET1,SECRET")}),
    "a zip in a zip": zipped({"e.zip": zipped({"e.csv": GOOD})}),
    "damaged contents": zipped({"e.csv": GOOD}).replace(zipped({"e.csv": GOOD})[45:60], b"\x00" * 15),
    "a path outside": zipped({"../../e.csv": b"SECRET"}),
}

ONLY_EPISODES = ("--allow-missing", "Header")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run the command line; its exit status, and all that it and what it calls write to stdout and to stderr."""

    def call(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["returns903", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        return int(left.value.code or 0), *capfd.readouterr()

    return call


def laid_out(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def assert_quiet(out: str, err: str) -> None:
    """No cell and no traceback; an error is one line that is our own."""
    both = (out + err).replace("SECRET.docx", "")
    assert MARK not in both
    assert "root:" not in both
    assert "Traceback" not in both
    assert "a fault of this program" not in both


@pytest.mark.parametrize("what", READ)
def test_what_can_be_read_ends_in_findings(what: str, tmp_path: Path, run: Run) -> None:
    folder = laid_out(tmp_path / "made", READ[what])
    status, out, err = run(
        "validate", folder, "--year", YEAR, "--select", "identity,across_tables,INT,1,4", *ONLY_EPISODES
    )
    assert status == 1, err
    assert "Errors:" in out
    assert_quiet(out, err)


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_ends_in_one_line(what: str, tmp_path: Path, run: Run) -> None:
    folder = laid_out(tmp_path / "made", REFUSED[what])
    status, out, err = run("validate", folder, "--year", YEAR)
    assert (status, out) == (2, "")
    assert err.startswith("returns903: ")
    assert err.count("\n") == 1
    assert all(name in err for name in REFUSED[what] if len(REFUSED[what]) == 1)
    assert_quiet("", err.replace("SECRETARY", ""))


@pytest.mark.parametrize("what", BESIDE)
def test_what_was_not_read_is_told_after_the_findings(what: str, tmp_path: Path, run: Run) -> None:
    folder = laid_out(tmp_path / "made", {"e.csv": GOOD} | BESIDE[what])
    status, out, err = run("validate", folder, "--year", YEAR, *ONLY_EPISODES)
    assert status == 2
    assert "Errors:" in out
    assert all(name.partition("/")[0] in err for name in BESIDE[what])
    assert_quiet(out, err)


@pytest.mark.parametrize("what", REFUSED)
def test_a_previous_return_that_cannot_be_read_ends_in_one_line(what: str, tmp_path: Path, run: Run) -> None:
    good, bad = laid_out(tmp_path / "good", {"e.csv": GOOD}), laid_out(tmp_path / "made", REFUSED[what])
    status, out, err = run("validate", good, "--year", YEAR, "--previous", bad)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert_quiet("", err)


@pytest.mark.parametrize("what", ARCHIVES)
def test_a_zip_that_cannot_be_read_ends_in_one_line(what: str, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "made.zip"
    path.write_bytes(ARCHIVES[what])
    status, out, err = run("validate", path, "--year", YEAR)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "made.zip" in err
    assert_quiet("", err)
    assert [item.name for item in tmp_path.iterdir()] == ["made.zip"]


@pytest.mark.parametrize("option", ["--providers", "--postcodes"])
@pytest.mark.parametrize(
    "content", [b"", b"SECRET", b"CODE\nSECRET\n", GOOD, b"URN\n\x00", b"\xff\xfe\x00", zipped({"a": b"SECRET"})]
)
@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet"])
def test_a_reference_list_that_cannot_be_used_ends_in_one_line(
    option: str, content: bytes, suffix: str, tmp_path: Path, run: Run
) -> None:
    folder, path = laid_out(tmp_path / "made", {"e.csv": GOOD}), tmp_path / f"list.{suffix}"
    path.write_bytes(content)
    status, out, err = run("validate", folder, "--year", YEAR, option, path)
    assert status == 2
    assert_quiet(out, err)
    assert err.startswith("returns903: ")
    assert f"list.{suffix}" in err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to the superuser")
@pytest.mark.parametrize("closed", ["file", "folder"])
def test_what_may_not_be_opened_ends_in_one_line(closed: str, tmp_path: Path, run: Run) -> None:
    folder = laid_out(tmp_path / "made", {"e.csv": GOOD})
    target = folder / "e.csv" if closed == "file" else folder
    target.chmod(0)
    try:
        status, out, err = run("validate", folder, "--year", YEAR)
    finally:
        target.chmod(0o700)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert target.name in err


@pytest.mark.parametrize("closed", ["open", "listing"])
def test_a_fault_of_the_disk_ends_in_one_line(
    closed: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = laid_out(tmp_path / "made", {"e.csv": GOOD})

    def fail(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes" if closed == "open" else "iterdir", fail)
    status, out, err = run("validate", folder, "--year", YEAR)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "Permission denied" in err


def test_a_link_to_nowhere_is_no_file(tmp_path: Path, run: Run) -> None:
    folder = laid_out(tmp_path / "made", {"e.csv": GOOD})
    (folder / "r.csv").symlink_to(tmp_path / "nowhere.csv")
    status, out, err = run("validate", folder, "--year", YEAR, "--select", "101,102,141,143", *ONLY_EPISODES)
    assert (status, "r.csv" in err) == (2, True)
    assert_quiet(out, err)


SCRAPS = [b'"', b"\n", b",", b"\r", b"\0", b"\xff", b"<", b"&", b";", b"\xef\xbb\xbf", b"\x1a"]


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """A file with some stretches cut out, doubled or written over."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        upto = min(len(data), at + draw(st.integers(0, 15)))
        data[at:upto] = draw(st.sampled_from([b"", bytes(data[at:upto]) * 2, *SCRAPS]))
    return bytes(data)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(
    st.sampled_from(["csv", "xml", "zip"]).flatmap(
        lambda kind: st.tuples(
            st.just(kind), damaged({"csv": GOOD * 2, "xml": XML.encode(), "zip": zipped({"e.csv": GOOD})}[kind])
        )
    )
)
def test_damaged_files_end_in_findings_or_one_line(tmp_path: Path, run: Run, file: tuple[str, bytes]) -> None:
    kind, data = file
    path = tmp_path / f"made.{kind}"
    path.write_bytes(data)
    status, out, err = run("validate", path, "--year", YEAR, "--select", "143,1001,101,INT", *ONLY_EPISODES)
    assert status in (0, 1, 2)
    assert (status == 2) == err.startswith("returns903: ")
    assert "Traceback" not in out + err
    assert "a fault of this program" not in err
    # The names of columns and elements are shown where they are none of the return's; damage can make one of a cell.
    if b"<SECRET" not in data and data.startswith((HEADER.encode() + b"\n", b"PK")):
        assert MARK not in out + err
