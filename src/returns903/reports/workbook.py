"""The result as a workbook that people work from. It is a working copy with identifiers and cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from returns903 import __version__
from returns903.accepting.held import COLUMNS
from returns903.pages.book import Book
from returns903.pages.grid import Cell, Column, Format
from returns903.reports.accepted import accepted, lapsed, weighed
from returns903.reports.places import AT
from returns903.reports.summary import HINTS, loud
from returns903.results import Result
from returns903.views.cells import with_cells
from returns903.views.since import Since
from returns903.views.states import weighed_otherwise
from returns903.words import sentence

WORK, ANSWERS = "Work list", ("Owner", "Status", "Comment", "Accept until")
"""The sheet with a line a finding, and its columns that people fill in; `returns903 accept --from` reads them back."""
ACCEPTED = "accepted"
"""The status of a finding that is accepted."""
HEADINGS = {
    "child": "Child",
    "severity": "Severity",
    "rule": "Rule",
    "message": "What is wrong",
    "cells": "Cells",
    "fix": "How to mend it",
    "table": "Table",
    "year": "Return",
    "row": "Row",
    "place": "Place",
}
"""What the columns of the work list are called."""
FURTHER = {"since": "Since", "published": "Published as"}
"""What stands behind them where it was asked for."""
THIS_YEAR, LAST_YEAR = "this year", "last year"
_STATEMENT = "A working copy: it holds identifiers and cells of children's records. Not to be passed on."


def to_workbook(result: Result) -> bytes:
    """Sheets: the run, the work list, the children, the rules with their states, the tables read, the notes of reading.

    Raises:
        ConfigError: the package that writes workbooks is not installed.
    """
    book = Book(f"SSDA903 return of {result.the_return.year.label}", _STATEMENT)
    _run(book, result)
    _sheet(book, WORK, work_list(result), (14, 9, 9, 50, 44, 50, 15, 10, 7, 26, 14, 14, 30, 14))
    children = result.by_child().with_columns(pl.col("rules").list.join(", "))
    _sheet(book, "Children", children.rename(str.capitalize), (14, 9, 9, 9, 80))
    _sheet(book, "Rules", _rules(result), (10, 10, 10, 34, 10, 10, 60, 60, 60, 13))
    if result.acceptance is not None:
        _sheet(book, "Accepted", result.acceptance.entries.rename(_heading), (24, 10, 16, 20, 10, 10, 60, 20, 12))
    _sheet(book, "Tables read", _inputs(result), (18, 12, 10, 50))
    if result.baseline is not None:
        _sheet(book, "Since", _changed(result.baseline), (14, 14, 9, 12, 9))
    notes = result.reading.select("kind", "table", "file", "line", "column", "count", "message")
    _sheet(book, "Reading", notes.rename(str.capitalize), (14, 14, 26, 8, 18, 8, 90))
    return book.content()


def work_list(result: Result) -> pl.DataFrame:
    """A line a finding, child by child, with columns for those who work it off. What is accepted stands last."""
    fixes = pl.DataFrame({"rule": list(result.rules), "fix": [rule.fix for rule in result.rules.values()]})
    found = (
        with_cells(result)
        .join(fixes, on="rule", how="left", maintain_order="left")
        .with_columns(year=pl.when("previous").then(pl.lit(LAST_YEAR)).otherwise(pl.lit(THIS_YEAR)), place=AT)
    )
    if result.acceptance is None:
        found = found.with_columns(pl.lit(None, dtype).alias(name) for name, dtype in COLUMNS.items())
    order = [pl.col("accepted").is_not_null(), "child", "severity", "rule", "previous", "table", "row"]
    further = {name: heading for name, heading in FURTHER.items() if name in found.columns}
    status = pl.when(pl.col("accepted").is_not_null()).then(pl.lit(ACCEPTED))
    answers = (pl.col("accepted_by"), status, pl.col("accepted"), pl.col("accepted_until"))
    lines = found.sort(order, nulls_last=True, maintain_order=True).with_columns(
        answer.alias(name) for name, answer in zip(ANSWERS, answers, strict=True)
    )
    return lines.select(*HEADINGS, *further, *ANSWERS).rename(HEADINGS | further)


def _run(book: Book, result: Result) -> None:
    sheet = book.sheet("Run")
    sheet.widths(26, 14, 14, 14, 14)
    sheet.say(0, 0, f"SSDA903 return of {result.the_return.year.label}", "title")
    sheet.say(1, 0, _STATEMENT)
    row = 2
    for look, lines in (("stamp", loud(result)), ("text", [weighed(result), accepted(result), *lapsed(result)])):
        for said in filter(None, lines):
            sheet.say(row, 0, said, look)
            row += 1
    facts = {"returns903": __version__, "Rules of": result.rules_year, "Authority": result.the_return.local_authority}
    for name, value in facts.items():
        sheet.say(row, 0, name, "strong")
        sheet.say(row, 1, value or "not given")
        row += 1
    counts = result.summary().rename(str.capitalize).rename({"Severity": ""})
    columns = _columns(counts)
    for place, column in enumerate(columns):
        sheet.say(row + 1, place, column.heading, "right" if column.is_number else "head")
    for number, values in enumerate(counts.iter_rows(), row + 2):
        for place, (value, column) in enumerate(zip(values, columns, strict=True)):
            sheet.cell(number, place, value, column)


def _sheet(book: Book, name: str, frame: pl.DataFrame, widths: Sequence[int]) -> None:
    sheet = book.sheet(name)
    sheet.widths(*widths)
    sheet.rows(_columns(frame), frame.rows())


def _columns(frame: pl.DataFrame) -> list[Column]:
    forms: Iterator[Format] = (
        "count" if dtype.is_numeric() else "date" if dtype == pl.Date else "text" for dtype in frame.dtypes
    )
    return [Column(name, form) for name, form in zip(frame.columns, forms, strict=True)]


def _heading(name: str) -> str:
    return sentence(name.removeprefix("is_"))


def _rules(result: Result) -> pl.DataFrame:
    told = [(code, rule.when, rule.fix) for code, rule in result.rules.items()]
    words = pl.DataFrame(told, schema={"rule": pl.String, "when": pl.String, "fix": pl.String}, orient="row")
    hints = pl.col("reason").replace_strict(HINTS, default=None, return_dtype=pl.String)
    every = result.by_rule().join(words, on="rule", how="left", maintain_order="left")
    reason = pl.when(hints.is_not_null()).then(pl.format("{} ({})", "reason", hints)).otherwise("reason")
    published = pl.col("rule").replace_strict(weighed_otherwise(result), default=None, return_dtype=pl.String)
    every = every.with_columns(published_as=pl.coalesce(published, "severity"))
    names = {"message": "What is wrong with a flagged row", "when": "When it fires", "fix": "How to mend it"}
    return every.with_columns(reason=reason).rename({name: names.get(name, sentence(name)) for name in every.columns})


def _changed(since: Since) -> pl.DataFrame:
    """What changed since the earlier result, by rule and by child."""
    parts = [
        frame.select(pl.lit(kind).alias("By"), pl.col(name).alias("Of"), pl.exclude(name)).sort("Of", nulls_last=True)
        for kind, name, frame in (("Rule", "rule", since.by_rule()), ("Child", "child", since.by_child()))
    ]
    return pl.concat(parts).rename({"new": "New", "still_there": "Still there", "fixed": "Fixed"})


def _inputs(result: Result) -> pl.DataFrame:
    rows: list[tuple[Cell, ...]] = [
        (item.table, LAST_YEAR if item.previous else THIS_YEAR, item.rows, item.file)
        for item in result.the_return.inputs
    ]
    schema = {"Table": pl.String, "Return": pl.String, "Rows": pl.UInt32, "File": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")
