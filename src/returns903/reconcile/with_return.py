"""A published table against the return: each row, what no row holds, and the total."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from returns903 import codes
from returns903.derive.care import birth_dates
from returns903.derive.leaving import leaving_care
from returns903.derive.local_categories import LocalCategory, assigned, local_categories
from returns903.derive.population import looked_after_on, started_in_year
from returns903.reconcile.arithmetic import sums_of
from returns903.reconcile.checks import AGREES, CONTRADICTS, UNKNOWN, Check, added, whole
from returns903.reconcile.matching import Matches, matched, told_apart, words
from returns903.reconcile.published import Cell, Row, Table
from returns903.returns import Return
from returns903.years import Year

_DIMENSIONS = {"REC": "reason", "LS": "legal_status", "ETHNIC": "ethnic", "PLACE": "placement", "SEX": "sex"}
"""The column of the derived tables that holds the codes of each list."""

LEFT, STARTED, IN_CARE = "left care in the year", "started in the year", "looked after on the last day of the year"


@dataclass(frozen=True, slots=True)
class Figures:
    """What the return says of one column: the children by code, and those in the authority's own rows by name."""

    of_whom: str
    by_code: Counter[str | None]
    own: Counter[str]

    @property
    def total(self) -> int:
        """All children."""
        return self.by_code.total() + self.own.total()


@dataclass(frozen=True, slots=True)
class Line:
    """Printed rows that stand for the same codes, or for one row of the authority's own."""

    rows: list[Row]
    codes: frozenset[str]
    own: str | None = None


def against(table: Table, ret: Return, categories: str | Path | None = None) -> list[Check]:
    """The checks of a table against a return.

    Raises:
        ConfigError: the file of local categories makes no sense.
    """
    rows = sums_of(table)[-1].parts
    matches = matched(rows)
    if matches is None:
        message = "no row's label or code is a leaving reason, legal status, placement, ethnicity or sex of the return"
        return [Check("row and return", table.counts[0], None, None, UNKNOWN, None, None, message)]
    local = local_categories(categories) if categories else []
    names = [category.name for category in local] if matches.of == "REC" else []
    lines, strangers = _lines(rows, matches, names)
    found: list[Check] = []
    figures = _figures(ret, table, matches.of, local)
    for column, of in figures.items():
        if of is None:
            message = f"what {column} counts is no figure that the return is held against"
            found.append(Check("row and return", column, None, None, UNKNOWN, None, None, message))
        else:
            found += _Column(table, column, of, lines, strangers).checks(matches.of)
    return [*found, *_totals(table, figures)]


def _lines(rows: list[Row], matches: Matches, own: list[str]) -> tuple[list[Line], list[Row]]:
    """The rows by what they stand for; and those that stand for nothing in the return."""
    groups: dict[frozenset[str] | str, list[Row]] = {}
    strangers: list[Row] = []
    shared = Counter(matches.rows)
    for row, of in zip(rows, matches.rows, strict=True):
        name = next((name for name in own if words(name) == words(row.label)), None)
        if name is not None:
            groups.setdefault(name, []).append(row)
        elif of is None:
            strangers.append(row)
        else:
            key = told_apart(matches.of, row.label, of) if shared[of] > 1 else of
            groups.setdefault(key, []).append(row)
    lines = [
        Line(those, frozenset(), key) if isinstance(key, str) else Line(those, key) for key, those in groups.items()
    ]
    return lines, strangers


def _figures(ret: Return, table: Table, of_list: str, local: list[LocalCategory]) -> dict[str, Figures | None]:
    """What the return says of each column; None for a column that is no figure it can be held against."""
    frames: dict[str, pl.DataFrame] = {}
    found: dict[str, Figures | None] = {}
    for column in table.counts:
        whom = _of_whom(table, column, of_list, ret.year)
        if whom is not None and whom not in frames:
            frames[whom] = _children(ret, whom, local if of_list == "REC" else [])
        known = whom is not None and _DIMENSIONS[of_list] in frames[whom].columns
        found[column] = _counted(frames[whom], column, whom, of_list) if known and whom is not None else None
    return found


def _children(ret: Return, whom: str, local: list[LocalCategory]) -> pl.DataFrame:
    """One row a child, with `own`: the name of the authority's own row that a leaver belongs in."""
    if whom != LEFT:
        frame = started_in_year(ret) if whom == STARTED else looked_after_on(ret, ret.year.end)
        return frame.with_columns(own=pl.lit(None, pl.String))
    persons = birth_dates(ret).select("child", "ethnic", "sex")
    frame = assigned(leaving_care(ret), local).join(persons, on="child", how="left", maintain_order="left")
    names = {number: category.name for number, category in enumerate(local)}
    return frame.with_columns(own=pl.col("local").replace_strict(names, default=None, return_dtype=pl.String))


def _counted(frame: pl.DataFrame, column: str, whom: str, of_list: str) -> Figures:
    if _ASYLUM.search(column.lower()):
        frame, whom = frame.filter("asylum"), f"unaccompanied asylum seekers {whom}"
    usual = frame.filter(pl.col("own").is_null())
    own = Counter[str](frame.get_column("own").drop_nulls().to_list())
    return Figures(whom, Counter(usual.get_column(_DIMENSIONS[of_list]).to_list()), own)


_ASYLUM = re.compile(r"asylum|uasc")
_PLAIN = re.compile(r"(number|count|no|n|total|all)?[ _]*(of[ _])?(children|count|number|total|all|young[ _]people)?")
"""Names of columns of counts that do not say whose."""


def _of_whom(table: Table, column: str, of_list: str, year: Year) -> str | None:
    """Whose number a column is, by its name; else, where it does not say, by what the table is broken down by."""
    name = column.lower()
    years = re.findall(r"20\d\d(?:[-_/]\d\d)?", name)
    if years and not {re.sub(r"[_/]", "-", each) for each in years} & {year.label, str(year.end.year)}:
        return None
    if any(word in name for word in ("left", "leav", "ceas")):
        return LEFT
    if any(word in name for word in ("start", "enter", "came")):
        return STARTED
    if any(word in name for word in ("looked", "31", "march", "year_end")):
        return IN_CARE
    plain = years or len(table.counts) == 1 or _ASYLUM.search(name) or _PLAIN.fullmatch(name)
    return (LEFT if of_list == "REC" else IN_CARE) if plain else None


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of counts against the return."""

    table: Table
    column: str
    figures: Figures
    lines: list[Line]
    strangers: list[Row]

    def checks(self, of_list: str) -> Iterator[Check]:
        for line in self.lines:
            yield self._line(line)
        for row in self.strangers:
            said = "is no code or group of the return; a row of the authority's own needs its local category"
            yield self._check(row, UNKNOWN, row.counts[self.column], None, f"'{row.label}' {said}")
        yield from self._missing(of_list)

    def _line(self, line: Line) -> Check:
        own, by_code = self.figures.own, self.figures.by_code
        figure = own[line.own] if line.own is not None else sum(by_code[code] for code in line.codes)
        cells = [row.counts[self.column] for row in line.rows]
        cell = cells[0] if len(cells) == 1 else _together(cells)
        state, rest = self._compared(cell, figure)
        many = "" if len(cells) == 1 else f" (lines {', '.join(str(row.line) for row in line.rows)} together)"
        shown = "nothing" if not cell.given else str(cell.range)
        shown = f"a suppressed number, {shown}," if cell.suppressed else shown
        message = f"{shown} is printed{many} and the return gives {figure:,}{rest}"
        return self._check(line.rows[0], state, cell, figure, message)

    def _compared(self, cell: Cell, figure: int) -> tuple[str, str]:
        elsewhere = added(row.counts[self.column].range for row in self.strangers)
        if not cell.given:
            return (AGREES if figure == 0 else UNKNOWN), ""
        if cell.range.meets(whole(figure, figure)):
            return AGREES, ""
        if cell.loose:
            return UNKNOWN, ": it may be hidden to protect another number"
        if (
            self.strangers
            and cell.range.meets(whole(0, figure))
            and (cell.range + elsewhere).meets(whole(figure, None))
        ):
            return UNKNOWN, ": the others may be in a row that cannot be matched"
        return CONTRADICTS, ""

    def _missing(self, of_list: str) -> Iterator[Check]:
        """Children whom no row of the table would hold."""
        covered = frozenset[str]().union(*(line.codes for line in self.lines))
        names = {line.own for line in self.lines}
        left = {code: n for code, n in self.figures.by_code.items() if code not in covered}
        left |= {name: n for name, n in self.figures.own.items() if name not in names}
        if not left:
            return
        listed = ", ".join(_named(of_list, code) for code in sorted(left, key=str))
        state = UNKNOWN if self.strangers else CONTRADICTS
        message = f"no row matches {listed}, to which the return gives {sum(left.values()):,}"
        yield Check("row and return", self.column, None, None, state, None, whole(n := sum(left.values()), n), message)

    def _check(self, row: Row, state: str, cell: Cell, figure: int | None, message: str) -> Check:
        expected = None if figure is None else whole(figure, figure)
        printed = cell.range if cell.given else None
        return Check("row and return", self.column, row.label, self.table.line(row), state, printed, expected, message)


def _named(of_list: str, code: str | None) -> str:
    """A code as it may be shown: what is in no code list may be anything, and is not."""
    if code is None:
        return "a blank"
    return code if code in codes.code_list(of_list) else "what is no code of the list"


def _together(cells: list[Cell]) -> Cell:
    return Cell(
        added(cell.range for cell in cells),
        all(cell.given for cell in cells),
        any(cell.suppressed for cell in cells),
        any(cell.loose for cell in cells),
    )


def _totals(table: Table, figures: dict[str, Figures | None]) -> Iterator[Check]:
    total = sums_of(table)[-1].total
    if total is None:
        return
    known = {column: of for column, of in figures.items() if of is not None}
    if total.all_columns and len(known) == len(figures):
        column = next((name for name in table.counts if total.counts[name].given), table.counts[0])
        yield _total(table, total, column, list(known.values()))
        return
    for column, of in known.items():
        if total.counts[column].given and not total.all_columns:
            yield _total(table, total, column, [of])


def _total(table: Table, total: Row, column: str, of: list[Figures]) -> Check:
    cell, figure = total.counts[column], sum(each.total for each in of)
    agrees = cell.range.meets(whole(figure, figure))
    state = AGREES if agrees else UNKNOWN if cell.loose else CONTRADICTS
    whom = " and ".join(f"{each.total:,} {each.of_whom}" for each in of)
    message = f"the total claims {cell.range} and the return gives {figure:,} ({whom})"
    expected = whole(figure, figure)
    return Check("total and return", column, total.label, table.line(total), state, cell.range, expected, message)
