"""What becomes of a file or frame of postcodes that is not as it should be: one clear error, and no cell in it."""

import os
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns903.errors import ConfigError, InputError
from returns903.reference import postcode_files
from returns903.reference.postcodes import Postcodes
from tests.reference.damage import all_said, damaged

HEADER = b"pcds,oslaua,oseast1m,osnrth1m\n"
ROW = b"SE1 1RT,E09000008,530000,180000\n"
GOOD = HEADER + ROW + b"BB1 1BB,E07000008,1,2\n"


def tried(source: Any) -> tuple[pl.DataFrame, str]:
    """Where two postcodes lie, or what is said where the source is refused."""
    try:
        postcodes = Postcodes.load(source)
    except InputError as error:
        return pl.DataFrame(schema={"east": pl.Float64, "north": pl.Float64}), all_said(error)
    assert postcodes is not None
    return postcodes.locate(pl.Series(["SE1 1RT", None])), ""


READ = {
    "plain": GOOD,
    "no line end at the end": GOOD[:-1],
    "carriage returns": GOOD.replace(b"\n", b"\r\n"),
    "a byte order mark": b"\xef\xbb\xbf" + GOOD,
    "all quoted": b"\n".join(b'"' + line.replace(b",", b'","') + b'"' for line in GOOD.splitlines()),
    "commas in quotes": GOOD.replace(b"pcds", b'"a, b",pcds').replace(b"SE1", b'"x, y",SE1').replace(b"BB1 ", b",BB1 "),
    "a line feed in quotes": GOOD.replace(b"pcds", b"x,pcds").replace(b"SE1", b'"a\nb",SE1').replace(b"BB1 ", b",BB1 "),
    "blank lines": GOOD.replace(b"\n", b"\n\n"),
    "cp1252": GOOD.replace(b"BB1", b"\x93B"),
    "headings in capitals": GOOD.replace(HEADER, HEADER.upper()),
    "odd headings": GOOD.replace(HEADER, b" PCD8 ,lad25cd,Eastings,northing\n"),
    "a column more": GOOD.replace(b"\n", b",x\n"),
    "grid references that are none": GOOD.replace(b",1,2", b",inf,-"),
}

REFUSED = {
    "nothing": (b"", "cannot be read"),
    "line ends": (b"\n\n\n", "cannot be read"),
    "the header alone": (HEADER, "holds no postcode"),
    "rows without postcodes": (HEADER + b",E09000008,1,2\n ,E09000008,1,2\n", "holds no postcode"),
    "no header": (ROW * 3, "names none that is known"),
    "a stranger": (b"SECRET,SECRET2\nSECRET,x\n", "names none that is known"),
    "part of a header": (GOOD.replace(b"oslaua", b"SECRET"), "lacks the column authority .* it has pcds, oseast1m"),
    "a short row": (GOOD + b"SECRET,E09000008,1\n" + ROW, "line 4: 3 cells, where the header has 4"),
    "a long row": (GOOD + b"SECRET,E09000008,1,2,\n" + ROW, "line 4: 5 cells, where the header has 4"),
    "a short and a long row": (GOOD + b"SECRET,E09,1\nSECRET,E09,1,2,3\n", "line 4: 3 cells"),
    "a short row among quotes": (GOOD + b'"SECRET","E09000008",1\n' + ROW, "line 4: 3 cells"),
    "an open quote": (GOOD + b'"SECRET,E09000008,1,2\n' + ROW * 2, "line 4: a quotation mark"),
    "a quote closed in mid-cell": (GOOD + b'"SECRET"x,E09000008,1,2",\n' + ROW, "line 4: a quotation mark"),
    "NUL": (GOOD + b"SECRET\0,E09000008,1,2\n", "bytes that are no text"),
    "UTF-16": (GOOD.decode().encode("utf-16"), "bytes that are no text"),
    "semicolons": (GOOD.replace(b",", b";"), "names none that is known"),
    "a workbook": (b"PK\x03\x04SECRET\0\0\0", "bytes that are no text"),
    "other bytes": (bytes(range(1, 256)), "postcodes.csv"),
}


@pytest.mark.parametrize("what", READ)
def test_what_can_be_read(what: str, tmp_path: Path) -> None:
    path = tmp_path / "postcodes.csv"
    path.write_bytes(READ[what])
    postcodes = Postcodes.load(path)
    assert postcodes is not None
    assert postcodes.locate(pl.Series(["se11rt"])).row(0) == ("E09000008", 530000.0, 180000.0, True)


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_used_is_one_clear_error(what: str, tmp_path: Path) -> None:
    content, told = REFUSED[what]
    path = tmp_path / "postcodes.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=told) as raised:
        Postcodes.load(path)
    assert str(raised.value).startswith("postcodes.csv")
    assert "\n" not in str(raised.value)
    assert "SECRET" not in all_said(raised.value)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("folder.csv", "a folder, pipe or device, not a file of postcodes"),
        ("fifo.csv", "a folder, pipe or device, not a file of postcodes"),
        ("nowhere.csv", "there is no such file of postcodes"),
        ("loop.csv", "there is no such file of postcodes"),
    ],
)
def test_what_is_no_file(name: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    os.mkfifo(tmp_path / "fifo.csv")
    with pytest.raises(InputError, match=f"^{name}: {told}$"):
        Postcodes.load(tmp_path / name)


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "", ".", "a\0b", "\x1b[31m.csv"])
def test_paths_of_nothing(path: str) -> None:
    with pytest.raises(InputError, match="postcodes") as raised:
        Postcodes.load(path)
    assert str(raised.value).isprintable()


def test_a_file_larger_than_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postcode_files, "REFERENCE_BYTES", len(GOOD) - 1)
    (tmp_path / "postcodes.csv").write_bytes(GOOD)
    with pytest.raises(InputError, match="larger than"):
        Postcodes.load(tmp_path / "postcodes.csv")


FRAME = pl.DataFrame(
    {"postcode": ["SE1 1RT", "BB1 1BB"], "authority": [306, 301], "east": [530000, 1], "north": ["180000", "x"]}
)


def arrow(frame: pl.DataFrame) -> Any:
    return pytest.importorskip("pyarrow").table(frame)


def pandas(frame: pl.DataFrame) -> Any:
    return pytest.importorskip("pandas").DataFrame(frame.to_dict(as_series=False))


def duckdb(frame: pl.DataFrame) -> Any:
    connection = pytest.importorskip("duckdb").connect()
    connection.register("listed", arrow(frame))
    return connection.sql("select * from listed")


@pytest.mark.parametrize("form", [pl.DataFrame, pl.DataFrame.lazy, arrow, pandas, duckdb])
def test_frames_of_many_makes(form: Any) -> None:
    postcodes = Postcodes.load(form(FRAME))
    assert postcodes is not None
    assert postcodes.described == "the frame of postcodes"
    assert postcodes.locate(pl.Series(["SE11RT"])).row(0) == ("E09000008", 530000.0, 180000.0, True)


@pytest.mark.parametrize("source", [1, 1.5, True, ["a.csv"], {"postcode": []}, b"a.csv", object()])
def test_what_is_neither_path_nor_frame(source: Any) -> None:
    with pytest.raises(ConfigError, match="the frame of postcodes is of type") as raised:
        Postcodes.load(source)
    assert "a.csv" not in str(raised.value)


ODD = {
    "lists": pl.Series([["SECRET"], ["SECRET"]]),
    "structs": pl.Series([{"SECRET": "SECRET"}] * 2),
    "bytes": pl.Series([b"SECRET"] * 2),
    "days out of range": pl.Series([2**31 - 1] * 2, dtype=pl.Int32).cast(pl.Date),
    "times out of range": pl.Series([-(2**63)] * 2).cast(pl.Datetime("ns")),
    "great numbers": pl.Series([1e300, float("inf")]),
    "no numbers": pl.Series([float("nan"), None]),
    "categories": pl.Series(["SECRET"] * 2, dtype=pl.Categorical),
    "decimals": pl.Series(["1.50", "2.00"]).cast(pl.Decimal(10, 2)),
    "truths": pl.Series([True, False]),
    "nothing": pl.Series([None, None]),
}


@pytest.mark.parametrize("column", FRAME.columns)
@pytest.mark.parametrize("what", ODD)
def test_columns_of_odd_types(what: str, column: str) -> None:
    located, told = tried(FRAME.with_columns(ODD[what].alias(column)))
    assert "SECRET" not in told
    assert located.select(pl.any_horizontal(pl.col("east", "north").is_infinite()).any()).item() in (False, None)


def as_parquet(folder: Path) -> bytes:
    pl.read_csv(GOOD).write_parquet(folder / "whole.parquet")
    return (folder / "whole.parquet").read_bytes()


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(suffix: str, tmp_path_factory: pytest.TempPathFactory, data: Any) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    path = folder / f"postcodes.{suffix}"
    path.write_bytes(data.draw(damaged(GOOD if suffix == "csv" else as_parquet(folder))))
    located, told = tried(path)
    assert "530000" not in told
    assert located.height == (0 if told else 2)
