"""Returns changed so that it is known what becomes of whatever is made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from random import Random

import polars as pl

from returns903.forms import Form, write_tables
from returns903.forms.carried import FLAG, with_flag
from returns903.reading import CORE, read_tables
from returns903.reading.handed_in import tables_of
from returns903.returns import Return
from returns903.tables import TABLES
from returns903.tables.base import TEXT, identifier
from returns903.texts import as_texts
from returns903.writing import Outputs, passing_folder
from returns903.years import RULE_YEARS, Year

Tables = dict[str, pl.DataFrame]
Change = Callable[[str, pl.DataFrame], pl.DataFrame]
"""What becomes of a table by this name."""

_FILES: dict[str, str] = {"xml": "return.xml", "xlsx": "return.xlsx"}
_SEXES = {"1": "M", "2": "F"}
"""The codes of SEX up to 2023-24, and those since."""
_FIRST_WITH_LETTERS = "2024-25"
_PARTIAL = [c.name for t in TABLES.values() for c in t.columns().values() if c.kind == "partial date"]
"""The columns of text such as ZZ/06/2019."""


def changed(ret: Return, change: Change, *, year: Year | None = None) -> Return:
    """The return with every table of both years changed."""
    return rebuilt(ret, *(_changed(tables, change) for tables in (ret.tables, ret.previous)), year=year)


def _changed(tables: Mapping[str, pl.DataFrame] | None, change: Change) -> Tables | None:
    return None if tables is None else {name: change(name, frame) for name, frame in tables.items()}


def rebuilt(ret: Return, tables: Tables | None, previous: Tables | None, *, year: Year | None = None) -> Return:
    """A return with these tables; all else is that of `ret`."""
    return Return(
        _numbered(tables) or {},
        year=year or ret.year,
        previous=_numbered(previous),
        local_authority=ret.local_authority,
        providers=ret.providers,
        postcodes=ret.postcodes,
    )


def _numbered(tables: Tables | None) -> Tables | None:
    number = pl.int_range(pl.len(), dtype=pl.UInt32).alias("row")
    return None if tables is None else {name: frame.with_columns(number) for name, frame in tables.items()}


def shuffled(ret: Return, seed: int) -> Return:
    """The rows of every table in another order; those of a child that tie in it keep theirs, for there it counts."""

    def shuffle(name: str, frame: pl.DataFrame) -> pl.DataFrame:
        order = TABLES[name].order
        places = pl.Series(Random(f"{seed} {name}").sample(range(frame.height), frame.height), dtype=pl.Int64)
        tied = pl.col("at").sort().over("CHILD", *([order] if order else []))
        return frame.with_columns(places.alias("at")).with_columns(tied).sort("at").drop("at")

    return changed(ret, shuffle)


def renamed(ret: Return) -> tuple[Return, dict[str, str]]:
    """Every child under another name, the first now the last; and what each new name stands for."""
    named = [frame["CHILD"] for tables in (ret.tables, ret.previous or {}) for frame in tables.values()]
    lawful = f"^(?:{identifier().pattern})$"
    old = sorted({c for cells in named for c in cells.filter(cells.str.contains(lawful)).unique().to_list()})
    new = [f"R{len(old) - n:06}" for n in range(len(old))]
    names = pl.col("CHILD").replace(old, new)
    return changed(ret, lambda _, frame: frame.with_columns(names)), dict(zip(new, old, strict=True))


def later(ret: Return, years: int) -> Return:
    """The return with every day, and its collection year, some years later or earlier."""
    year = ret.year
    for _ in range(abs(years)):
        year = year.next if years > 0 else year.previous
    return changed(ret, lambda _, frame: moved(frame, years, ret.year, year), year=year)


def moved(frame: pl.DataFrame, years: int, old: Year, new: Year) -> pl.DataFrame:
    """A frame with its days so many years later, and SEX in the codes of the new year; 29 February becomes the 28th."""
    partial = [name for name in _PARTIAL if name in frame.columns and frame.schema[name] == pl.String]
    named = pl.col(partial).str.extract(r"^../../(\d{4})$").cast(pl.Int64) + years
    there = pl.when(named.is_not_null()).then(pl.col(partial).str.head(6) + named.cast(pl.String))
    cells = [there.otherwise(pl.col(partial))] if partial else []
    if "SEX" in frame.columns and (old.label < _FIRST_WITH_LETTERS) != (new.label < _FIRST_WITH_LETTERS):
        letters = new.label >= _FIRST_WITH_LETTERS
        codes = _SEXES if letters else {letter: digit for digit, letter in _SEXES.items()}
        cells.append(pl.col("SEX").replace(codes))
    return frame.with_columns(pl.col(pl.Date).dt.offset_by(f"{years}y"), *cells)


def neighbour(year: Year) -> int:
    """The way to a year whose rules are known: one later, or one earlier from the last."""
    return 1 if year.next.label in RULE_YEARS else -1


def read_again(ret: Return, form: Form, *, files: int = 1) -> tuple[Return, list[str]]:
    """The return as it is read after it was written, and what the form could not carry.

    Args:
        ret: the return.
        form: how it is written.
        files: over how many files each table is split, for CSV and Parquet.
    """
    with ExitStack() as stack:
        sides = [ret.tables, *([ret.previous] if ret.previous else [])]
        folders = [stack.enter_context(passing_folder()) for _ in sides]
        said = [line for side, folder in zip(sides, folders, strict=True) for line in _write(side, folder, form, files)]
        read = [read_tables(folder, allow_missing=CORE).tables for folder in folders]
    before = read[1] if len(read) > 1 else ret.previous
    now = Return(
        read[0],
        year=ret.year,
        previous=before,
        local_authority=ret.local_authority,
        providers=ret.providers,
        postcodes=ret.postcodes,
    )
    return now, said


def _write(tables: Mapping[str, pl.DataFrame], folder: Path, form: Form, files: int) -> list[str]:
    parts = [{name: _part(frame, n, files) for name, frame in tables.items()} for n in range(files)]
    return [
        line
        for n, part in enumerate(parts)
        for line in write_tables(as_texts(part), folder / _FILES.get(form, f"part {n + 1}"), form, Outputs())
    ]


def _part(frame: pl.DataFrame, number: int, parts: int) -> pl.DataFrame:
    ends = [frame.height * n // parts for n in range(parts + 1)]
    return frame.slice(ends[number], ends[number + 1] - ends[number])


def as_xml_has_it(ret: Return) -> Return:
    """The return with just the tables of an XML file, which has all of these, rows or not, and the asylum flag."""
    held = [name for name, table in TABLES.items() if table.xml]
    empty = {name: pl.DataFrame(schema=dict.fromkeys(TABLES[name].columns(), pl.String)) for name in held}
    none = tables_of(empty)[0]

    def only(tables: Mapping[str, pl.DataFrame] | None) -> Tables | None:
        if tables is None:
            return None
        found = {name: tables.get(name, none[name]) for name in held}
        return (
            found
            if FLAG in found["Header"].columns
            else found | {"Header": found["Header"].with_columns(with_flag(found))}
        )

    return rebuilt(ret, only(ret.tables), only(ret.previous))


def struck(before: Return, after: Return) -> dict[str, set[str]]:
    """The columns of this year's tables that differ, by table; a table that has other rows or is gone wholly."""
    found: dict[str, set[str]] = {}
    for name, frame in before.tables.items():
        other = after.tables.get(name)
        columns = set(TABLES[name].columns())
        if other is not None and other.height == frame.height:
            columns = {c for c in columns if not _same(frame, other, c)}
        if columns:
            found[name] = columns
    return found


def _same(one: pl.DataFrame, other: pl.DataFrame, column: str) -> bool:
    both = [name for name in (column, f"{column}.{TEXT}") if name in one.columns]
    return all(one[name].equals(other[name], null_equal=True) for name in both)
