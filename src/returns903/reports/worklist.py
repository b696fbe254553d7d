"""The work list of a workbook, read back: the lines on which someone accepts a finding.

A line is one where a day stands in Accept until, or `accepted` in Status. It is told by its sheet and line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from returns903.accepting.add import Why
from returns903.errors import ConfigError
from returns903.limits import FILE_BYTES, HEADER_ROWS
from returns903.reading.bounded import bounded_bytes
from returns903.reading.cells import read_date
from returns903.reading.workbooks import Sheet, read_workbook
from returns903.reports.workbook import ACCEPTED, ANSWERS, HEADINGS, LAST_YEAR, THIS_YEAR, WORK
from returns903.results import Outcome, Result
from returns903.rules import definitions
from returns903.views.cells import with_cells
from returns903.words import printable

OWNER, STATUS, COMMENT, UNTIL = ANSWERS
MATCHED = ("rule", "table", "year", "row", "child", "cells")
"""What has to be as it was, for a line to be about a finding."""
SAID = ("accept", ACCEPTED)
"""What in Status means that a finding is accepted."""


@dataclass(frozen=True)
class Lines:
    """What the lines of a work list accept, and what is wrong with others."""

    whys: Mapping[int, Why]
    """By the number of the finding among those of the result."""
    places: Mapping[int, str]
    """The line that each stands on: ``work.xlsx [Work list] line 12``."""
    wrong: Sequence[str]
    """A line each; no cell of theirs is quoted."""


def rules_of(lines: pl.DataFrame) -> list[str]:
    """The rules of the lines.

    Raises:
        ConfigError: none of them is a rule.
    """
    known = {definition.code for definition in definitions()}
    found = [code for code in lines.get_column(HEADINGS["rule"]).unique(maintain_order=True) if code in known]
    if not found:
        msg = f"the lines of the workbook that accept something name no rule in {HEADINGS['rule']}"
        raise ConfigError(msg)
    return found


def read_back(path: Path) -> pl.DataFrame:
    """The lines of a work list that accept something: its columns as text, and `place`.

    Raises:
        ConfigError: the file is no workbook with a work list, or no line of it accepts anything.
        InputError: it cannot be read.
    """
    sheet = _work_list(path)
    top = sheet.cells.head(HEADER_ROWS).rows()
    wanted = {*(HEADINGS[name] for name in MATCHED), *ANSWERS}
    head = next((number for number, row in enumerate(top) if wanted <= set(row)), None)
    if head is None:
        msg = f"{sheet.place} lacks columns of a work list: {', '.join(sorted(wanted - set(top[0] if top else ())))}"
        raise ConfigError(msg)
    names = {column: name for column, name in zip(sheet.cells.columns, top[head], strict=True) if name in wanted}
    lines = sheet.cells.with_columns(place=pl.format("{} line {}", pl.lit(sheet.place), pl.int_range(1, pl.len() + 1)))
    below = lines.slice(head + 1).select("place", *names).rename(names)
    answers = pl.col(*ANSWERS).str.strip_chars().replace("", None)
    meant = below.with_columns(answers).filter(
        pl.col(UNTIL).is_not_null() | pl.col(STATUS).str.to_lowercase().is_in(SAID)
    )
    if meant.is_empty():
        msg = f"{sheet.place}: no line accepts anything, by a day in {UNTIL} or {ACCEPTED} in {STATUS}"
        raise ConfigError(msg)
    return meant


def matched(result: Result, lines: pl.DataFrame) -> Lines:
    """The findings that lines are about, which have to stand as they stood when the workbook was written."""
    known = with_cells(result).with_row_index("number")
    year = pl.when("previous").then(pl.lit(LAST_YEAR)).otherwise(pl.lit(THIS_YEAR))
    named = {HEADINGS[name]: pl.col(name).cast(pl.String) for name in MATCHED if name != "year"} | {
        HEADINGS["year"]: year
    }
    keys = [HEADINGS[name] for name in MATCHED]
    days = lines.with_columns(day=pl.coalesce(read_date(pl.col(UNTIL)), pl.col(UNTIL).str.to_date("%F", strict=False)))
    numbers = known.select("number", **named).unique(keys, keep="first", maintain_order=True)
    found = days.join(numbers, on=keys, how="left", nulls_equal=True, maintain_order="left")
    whys: dict[int, Why] = {}
    places: dict[int, str] = {}
    wrong: list[str] = []
    for line in found.iter_rows(named=True):
        if said := _wrong(line, result.outcomes.get(str(line[HEADINGS["rule"]]))):
            wrong.append(f"{line['place']}: {said}")
        else:
            whys[line["number"]] = Why(line[COMMENT], line[OWNER], line["day"])
            places[line["number"]] = line["place"]
    return Lines(whys, places, wrong)


def _wrong(line: Mapping[str, object], outcome: Outcome | None) -> str | None:
    if outcome is not None and outcome.reason is not None:
        return f"the rule did not run: {outcome.reason}"
    if line["number"] is None:
        return "the rule finds no such row now, or the child or a cell of it is not what it was: validate anew"
    lacking = [name for name in (OWNER, COMMENT, UNTIL) if line[name] is None]
    if lacking:
        return f"nothing stands in {' and '.join(lacking)}: who accepts it, why, and until when"
    return "Accept until is no day, such as 31/03/2027" if line["day"] is None else None


def _work_list(path: Path) -> Sheet:
    name = printable(path.name)
    sheets, unread = read_workbook(name, bounded_bytes(path, FILE_BYTES))
    found = next((sheet for sheet in sheets if sheet.place == f"{name} [{WORK}]"), None)
    if found is None:
        why = f": {unread[0].note.message}" if unread else ""
        msg = f"{name} has no sheet {WORK!r}{why}; validate --output work.xlsx makes one"
        raise ConfigError(msg)
    return found
