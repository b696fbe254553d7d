"""What becomes of a provider list that is not as it should be: one clear error, and no cell in it; or it is read."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns903.errors import ConfigError, InputError
from returns903.reference.providers import Providers
from tests.reading.books import SHEET, edited, workbook
from tests.reference.damage import all_said, damaged

HEADER = "URN,Placement code,Placement provider code,Deregistration date,Setting address postcode\n"
GOOD = f"{HEADER}SC1,K2,PR1,31/03/2024,SECRET1\nSC2,U1,PR4,,SECRET2\n"
COLUMNS = dict(zip(["URN", "PLACE_CODES", "PROVIDER_CODES", "REG_END", "POSTCODE"], range(5), strict=True))


def zipped(**members: str | bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def book(text: str, reference: str = "A1") -> bytes:
    """A workbook with the rows of a text, whose first cell says that it stands at a reference."""
    made = workbook({"Providers": [line.split(",") for line in text.splitlines()]})
    return edited(made, {SHEET: lambda sheet: sheet.replace(b'"A1"', f'"{reference}"'.encode())})


READ = {
    "list.csv": GOOD,
    "titles.csv": f"Ofsted\n\nAs at,March\n{GOOD}",
    "utf16.csv": GOOD.encode("utf-16"),
    "cp1252.csv": GOOD.replace("K2", "\xa3").encode("cp1252"),
    "ragged.csv": GOOD.replace(",,SECRET2", "") + ",,,,,,,,,,\n",
    "wide.csv": GOOD.replace(HEADER, HEADER.strip() + "," * 20_000 + "\n"),
    "list.xlsx": book(GOOD),
    "list.zip": zipped(**{"folder/list.csv": GOOD, "about.txt": "SECRET", ".hidden.csv": "SECRET"}),
}

REFUSED = {
    "empty.csv": ("", "no sheet has a column URN"),
    "stranger.csv": ("SECRET,SECRET2\n1,2\n", "no sheet has a column URN"),
    "part.csv": (GOOD.replace("Placement code", "SECRETS"), "placement codes .* part.csv has URN, Placement provider"),
    "open.csv": (GOOD + '"SECRET,K2\n' * 3, "line 4: a quotation mark"),
    "nul.csv": (GOOD + "SECRET\0", "line 4: bytes that are no text"),
    "binary.csv": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "no text"),
    "book.csv": (book("URN"), "an Excel workbook"),
    "empty.xlsx": (b"", "not an Excel workbook"),
    "text.xlsx": (GOOD, "not an Excel workbook"),
    "cut.xlsx": (book(GOOD)[:-30], "not an Excel workbook"),
    "far.xlsx": (book(GOOD, "XFD1048576"), r"far.xlsx \[Providers\]"),
    "absurd.xlsx": (book(GOOD, "ZZZZZZ99999999999"), r"absurd.xlsx \[Providers\]"),
    "old.xls": (b"\xd0\xcf\x11\xe0", "is a workbook"),
    "list.ods": (zipped(content="SECRET"), "is a workbook"),
    "list.pdf": (b"%PDF", "is a workbook"),
    "text.zip": (b"SECRET", "not a zip"),
    "empty.zip": (zipped(), "no sheet has a column URN"),
    "cut.zip": (zipped(**{"list.csv": GOOD})[:-30], "not a zip"),
    "damaged.zip": (zipped(**{"list.csv": GOOD}).replace(b"\x01\x02", b"\x03\x04"), "zip"),
    "swelling.zip": (zipped(**{"list.csv": GOOD + "," * 2**25}), "unpacks to more than"),
    "out.zip": (zipped(**{"../list.csv": GOOD}), "leads out"),
    "old.zip": (zipped(**{"list.csv": GOOD, "more.XLS": b"SECRET"}), "more.XLS"),
    "within.zip": (zipped(**{"list.zip": zipped(**{"list.csv": GOOD})}), "packed files"),
}


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("name", READ)
def test_what_can_be_read(name: str, tmp_path: Path) -> None:
    providers = Providers.load(written(tmp_path, name, READ[name]))
    assert providers.pooled(None)["URN"].to_list() == ["SC1", "SC2"]
    assert providers.described == name


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_used_is_one_clear_error(name: str, tmp_path: Path) -> None:
    content, told = REFUSED[name]
    with pytest.raises(InputError, match=told) as raised:
        Providers.load(written(tmp_path, name, content))
    assert str(raised.value).startswith(name)
    assert str(raised.value).isprintable()
    assert "SECRET" not in all_said(raised.value)


@pytest.mark.parametrize("name", ["nowhere.csv", "nowhere", "fifo.csv", "loop.csv", "loop", "a\0b.csv", "\x1b[31m.csv"])
def test_what_is_no_file(name: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.csv")
    for link in ("loop.csv", "loop"):
        (tmp_path / link).symlink_to(link)
    with pytest.raises(InputError) as raised:
        Providers.load(tmp_path / name)
    assert str(raised.value).isprintable()


def test_devices_end(tmp_path: Path) -> None:
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    for path in ("/dev/zero", tmp_path / "zero.csv"):
        with pytest.raises(InputError):
            Providers.load(path)


def test_a_folder_with_a_link_to_itself(tmp_path: Path) -> None:
    written(tmp_path, "list.csv", GOOD)
    (tmp_path / "again.csv").symlink_to(tmp_path)
    with pytest.raises(InputError, match=r"again.csv: a link to a folder"):
        Providers.load(tmp_path)


SOURCES = [1, 1.5, True, [], [1], ["list.csv", 1], {"URN": ["SECRET"]}, {"SECRET.csv"}, b"SECRET.csv", object()]


@pytest.mark.parametrize("source", SOURCES)
def test_what_is_neither_path_nor_frame(source: Any) -> None:
    with pytest.raises(ConfigError, match=r"the frame of providers is of type|providers= is a (list|bytes);") as raised:
        Providers.load(source)
    assert "SECRET" not in str(raised.value)


FRAME = pl.read_csv(GOOD.encode(), new_columns=list(COLUMNS))


def arrow(frame: pl.DataFrame) -> Any:
    return pytest.importorskip("pyarrow").table(frame)


def pandas(frame: pl.DataFrame) -> Any:
    return pytest.importorskip("pandas").DataFrame(frame.to_dict(as_series=False))


@pytest.mark.parametrize("form", [pl.DataFrame, pl.DataFrame.lazy, arrow, pandas])
def test_frames_of_many_makes(form: Callable[[pl.DataFrame], Any]) -> None:
    assert Providers.load(form(FRAME)).pooled(None)["URN"].to_list() == ["SC1", "SC2"]


ODD = {
    "great numbers": pl.Series([1e300, -1e300]),
    "no numbers": pl.Series([float("nan"), float("inf")]),
    "lists": pl.Series([["SECRET"], ["SECRET"]]),
    "structs": pl.Series([{"SECRET": "SECRET"}] * 2),
    "bytes": pl.Series([b"SECRET"] * 2),
    "days out of range": pl.Series([2**31 - 1] * 2, dtype=pl.Int32).cast(pl.Date),
    "times out of range": pl.Series([-(2**63)] * 2).cast(pl.Datetime("ns")),
    "categories": pl.Series(["SECRET", "b"], dtype=pl.Categorical),
    "decimals": pl.Series(["1.50", "2.00"]).cast(pl.Decimal(10, 2)),
    "truths": pl.Series([True, False]),
    "nothing": pl.Series([None, None]),
    "times of day": pl.Series([1, 2]).cast(pl.Time),
    "great integers": pl.Series([2**63, 2**64 - 1], dtype=pl.UInt64),
}


def tried(source: Any) -> tuple[int, str]:
    """How many providers there are, or what is said where the source is refused."""
    try:
        return Providers.load(source).pooled(None).height, ""
    except InputError as error:
        return 0, all_said(error)


@pytest.mark.parametrize("column", FRAME.columns)
@pytest.mark.parametrize("what", ODD)
def test_columns_of_odd_types(what: str, column: str) -> None:
    count, told = tried(FRAME.with_columns(ODD[what].alias(column)))
    assert bool(told) == (what in ("lists", "structs", "bytes", "times of day"))
    assert count <= 2
    assert "SECRET" not in told


def test_other_columns_may_be_of_any_type() -> None:
    assert tried(FRAME.with_columns(odd.alias(what) for what, odd in ODD.items())) == (2, "")


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx", "list.zip"])
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(name: str, tmp_path_factory: pytest.TempPathFactory, data: Any) -> None:
    whole = READ[name]
    content = data.draw(damaged(whole if isinstance(whole, bytes) else whole.encode()))
    count, told = tried(written(tmp_path_factory.mktemp("damaged"), name, content))
    assert count or "SECRET" not in told


@given(rows=st.lists(st.text(alphabet="0123456789/-. apr31stx", max_size=14), max_size=20))
def test_closing_dates_may_be_anything(rows: list[str]) -> None:
    assert (
        tried(pl.DataFrame({"URN": ["1"] * len(rows), "REG_END": rows}, schema_overrides={"URN": pl.String}))[1] == ""
    )
