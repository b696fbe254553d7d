"""Cases that a rule must meet: small returns, and the rows that it flags in them.

``check(fires("353", "the day before", flags={"Episodes": [0]}, Episodes={"DECOM": "13/10/1991"}))``
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from returns903.engine import validate
from returns903.results import Result
from returns903.returns import Return
from returns903.rules import Definition, definitions
from returns903.tables.base import LAST_YEAR
from returns903.testing.told import Flags, Told

Row = Mapping[str, Any]
"""Cells by column; those of a row that are left out are blank, and a row without CHILD is child A1's."""
Rows = Row | Sequence[Row]
"""Rows of a table; one may stand for a table of one."""
NOTHING: list[Row] = []
"""A table that is there and has no rows."""


@dataclass(frozen=True)
class Case:
    """A return of a few rows, and what one rule makes of it."""

    code: str
    because: str
    """What the case is about."""
    year: str
    tables: Mapping[str, Sequence[Row]]
    previous: Mapping[str, Sequence[Row]] | None
    """Last year's tables; None for no return of last year."""
    flags: Flags
    """The rows that the rule flags, by table."""
    state: str
    """How the rule ends."""
    reason: str | None = None
    """Why it is skipped."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """What else `Return.from_frames` is given."""

    def __str__(self) -> str:
        return f"{self.code} {self.year} {self.state}: {self.because}"

    @property
    def definition(self) -> Definition:
        """The one that the case is about."""
        return next(d for d in definitions() if d.code == self.code and d.in_force(self.year))

    def load(self) -> Return:
        """The return of the case."""
        last = {f"{name}.{LAST_YEAR}": rows for name, rows in (self.previous or {}).items()}
        return load({**self.tables, **last}, self.year, previous=self.previous is not None, **self.options)


def fires(code: str, because: str, *, flags: Flags, **given: Any) -> Case:
    """The rule flags exactly these rows, counted from 0: ``flags={"Episodes": [0]}``, ``"Episodes.last_year"`` too.

    Args:
        code: the rule.
        because: what the case is about.
        flags: the rows by table.
        given: the tables by name, each a row or a list of rows; `previous`, last year's tables likewise; `year`, the
            first in which there is the rule where it is not given; and `options`, what else `Return.from_frames` is
            to be given.
    """
    return _case(code, because, "findings", flags=flags, **given)


def passes(code: str, because: str, **given: Any) -> Case:
    """A near miss: the rule runs and flags nothing. The arguments are those of `fires`."""
    return _case(code, because, "passed", flags={}, **given)


def skips(code: str, because: str, *, reason: str, **given: Any) -> Case:
    """The rule cannot run, and says why. The arguments are those of `fires`."""
    return _case(code, because, "skipped", flags={}, reason=reason, **given)


def check(case: Case) -> None:
    """The rule ends as the case says, and flags the rows it says.

    Raises:
        AssertionError: it does not; the text says what differs.
    """
    __tracebackhide__ = True
    result = run(case)
    told = Told(result)
    outcome = result.outcomes[case.code]
    told.compare(case.code, case.flags, state=case.state)
    if case.reason is not None and outcome.reason != case.reason:
        told.say(f"{case.code} says {outcome.reason!r}, and the case {case.reason!r}")
    if told.differs:
        msg = f"not as the case says: {case.because}"
        raise told.error(msg)


def run(case: Case) -> Result:
    """Validate the return of a case by its one rule."""
    return validate(case.load(), select=[case.code])


def load(
    given: Mapping[str, Rows | pl.DataFrame], year: str, *, previous: bool | None = None, **options: Any
) -> Return:
    """A return from rows by table; the tables of last year's are called ``Episodes.last_year``.

    Args:
        given: the tables.
        year: the collection year.
        previous: whether last year's return is there; where one of its tables is, if not given.
        options: what else `Return.from_frames` is given.
    """
    frames = {name: rows if isinstance(rows, pl.DataFrame) else frame(_listed(rows)) for name, rows in given.items()}
    last = {name.removesuffix(f".{LAST_YEAR}"): of for name, of in frames.items() if name.endswith(f".{LAST_YEAR}")}
    now = {name: of for name, of in frames.items() if not name.endswith(f".{LAST_YEAR}")}
    has_last = bool(last) if previous is None else previous
    return Return.from_frames(now, previous=last if has_last else None, year=year, **options)


def frame(rows: Sequence[Row]) -> pl.DataFrame:
    """Rows as a frame of text, as a return is read."""
    columns = dict.fromkeys(name for row in rows for name in row) or {"CHILD": None}
    return pl.DataFrame(
        {name: [row.get(name) for row in rows] for name in columns}, schema=dict.fromkeys(columns, pl.String)
    )


def _listed(rows: Rows) -> list[Row]:
    return [{"CHILD": "A1", **row} for row in ([rows] if isinstance(rows, Mapping) else rows)]


def _case(
    code: str,
    because: str,
    state: str,
    *,
    flags: Flags,
    year: str | None = None,
    previous: Mapping[str, Rows] | None = None,
    reason: str | None = None,
    options: Mapping[str, Any] | None = None,
    **tables: Rows,
) -> Case:
    return Case(
        code,
        because,
        year or min(d.since for d in definitions() if d.code == code),
        {name: _listed(rows) for name, rows in tables.items()},
        None if previous is None else {name: _listed(rows) for name, rows in previous.items()},
        flags,
        state,
        reason,
        options or {},
    )
