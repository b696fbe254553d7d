"""A published table may be anything at all: it ends soon, in checks or in one clear line, and tells no child's cell."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from returns903 import Return, derive, limits
from returns903.cli.reconcile import reconcile as command
from returns903.errors import ConfigError, InputError, ReturnsError
from returns903.reconcile import reconcile
from tests.reference.damage import all_said, damaged

GOOD = b"reason,children,percent\nE11,20,40%\nE45,30,60%\nTotal,50,100%\n"
RETURN = Return.from_frames(
    {"Episodes": pl.DataFrame({"CHILD": ["A"], "DECOM": ["01/05/2024"], "DEC": ["02/06/2024"], "REC": ["E11"]})},
    year="2024-25",
)

REFUSED = {
    "nothing": (b"", "is empty"),
    "blanks": (b" \n,,\n\n", "is empty"),
    "NUL": (GOOD + b"\0", "no text"),
    "a workbook": (b"PK\x03\x04SECRET", "not CSV inside"),
    "an open quote": (GOOD + b'"SECRET,2,3\n' * 3, "line 5: a quotation mark"),
    "a short row": (GOOD + b"SECRET,2\n", "line 5: 2 cells"),
    "many rows": (GOOD + b"E11,1,2%\n" * limits.PUBLISHED_ROWS, "more than 20,000 rows"),
    "many columns": (b",".join(b"c%d" % n for n in range(501)) + b"\n", "or 500 columns"),
    "a long count": (GOOD + b"SECRET," + b"9" * 5_000 + b",2%\n", "line 5, column children: neither a number"),
    "a long percentage": (GOOD + b"SECRET,1," + b"9" * 5_000 + b"%\n", "line 5, column percent: neither a percentage"),
    "a great percentage": (GOOD + b"SECRET,1,1e999\n", "line 5, column percent: neither a percentage"),
    "endless decimals": (GOOD + b"SECRET,1,1." + b"9" * 5_000 + b"\n", "line 5, column percent: neither a percentage"),
    "long counts alone": (b"reason,children\nE11," + b"9" * 5_000 + b"\n", "no column of counts"),
    "episodes": (b"CHILD,DECOM,RNE,LS,CIN,PLACE,URN\n1,01/02/2020,S,C2,N1,U1,SECRET\n", "a row for each child"),
    "reviews": (b"CHILD,DOB,REVIEW,REVIEW_CODE\n1234,01/02/2020,SECRET,PN1\n", "a row for each child"),
    "a derived table": (b"child,period,days\nSECRET,1,20\n", "a row for each child"),
    "no header": (b"SECRET,01/02/2020,S,C2\nSECRET,1,2,3\n", "it is no header"),
    "no header but numbers": (b"SECRET,123456\nSECRET,123457\n", "it is no header"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_one_clear_error(what: str, tmp_path: Path) -> None:
    content, told = REFUSED[what]
    path = tmp_path / "published.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=told) as raised:
        reconcile(path, RETURN)
    assert "published.csv" in str(raised.value)
    assert str(raised.value).isprintable()
    assert "SECRET" not in all_said(raised.value)


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", ".", "", "a\0b", "\x1b[31m.csv", "zero.csv", "fifo.csv"])
def test_what_is_no_file_ends_at_once(path: str, tmp_path: Path) -> None:
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "fifo.csv")
    with pytest.raises(InputError) as raised:
        reconcile(tmp_path / path if path.endswith(".csv") else path)
    assert str(raised.value).isprintable()


def test_a_file_larger_than_any(tmp_path: Path) -> None:
    with (tmp_path / "published.csv").open("wb") as file:
        file.truncate(limits.PUBLISHED_BYTES + 1)
    with pytest.raises(InputError, match="larger than 16 MiB"):
        reconcile(tmp_path / "published.csv")


@pytest.mark.parametrize("more", [b"E4,1-999999999,0.000001%\n", b"E4,<999999999,50%\n", GOOD[24:] * 1000])
def test_great_spans_and_many_rows_end_soon(more: bytes, tmp_path: Path) -> None:
    (tmp_path / "published.csv").write_bytes(GOOD + more)
    assert reconcile(tmp_path / "published.csv", RETURN).height > 2


def test_marks_that_steer_a_terminal_are_not_passed_on(tmp_path: Path) -> None:
    (tmp_path / "a\x1bb.csv").write_bytes(
        GOOD.replace(b"E11", b"\x1b[31mE11\x07").replace(b"children", b"chil\x1bdren")
    )
    checks = reconcile(tmp_path / "a\x1bb.csv", RETURN)
    assert all(cell.isprintable() for name in ("row", "column", "message") for cell in checks[name].drop_nulls())


@pytest.mark.parametrize("published", [1, None, ["published.csv"], b"published.csv", {"reason": ["SECRET"]}])
def test_what_is_neither_path_nor_frame(published: Any) -> None:
    with pytest.raises(ConfigError, match=r"the published table \(a path or a frame\)"):
        reconcile(published)


@pytest.mark.parametrize(
    "cells",
    [
        pl.Series([["SECRET"], []]),
        pl.Series([b"SECRET", b""]),
        pl.Series([2**31 - 1, 1], dtype=pl.Int32).cast(pl.Date),
        pl.Series([1e300, float("nan")]),
    ],
)
def test_frames_of_odd_types(cells: pl.Series) -> None:
    with pytest.raises(InputError) as raised:
        reconcile(pl.DataFrame({"reason": cells, "children": cells}))
    assert "SECRET" not in all_said(raised.value)


@given(content=damaged(GOOD))
def test_a_damaged_table_is_checked_or_refused(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("damaged") / "published.csv"
    path.write_bytes(content)
    try:
        checks = reconcile(path, RETURN)
    except InputError as error:
        checks = pl.DataFrame({"message": [str(error)]})
    assert all(message.isprintable() for message in checks["message"])


CATEGORIES = {
    "deep lists": "a = " + "[" * 5_000 + "]" * 5_000,
    "deep tables": "a = " + "{a=" * 5_000 + "1" + "}" * 5_000,
    "deep keys": ".".join("a" * 5_000) + " = 1",
    "a long number": '[[category]]\nname = "SECRET"\ndays_at_most = ' + "9" * 5_000,
    "a long float": '[[category]]\nname = "SECRET"\ndays_at_most = 1e999999999',
    "an open text": '[[category]]\nname = "SECRET',
    "an odd day": '[[category]]\nname = "SECRET"\ndates = [9999-99-99]',
    "no text": "\udcff",
    "NUL": '[[category]]\nname = "SECRET\0"',
    "nothing": "",
    "another key": '[[category]]\nname = "a"\nSECRET = 1',
    "many bytes": "#" + "SECRET" * limits.SETTINGS_BYTES,
}


@pytest.mark.parametrize("what", CATEGORIES)
def test_a_file_of_categories_that_cannot_be_used(what: str, tmp_path: Path) -> None:
    path = tmp_path / "local.toml"
    path.write_bytes(CATEGORIES[what].encode(errors="surrogateescape"))
    with pytest.raises(ConfigError) as raised:
        derive.local_categories(path)
    assert "local" in str(raised.value)
    assert str(raised.value).isprintable()
    assert "SECRET" not in all_said(raised.value)


@pytest.mark.parametrize("path", ["/dev/zero", "", "a\0b", "fifo"])
def test_categories_that_are_no_file(path: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(ConfigError):
        derive.local_categories(tmp_path / "fifo" if path == "fifo" else path)


@given(text=st.text(alphabet="[]{}=.'\"#\n 1e9-a", max_size=60))
def test_categories_of_any_text(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("categories") / "local.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError):
        derive.local_categories(path)


@pytest.mark.parametrize("words", [["/dev/zero"], ["published.csv", "--categories", "/dev/zero"]])
def test_the_command_ends(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("published.csv").write_bytes(GOOD)
    app = typer.Typer()
    app.command()(command)
    done = CliRunner().invoke(app, words)
    assert isinstance(done.exception, ReturnsError) or done.exit_code == 0
