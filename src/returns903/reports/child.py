"""One child's rows over all tables, in order of time, with what was flagged. They are cells of the return: for those
who asked for this child.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import polars as pl
from pydantic import BaseModel, ConfigDict
from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from returns903.errors import ConfigError
from returns903.reports.summary import loud, not_run
from returns903.reports.text import heading
from returns903.results import Result
from returns903.rules.registry import Severity
from returns903.tables import TABLES, Table
from returns903.texts import as_texts
from returns903.views.states import with_states
from returns903.words import counted, printable

BIRTHS = ("DOB", "MC_DOB")
"""Days that say who someone is, and not when a row begins."""
_STYLES: dict[Severity, str] = {"error": "bold red", "query": "bold yellow"}
_LATEST = 10
"""Characters of a day, as dd/mm/yyyy."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Flag(_Part):
    """What a rule says of a row."""

    rule: str
    severity: Severity
    fields: list[str]
    """The columns to look at."""
    message: str
    accepted: str | None
    """Why it is right although it looks wrong, where that was accepted; null: it was not."""


class ChildRow(_Part):
    """A row of the child's, as it was read."""

    table: str
    previous: bool
    """Whether it stands in last year's return."""
    file: str | None
    line: int | None
    row: int
    """Its number in the table, from 0."""
    day: dt.date | None
    """When it begins; null where it has no day that can be read."""
    cells: dict[str, str | None]
    """By column; null: blank."""
    flags: list[Flag]


class ChildRows(_Part):
    """All rows of a child, those without a day first and the others by their days."""

    child: str
    year: str
    rules_year: str
    failures: list[str]
    """Why the run must not be taken for a pass; empty where it may."""
    rows: list[ChildRow]
    not_run: dict[str, list[str]]
    """The rules that did not run, by reason."""


def child_rows(result: Result, child: str) -> ChildRows:
    """The rows of a child of this return and the previous one.

    Args:
        result: what was found in the return.
        child: the identifier; blanks around it and small letters make no difference.

    Raises:
        ConfigError: no row is of this child. No other child is named.
    """
    source, wanted = result.the_return, child.strip().upper()
    rows = [
        row
        for previous, tables in ((True, source.previous or {}), (False, source.tables))
        for name, frame in tables.items()
        for row in _rows(result, frame, TABLES[name], previous, wanted)
    ]
    if not rows or not wanted:
        years = "this return" if source.previous is None else "this return or the previous one"
        msg = f"no row of {years} is of the child {printable(wanted)!r}: see how the return writes its identifiers"
        raise ConfigError(msg)
    return ChildRows(
        child=wanted,
        year=source.year.label,
        rules_year=result.rules_year,
        failures=result.failures,
        rows=sorted(rows, key=lambda row: (row.day is not None, row.day or dt.date.min)),
        not_run=not_run(result),
    )


def _rows(result: Result, frame: pl.DataFrame, of: Table, previous: bool, child: str) -> Iterator[ChildRow]:
    own = frame.filter(pl.col("CHILD").str.strip_chars().str.to_uppercase() == child)
    if own.is_empty():
        return
    about = own.select("file", "line", "row", day=_day(of)).iter_rows(named=True)
    flags = _flags(result, of, previous)
    for place, cells in zip(about, as_texts({of.name: own})[of.name].iter_rows(named=True), strict=True):
        yield ChildRow(table=of.name, previous=previous, cells=cells, flags=flags.get(place["row"], []), **place)


def _day(of: Table) -> pl.Expr:
    """When a row begins: the date that orders the table's rows, or else the first other one that is there."""
    dates = [name for name, column in of.columns().items() if column.kind == "date" and name not in BIRTHS]
    ordered = sorted(dates, key=lambda name: name != of.order)
    return pl.coalesce(ordered) if ordered else pl.lit(None, pl.Date)


def _flags(result: Result, of: Table, previous: bool) -> dict[int, list[Flag]]:
    """What was flagged in a table, by row."""
    found = with_states(result).with_columns(accepted=_reason(result))
    found = found.filter(pl.col("table") == of.name, pl.col("previous") == previous)
    flags: dict[int, list[Flag]] = {}
    for item in found.select("row", *Flag.model_fields).iter_rows(named=True):
        row = item.pop("row")
        flags.setdefault(row, []).append(Flag(**{**item, "fields": item["fields"].split()}))
    return flags


def _reason(result: Result) -> pl.Expr:
    return pl.lit(None, pl.String) if result.acceptance is None else pl.col("accepted")


def render(result: Result, found: ChildRows) -> RenderableType:
    """The rows as something rich can print."""
    return Group(*_parts(result, found))


def _parts(result: Result, found: ChildRows) -> Iterator[RenderableType]:
    yield heading(result)
    for line in loud(result):
        yield Text(line, style="bold red")
    yield Text(f"Child {printable(found.child)}: {_counted(found.rows)}", style="bold")
    for row in found.rows:
        yield Text()
        yield _title(row)
        yield Padding(_cells(row), (0, 0, 0, 2))
        for flag in row.flags:
            said = f"{flag.severity} {flag.rule}: {flag.message} ({', '.join(flag.fields)})"
            style = _STYLES[flag.severity] if flag.accepted is None else "green"
            why = "" if flag.accepted is None else f"; accepted: {printable(flag.accepted)}"
            yield Padding(Text(f"{said}{why}", style=style), (0, 0, 0, 2))
    if found.not_run:
        rules = counted(sum(map(len, found.not_run.values())), "rule")
        said = f"\nDid not run: {rules} ({'; '.join(found.not_run)}). 'returns903 validate' says which."
        yield Text(said, style="dim")


def _counted(rows: list[ChildRow]) -> str:
    now, before = (sum(row.previous is previous for row in rows) for previous in (False, True))
    last_year = f" and {counted(before, 'row')} of last year's" if before else ""
    flagged = [flag for row in rows for flag in row.flags]
    rules = {flag.rule for flag in flagged}
    found = f"{counted(len(flagged), 'finding')} of {counted(len(rules), 'rule')}" if flagged else "nothing flagged"
    return f"{counted(now, 'row')} of this return{last_year}; {found}"


def _title(row: ChildRow) -> Text:
    place = f"{row.file}:{row.line}" if row.line is not None else f"{row.file or 'row'} {row.row}"
    day = f"{row.day:%d/%m/%Y}" if row.day is not None else "no day"
    whose = "last year, " if row.previous else ""
    return Text.assemble((f"{day:{_LATEST}}  {row.table}", "bold"), (printable(f"  {whose}{place}"), "dim"))


def _cells(row: ChildRow) -> Columns:
    """Every filled cell, and those that a rule speaks of, which are marked."""
    styles = {field: _STYLES[flag.severity] for flag in reversed(row.flags) for field in flag.fields}
    cells = [
        Text(f"{'*' if name in styles else ''}{name} {printable(cell or 'blank')}", style=styles.get(name, ""))
        for name, cell in row.cells.items()
        if name != "CHILD" and (cell is not None or name in styles)
    ]
    return Columns(cells or [Text("nothing but the child")], padding=(0, 2))
