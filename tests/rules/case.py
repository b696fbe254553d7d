"""Cases that a rule must meet: small returns, and the rows that it flags in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import polars as pl

import returns903
from returns903.rules import TOPICS, Definition, definitions
from returns903.years import RULE_YEARS

Row = Mapping[str, Any]
Rows = Row | Sequence[Row]
NOTHING: list[Row] = []
"""A table that is there and has no rows."""


@dataclass(frozen=True)
class Case:
    """A return of a few rows, and what one rule makes of it."""

    code: str
    because: str
    year: str
    tables: Mapping[str, Sequence[Row]]
    previous: Mapping[str, Sequence[Row]] | None
    flags: Mapping[str, Sequence[int]]
    state: str
    reason: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.code} {self.year} {self.state}: {self.because}"

    @property
    def definition(self) -> Definition:
        """The one that the case is about."""
        return next(d for d in definitions() if d.code == self.code and d.in_force(self.year))


def every_case() -> Iterator[Case]:
    """The cases of all topics, in the order of their files."""
    for topic in TOPICS:
        yield from import_module(f"tests.rules.test_{topic}").CASES


def fires(code: str, because: str, *, flags: Mapping[str, Sequence[int]], **given: Any) -> Case:
    """The rule flags exactly these rows, counted from 0: ``flags={"Episodes": [0]}``, ``"Episodes.last_year"`` too."""
    return _case(code, because, "findings", flags=flags, **given)


def passes(code: str, because: str, **given: Any) -> Case:
    """A near miss: the rule runs and flags nothing."""
    return _case(code, because, "passed", flags={}, **given)


def skips(code: str, because: str, *, reason: str, **given: Any) -> Case:
    """The rule cannot run, and says why."""
    return _case(code, because, "skipped", flags={}, reason=reason, **given)


def _case(
    code: str,
    because: str,
    state: str,
    *,
    flags: Mapping[str, Sequence[int]],
    year: str | None = None,
    previous: Mapping[str, Rows] | None = None,
    reason: str | None = None,
    options: Mapping[str, Any] | None = None,
    **tables: Rows,
) -> Case:
    return Case(
        code,
        because,
        year or _first_year(code),
        _tables(tables),
        None if previous is None else _tables(previous),
        flags,
        state,
        reason,
        options or {},
    )


def _first_year(code: str) -> str:
    return min(d.since for d in definitions() if d.code == code)


def _tables(tables: Mapping[str, Rows]) -> dict[str, list[Row]]:
    """One row may stand for a table of one; a row without CHILD is child A1's."""
    listed = {name: [rows] if isinstance(rows, Mapping) else list(rows) for name, rows in tables.items()}
    return {name: [{"CHILD": "A1", **row} for row in rows] for name, rows in listed.items()}


def frame(rows: Sequence[Row]) -> pl.DataFrame:
    """Rows as a frame of text, as a return is read."""
    columns = dict.fromkeys(name for row in rows for name in row) or {"CHILD": None}
    return pl.DataFrame(
        {name: [row.get(name) for row in rows] for name in columns}, schema=dict.fromkeys(columns, pl.String)
    )


def run(case: Case) -> returns903.Result:
    """Validate the return of a case by its one rule."""
    the_return = returns903.Return.from_frames(
        {name: frame(rows) for name, rows in case.tables.items()},
        previous=None if case.previous is None else {name: frame(rows) for name, rows in case.previous.items()},
        year=case.year,
        **case.options,
    )
    return returns903.validate(the_return, select=[case.code])


def check(case: Case) -> None:
    """The rule ends as the case says, and flags the rows it says."""
    assert case.year in RULE_YEARS
    result = run(case)
    outcome = result.outcomes[case.code]
    found: dict[str, list[int]] = {}
    for table, previous, row in result.findings.select("table", "previous", "row").iter_rows():
        found.setdefault(f"{table}.last_year" if previous else table, []).append(row)
    assert (outcome.state, found) == (case.state, {name: list(rows) for name, rows in case.flags.items()}), (
        outcome.reason
    )
    if case.reason is not None:
        assert outcome.reason == case.reason
