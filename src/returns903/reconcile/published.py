"""A published table as it was printed: labels, counts, percentages, totals, and what is suppressed."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path

import polars as pl

from returns903.errors import ConfigError, InputError, told_as
from returns903.limits import DECIMALS, DIGITS, PUBLISHED_BYTES, PUBLISHED_COLUMNS, PUBLISHED_ROWS
from returns903.reading.bounded import bounded_bytes
from returns903.reading.cells import refuse_odd
from returns903.reading.encoding import decode
from returns903.reading.handed_in import Frame, as_frame
from returns903.reading.recognise import NotFound, recognise
from returns903.reconcile.checks import Range, whole
from returns903.reference.csv_rows import csv_rows
from returns903.words import counted, printable

MARKS = {"c", "*", "x", "..", "…", ":", "-", "\u2013", "\u2014", "low", "u", "suppressed"}
"""Marks that stand for a number that is not shown. `z` (not applicable) counts as blank, `k` as a number near 0."""

_BLANK = {"", "z", "n/a", "na", "[z]"}
_NUMBER = rf"[0-9]{{1,{DIGITS}}}"
_BELOW = re.compile(rf"(?:<|less than|fewer than|under) ?({_NUMBER})")
_AT_MOST = re.compile(rf"(?:≤|<=) ?({_NUMBER})")
_SPAN = re.compile(rf"({_NUMBER}) ?(?:-|\u2013|to) ?({_NUMBER})")
_COUNT = re.compile(rf"{_NUMBER}|[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,{DIGITS // 3 - 1}}}")
_PERCENT = re.compile(rf"({_NUMBER})(?:\.([0-9]{{1,{DECIMALS}}}))? ?%?")
_NO_NAME = re.compile(r"(?!(?:19|20)[0-9]{2}$)[0-9][0-9,.]*%?|[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}")
"""A number or a date; but a year may be the name of a column."""
_PERCENT_NAME = re.compile(r"per ?_?cent|%|\bpct\b|_pct\b|proportion|\brate\b")
_LABEL_NAME = re.compile(
    r"(.*[_ ])?(code|label|id|reason|status|group|name)|year|month|date|age|ls|rec|kind|level|ethnic\w*"
)
_TOTAL = re.compile(r"(grand |overall )?totals?\b.*|(all|sum|overall)( children| reasons| statuses| ages| groups)?")
_GRAND = re.compile(r"(grand |overall )?total|all|sum|overall|.*\b(both|all) columns")
_PART = re.compile(r"(of which|of whom|of these|including)\b.*")

MOST_DECIMALS = 9
"""Decimals beyond these are those of a computer's arithmetic."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed count: the numbers it may stand for."""

    range: Range
    given: bool = True
    suppressed: bool = False
    loose: bool = False
    """A mark that may also hide a larger number, or a zero, to protect another cell."""


@dataclass(frozen=True, slots=True)
class Percent:
    """A printed percentage: from `low` up to, not including, `high`; as it stood, and to how many decimals."""

    value: Fraction
    decimals: int

    @property
    def low(self) -> Fraction:
        """The smallest number that is printed so."""
        return self.value - Fraction(1, 2 * 10**self.decimals)

    @property
    def high(self) -> Fraction:
        """The smallest number that is printed as the next."""
        return self.value + Fraction(1, 2 * 10**self.decimals)

    def __str__(self) -> str:
        return f"{float(self.value):.{self.decimals}f}%"


@dataclass(frozen=True, slots=True)
class Row:
    """A printed row. A percentage is None where it is suppressed or blank."""

    line: int
    label: str
    texts: dict[str, str]
    counts: dict[str, Cell]
    percents: dict[str, Percent | None]

    @property
    def is_total(self) -> bool:
        """Whether a label says that this is the sum of others."""
        return any(_TOTAL.fullmatch(text.lower()) for text in self.texts.values())

    @property
    def is_grand(self) -> bool:
        """Whether a label says that this is the sum of all."""
        return any(_GRAND.fullmatch(text.lower()) for text in self.texts.values())

    @property
    def is_part(self) -> bool:
        """Whether a label says that these are counted in another row already."""
        return any(_PART.fullmatch(text.lower()) for text in self.texts.values())

    @property
    def all_columns(self) -> bool:
        """Whether a label says that the number is a total over columns too."""
        return any(re.search(r"\b(both|all) columns\b", text.lower()) for text in self.texts.values())


@dataclass(frozen=True, slots=True)
class Table:
    """A printed table."""

    source: str
    from_file: bool
    columns: list[str]
    """All of them in their order; `labels`, `counts` and `percents` are those of each kind."""
    labels: list[str]
    counts: list[str]
    percents: list[str]
    rows: list[Row]
    rounded: int | None

    def line(self, row: Row) -> int | None:
        """The row's line in the file."""
        return row.line if self.from_file else None


Record = tuple[int, list[str]]


def read_published(published: str | Path | Frame, rounded: int | None = None) -> Table:
    """Read a published table from a CSV file or a frame.

    Raises:
        InputError: it cannot be read as a table, has no column of counts, or is a table about children.
        ConfigError: it is neither path nor frame, or counts are said to be rounded to something else than 5 or 10.
    """
    if rounded not in (None, 5, 10):
        msg = "published counts are rounded to the nearest 5 or 10, or not at all"
        raise ConfigError(msg)
    if isinstance(published, (str, Path)):
        source, from_file = printable(str(published)), True
        header, *records = _records(source, Path(published))
        names = header[1]
    else:
        source, from_file = "the table", False
        names, records = _of_frame(source, as_frame(published, "the published table (a path or a frame)"))
    return _table(source, [printable(name.strip()) for name in names], records, rounded, from_file=from_file)


def _of_frame(source: str, frame: pl.DataFrame) -> tuple[list[str], list[Record]]:
    refuse_odd(frame.schema, source)
    with told_as(InputError(f"{source} holds cells that cannot be read as text")):
        cells = frame.head(PUBLISHED_ROWS + 1).select(pl.all().cast(pl.String).fill_null(""))
    return frame.columns, [(n, list(row)) for n, row in enumerate(cells.rows(), 1)]


def _records(source: str, path: Path) -> list[Record]:
    text, _ = decode(source, bounded_bytes(path, PUBLISHED_BYTES))
    first = text.lstrip("\n").partition("\n")[0]
    rows = csv_rows(source, io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    found = list(islice(rows, PUBLISHED_ROWS + 2))
    if not found:
        msg = f"{source} is empty"
        raise InputError(msg)
    width = len(found[0][1])
    for line, cells in found:
        if len(cells) != width:
            msg = f"{source} line {line}: {counted(len(cells), 'cell')}, where the header has {width}"
            raise InputError(msg)
    return found


def _table(source: str, names: list[str], records: list[Record], rounded: int | None, *, from_file: bool) -> Table:
    if why := _why_no_table(names, records):
        msg = f"{source}: {why}"
        raise InputError(msg)
    columns = {name: [printable(cells[n].strip()) for _, cells in records] for n, name in enumerate(names)}
    percents = [name for name in names if _PERCENT_NAME.search(name.lower()) and _mostly(columns[name], _is_percent)]
    others = [name for name in names if name not in percents]
    unnamed = [name for name in others if not _LABEL_NAME.fullmatch(name.lower())]
    counts = [name for name in unnamed if _mostly(columns[name], _is_count)]
    if not counts:
        msg = f"{source}: no column of counts: one with numbers, or marks such as c and <5, beside the labels"
        raise InputError(msg)
    labels = [name for name in others if name not in counts]
    place = f"{source} line" if from_file else f"{source}, row"
    kinds = (labels, counts, percents)
    rows = [
        _row({name: columns[name][n] for name in names}, line, place, kinds, rounded)
        for n, (line, _) in enumerate(records)
    ]
    return Table(source, from_file, names, labels, counts, percents, rows, rounded)


def _why_no_table(names: list[str], records: list[Record]) -> str | None:
    """Why this is no published table. A table about children is none, lest what stands in it be told as a label."""
    if len(records) > PUBLISHED_ROWS or len(names) > PUBLISHED_COLUMNS:
        return f"more than {PUBLISHED_ROWS:,} rows or {PUBLISHED_COLUMNS} columns, which no published table has"
    if len(set(names)) < len(names):
        return "two columns have one name"
    if "child" in (name.lower() for name in names) or not isinstance(recognise(names), NotFound):
        return "a table with a row for each child or the like, not a published one"
    if any(_NO_NAME.fullmatch(name) for name in names):
        return "its first row holds numbers or dates, so it is no header"
    return None


def _mostly(cells: list[str], readable: Callable[[str], bool]) -> bool:
    """Whether most cells that are not blank can be read and one at least is a number; or all are marks."""
    filled = [cell.lower() for cell in cells if cell.lower() not in _BLANK]
    good = [cell for cell in filled if readable(cell)]
    if any(re.search(r"\d", cell) for cell in good):
        return 2 * len(good) > len(filled)
    return bool(filled) and len(good) == len(filled)


def _is_count(text: str) -> bool:
    return _count(text, None) is not None


def _is_percent(text: str) -> bool:
    return _PERCENT.fullmatch(text) is not None or text.strip("[]") in MARKS | {"k"} or text.startswith("<")


def _row(
    cells: dict[str, str], line: int, place: str, names: tuple[list[str], list[str], list[str]], rounded: int | None
) -> Row:
    labels, counts, percents = names
    found: dict[str, Cell] = {}
    for name in counts:
        cell = _count(cells[name].lower(), rounded)
        if cell is None:
            what = f"neither a number nor a mark of suppression (a number has {DIGITS} digits at most)"
            msg = f"{place} {line}, column {name}: {what}"
            raise InputError(msg)
        found[name] = cell
    shares: dict[str, Percent | None] = {}
    for name in percents:
        text = cells[name].lower()
        if text not in _BLANK and not _is_percent(text):
            msg = f"{place} {line}, column {name}: neither a percentage nor a mark of suppression"
            raise InputError(msg)
        shares[name] = _percent(text)
    texts = {name: cells[name] for name in labels if cells[name]}
    return Row(line, list(texts.values())[-1] if texts else f"row {line}", texts, found, shares)


def _count(text: str, rounded: int | None) -> Cell | None:
    """A printed count, None where it is none."""
    mark = text.strip("[]() ") if text[:1] in "[(" else text
    if mark in _BLANK:
        return Cell(whole(0, None), given=False)
    if _COUNT.fullmatch(mark):
        value = int(mark.replace(",", ""))
        # To the nearest 10: 5 below (a half is rounded up) to 4 above; to the nearest 5: 2 either way.
        return Cell(whole(max(0, value - (rounded or 1) // 2), value + ((rounded or 1) - 1) // 2))
    if found := _BELOW.fullmatch(mark):
        return Cell(whole(1, max(1, int(found[1]) - 1)), suppressed=True)
    if found := _AT_MOST.fullmatch(mark):
        return Cell(whole(1, max(1, int(found[1]))), suppressed=True)
    if found := _SPAN.fullmatch(mark):
        return Cell(whole(int(found[1]), int(found[2])), suppressed=True)
    if mark == "k":
        return Cell(whole(1, 4), suppressed=True)
    return Cell(whole(1, 5), suppressed=True, loose=True) if mark in MARKS else None


def _percent(text: str) -> Percent | None:
    found = _PERCENT.fullmatch(text)
    if found is None:
        return None
    value = Fraction(text.rstrip("% "))
    return Percent(value, min(len(found[2] or ""), MOST_DECIMALS))
