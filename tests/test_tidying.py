"""The safe repairs: what is changed and what is left, that they change no finding, and that once is enough."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from returns903 import Result, Return, read_return, validate
from returns903.forms import write_tables
from returns903.tables import TABLES
from returns903.testing import strategies
from returns903.texts import texts
from returns903.tidying import CHANGES, Tidied, tidied
from returns903.writing import Outputs

Tables = dict[str, pl.DataFrame]
SPACES, CAPITALS, ZERO, DAY, POSTCODE = "spaces", "capitals", "leading zero", "form of a date", "form of a postcode"


def tidy(folder: Path) -> Tidied:
    return tidied(folder, allow_missing=["Header", "Episodes"])


def written(folder: Path, column: str, cell: str) -> Path:
    rows = pl.DataFrame({name: ["X", "X"] for name in TABLES["Episodes"].columns()})
    rows.with_columns(pl.Series(column, [cell, "X"])).write_csv(folder / "episodes.csv")
    return folder


@pytest.mark.parametrize(
    ("column", "before", "after", "kind"),
    [
        ("LS", "C2 ", "C2", SPACES),
        ("LS", "\tC2", "C2", SPACES),
        ("LS", "c2", "C2", CAPITALS),
        ("LS", " c2 ", "C2", CAPITALS),
        ("CHILD", "a", "A", CAPITALS),
        ("LS", " ", "", SPACES),
        ("DECOM", "1/5/2024", "01/05/2024", ZERO),
        ("DECOM", " 1/5/2024", "01/05/2024", ZERO),
        ("DECOM", " 01/05/2024", "01/05/2024", SPACES),
        ("DECOM", "2024-05-01", "01/05/2024", DAY),
        ("DECOM", "2024/5/1", "01/05/2024", DAY),
        ("DECOM", "2024-05-01T00:00:00", "01/05/2024", DAY),
        ("DECOM", "2024-05-01 00:00:00.000", "01/05/2024", DAY),
        ("DECOM", "01/05/2024 00:00", "01/05/2024", DAY),
        ("DECOM", "1-May-2024", "01/05/2024", DAY),
        ("DECOM", "12 september 2024", "12/09/2024", DAY),
        ("DECOM", "31 Dec 2024", "31/12/2024", DAY),
        ("DEC", "2024-02-29", "29/02/2024", DAY),
        ("PL_POST", "rm107bn", "RM10 7BN", POSTCODE),
        ("PL_POST", "RM10  7BN", "RM10 7BN", POSTCODE),
        ("HOME_POST", "W1A1AA", "W1A 1AA", POSTCODE),
        ("PL_POST", "w1a 1aa", "W1A 1AA", CAPITALS),
    ],
)
def test_what_is_repaired(tmp_path: Path, column: str, before: str, after: str, kind: str) -> None:
    found = tidy(written(tmp_path, column, before))
    assert found.changes.columns == list(CHANGES)
    assert found.changes.rows() == [("Episodes", 0, 2, "episodes.csv", column, kind, before, after)]
    assert found.tables["Episodes"][column][0] == (after or None)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("DECOM", "31/02/2024"),
        ("DECOM", "2024-02-30"),
        ("DECOM", "05-06-2024"),  # whether the day or the month comes first cannot be told
        ("DECOM", "05/13/2024"),  # of a column written month first other cells would be read wrongly
        ("DECOM", "01/05/24"),
        ("DECOM", "01/05/2024 10:00"),  # a time would be lost
        ("DECOM", "31 NOV 2024"),
        ("DECOM", "1 MAYDAY 2024"),
        ("DECOM", "45413"),
        ("DECOM", "1500-01-01"),
        ("DECOM", "01/05/2024"),
        ("PL_POST", "RM10 7BN"),
        ("PL_POST", "NOWHERE"),
        ("PL_POST", "RM1O 7BN"),
        ("URN", "2024-05-01"),
        ("LS", "C 2"),
    ],
)
def test_what_is_left_as_it_stood(tmp_path: Path, column: str, cell: str) -> None:
    found = tidy(written(tmp_path, column, cell))
    assert found.changes.is_empty()
    assert found.tables["Episodes"][column][0] == cell


def test_rows_of_several_files_and_blank_ones_keep_their_places(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("child,review,review_code\n , ,\na,01/04/2024,PN1\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("REVIEW,REVIEW_CODE,CHILD\n,,\n1/4/2024,pn1,B\n", encoding="utf-8")
    assert tidy(tmp_path).changes.select("row", "line", "file", "column", "before").rows() == [
        (0, 3, "a.csv", "CHILD", "a"),
        (1, 3, "b.csv", "REVIEW", "1/4/2024"),
        (1, 3, "b.csv", "REVIEW_CODE", "pn1"),
    ]


def whole(table: str, **cells: list[str]) -> pl.DataFrame:
    """A table of two rows with all of its columns, blank where nothing is given."""
    return pl.DataFrame({name: cells.get(name, [None, None]) for name in TABLES[table].columns()}).cast(pl.String)


@pytest.mark.parametrize("form", ["csv", "xml", "xlsx", "parquet"])
def test_every_form_is_read_with_its_cells(tmp_path: Path, form: str) -> None:
    header = whole("Header", CHILD=["A", "B"], SEX=["F", "m"], DOB=["2010-05-01", "1/6/2011"])
    episodes = whole("Episodes", CHILD=["A", "B"], DECOM=["01/04/2024"] * 2, LS=["C2", "c2"])
    place = tmp_path / (f"r.{form}" if form in ("xml", "xlsx") else "r")
    write_tables({"Header": header, "Episodes": episodes}, place, form, Outputs())
    assert sorted(tidied(place).changes.select("table", "row", "column", "before", "after").rows()) == [
        ("Episodes", 1, "LS", "c2", "C2"),
        ("Header", 0, "DOB", "2010-05-01", "01/05/2010"),
        ("Header", 1, "DOB", "1/6/2011", "01/06/2011"),
        ("Header", 1, "SEX", "m", "M"),
    ]


def pads(cell: str, chance: random.Random) -> str:
    return chance.choice([" {}", "{}  ", "\t{} "]).format(cell)


def small(cell: str, _: random.Random) -> str:
    return cell.lower() if cell.isascii() else cell


def bare(cell: str, _: random.Random) -> str:
    """A day without its leading zeros."""
    parts = cell.split("/")
    is_day = len(cell) == 10 and len(parts) == 3 and cell.replace("/", "").isdecimal()
    return "/".join(part.removeprefix("0") for part in parts) if is_day else cell


def otherwise(cell: str, chance: random.Random) -> str:
    """A day or postcode in another form."""
    parts = cell.split("/")
    if len(cell) == 10 and len(parts) == 3 and cell.replace("/", "").isdecimal():
        day, month, year = parts
        name = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sep", "Oct", "Nov", "Dec")[
            (int(month) - 1) % 12
        ]
        return chance.choice([f"{year}-{month}-{day}", f"{cell} 00:00:00", f"{int(day)} {name} {year}"])
    return cell.replace(" ", chance.choice(["", "   "])) if cell.count(" ") == 1 else cell


Way = Callable[[str, random.Random], str]
LENIENT: list[Way] = [pads, small, bare]
"""What the reader reads all the same."""


def roughened(tables: Tables, ways: list[Way], chance: random.Random) -> Tables:
    """The tables, some cells of each written in one or more of these ways."""

    def rough(cell: str | None, *, is_formed: bool) -> str | None:
        for way in ways:
            if cell is not None and (way is not otherwise or is_formed) and chance.random() < 0.3:
                cell = way(cell, chance)
        return cell

    formed = {
        name: [c for c, about in of.columns().items() if about.kind in ("date", "postcode")]
        for name, of in TABLES.items()
    }
    return {
        name: pl.DataFrame(
            {c: [rough(cell, is_formed=c in formed[name]) for cell in frame[c]] for c in frame.columns},
            schema=dict.fromkeys(frame.columns, pl.String),
        )
        for name, frame in tables.items()
    }


def saved(tables: Tables, folder: str, name: str) -> Path:
    write_tables(tables, Path(folder) / name, "csv", Outputs())
    return Path(folder) / name


def found(path: Path, year: str) -> pl.DataFrame:
    result: Result = validate(read_return(path, year=year, allow_missing=["Header", "Episodes"]))
    assert result.codes("crashed") == []
    return result.findings.drop("file", "line")


DRAWN = strategies.returns("2024-25", max_children=4, valid=False, previous=False)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(DRAWN, st.randoms(use_true_random=False))
def test_the_rules_find_the_same_in_a_return_that_was_tidied(ret: Return, chance: random.Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        first = tidy(saved(texts(ret), folder, "drawn"))
        rough = saved(roughened(first.tables, LENIENT, chance), folder, "rough")
        again = tidy(rough)
        assume(not again.changes["kind"].is_in([DAY, POSTCODE]).any())
        assert_frame_equal(found(saved(again.tables, folder, "tidy"), "2024-25"), found(rough, "2024-25"))


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(DRAWN, st.randoms(use_true_random=False))
def test_tidying_takes_back_every_way_of_writing_and_lists_it(ret: Return, chance: random.Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        tables = tidy(saved(texts(ret), folder, "drawn")).tables
        assert tidy(saved(tables, folder, "tidy")).changes.is_empty()
        rough = roughened(tables, [otherwise, bare, small, pads], chance)
        again = tidy(saved(rough, folder, "rough"))
        assert again.tables.keys() == tables.keys()
        for name, frame in tables.items():
            assert_frame_equal(again.tables[name], frame)
        listed = set(again.changes.select("table", "row", "column", "before", "after").rows())
        assert len(listed) == again.changes.height
        assert listed == {
            (name, row, column, cell or "", frame[column][row] or "")
            for name, frame in tables.items()
            for column in frame.columns
            for row, cell in enumerate(rough[name][column])
            if (cell or "") != (frame[column][row] or "")
        }
