"""The result as one JSON document. It is a working copy and carries the children's identifiers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Literal

import polars as pl
from pydantic import BaseModel, ConfigDict

from returns903 import __version__
from returns903.accepting import held
from returns903.reports.summary import changes, totals
from returns903.results import Outcome, Result, State
from returns903.rules.registry import Severity
from returns903.views.states import weighed_otherwise, with_states


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class InputEntry(_Part):
    """A table that was read."""

    file: str | None
    table: str
    previous: bool
    rows: int


class CountEntry(_Part):
    """How much was found. A row that several rules flag is one row, and a child with several is one child."""

    rules: int
    findings: int
    rows: int
    children: int


class RunEntry(_Part):
    """What was validated, by what, and how much it found."""

    version: str
    year: str
    rules_year: str
    authority: str | None
    inputs: list[InputEntry]
    failures: list[str]
    """Why the run must not be taken for a pass; empty where it may."""
    errors: CountEntry
    queries: CountEntry
    severities: dict[str, Severity]
    """What rules count as otherwise than published, by code."""


class ChangedEntry(_Part):
    """What changed in one rule since an earlier result."""

    rule: str
    new: int
    still_there: int
    fixed: int


class FindingEntry(_Part):
    """A flagged row."""

    rule: str
    severity: Severity
    table: str
    previous: bool
    row: int
    line: int | None
    file: str | None
    child: str | None
    fields: list[str]
    message: str
    since: Literal["new", "still there"] | None = None
    """Where the result is held against an earlier one."""
    accepted: str | None = None
    """Where accepted findings are set apart: the reason; null where it is not accepted."""
    accepted_by: str | None = None
    accepted_until: dt.date | None = None
    published: Severity | None = None
    """Where rules are counted otherwise than published: the severity that this one is published with."""


class SinceEntry(_Part):
    """What changed since an earlier result."""

    name: str
    new: int
    still_there: int
    fixed: int
    rules: list[ChangedEntry]
    """The rules of which findings are new or were fixed."""
    gone: list[FindingEntry]
    """The findings that were fixed, with the rows and lines of then."""


class AcceptedEntry(_Part):
    """An entry of a file of accepted findings."""

    place: str
    """The file and the line."""
    rule: str
    table: str
    state: held.State
    findings: int
    """Those that it accepts."""
    is_error: bool
    """The Department does not let it pass."""
    reason: str
    by: str
    until: dt.date


class AcceptanceEntry(_Part):
    """What is accepted."""

    name: str
    """The file that accepts it."""
    findings: int
    """Accepted findings. They are counted among all the same."""
    forced: int
    """Those of them that are errors, which the Department does not let pass."""
    entries: list[AcceptedEntry]


class OutcomeEntry(_Part):
    """How a rule ended."""

    rule: str
    state: State
    reason: str | None
    count: int


class NoteEntry(_Part):
    """Something seen while reading."""

    kind: str
    table: str | None
    previous: bool
    file: str | None
    line: int | None
    row: int | None
    child: str | None
    column: str | None
    count: int
    message: str


class Document(_Part):
    """Everything a validation found."""

    run: RunEntry
    findings: list[FindingEntry]
    outcomes: list[OutcomeEntry]
    reading: list[NoteEntry]
    since: SinceEntry | None = None
    """Where the result is held against an earlier one."""
    acceptance: AcceptanceEntry | None = None
    """Where accepted findings are set apart."""


def document(result: Result, *, findings: bool = True) -> Document:
    """The document of a result; without its findings where they stand elsewhere."""
    source = result.the_return
    inputs = [InputEntry(file=i.file, table=i.table, previous=i.previous, rows=i.rows) for i in source.inputs]
    if not inputs:
        inputs = [
            InputEntry(file=None, table=name, previous=previous, rows=frame.height)
            for previous, tables in ((False, source.tables), (True, source.previous or {}))
            for name, frame in tables.items()
        ]
    return Document(
        run=RunEntry(
            version=__version__,
            year=source.year.label,
            rules_year=result.rules_year,
            authority=source.local_authority,
            inputs=inputs,
            failures=result.failures,
            errors=CountEntry(**asdict(totals(result, "error"))),
            queries=CountEntry(**asdict(totals(result, "query"))),
            severities={code: result.definition(code).severity for code in weighed_otherwise(result)},
        ),
        findings=list(_findings(with_states(result))) if findings else [],
        outcomes=[_outcome(code, outcome) for code, outcome in result.outcomes.items()],
        reading=[NoteEntry(**row) for row in result.reading.iter_rows(named=True)],
        **dict(_held(result)),
    )


def _held(result: Result) -> Iterator[tuple[str, Any]]:
    """What the result was held against, by the name under which it stands."""
    if (since := result.baseline) is not None:
        rules = [ChangedEntry(**asdict(each)) for each in changes(result)]
        new, still, fixed = since.counts.values()
        gone = list(_findings(since.fixed))
        yield "since", SinceEntry(name=since.name, new=new, still_there=still, fixed=fixed, rules=rules, gone=gone)
    if (taken := result.acceptance) is not None:
        entries = [AcceptedEntry(**row) for row in taken.entries.iter_rows(named=True)]
        yield "acceptance", AcceptanceEntry(name=taken.name, findings=taken.count, forced=taken.forced, entries=entries)


def _findings(frame: pl.DataFrame) -> Iterator[FindingEntry]:
    for row in frame.iter_rows(named=True):
        yield FindingEntry(**{**row, "fields": row["fields"].split()})


def _outcome(code: str, outcome: Outcome) -> OutcomeEntry:
    return OutcomeEntry(rule=code, state=outcome.state, reason=outcome.reason, count=outcome.count)


def to_json(result: Result) -> str:
    """The document as text; what the result was not held against does not stand in it."""
    return document(result).model_dump_json(indent=1, exclude_unset=True)
