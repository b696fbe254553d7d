"""A result held against what was accepted: which findings are, and which entries hold no longer, and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

import polars as pl

from returns903.accepting.entries import Accepted, Entry
from returns903.accepting.grounds import with_grounds
from returns903.accepting.key import Key
from returns903.results import Result
from returns903.rules import definitions_in_force
from returns903.tables.base import LAST_YEAR
from returns903.words import printable

State = Literal[
    "accepted", "past its date", "cells changed", "no such finding", "an error, not forced", "rule did not run"
]
"""How an entry can stand. A rule that did not run tells nothing of it."""
STATES: tuple[State, ...] = get_args(State)
HOLDS, PAST, CHANGED, GONE, NOT_FORCED, NOT_RUN = STATES
LAPSED = (PAST, CHANGED, GONE, NOT_FORCED)
"""The states of entries that accept nothing, and are told."""
COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "accepted": pl.String,
    "accepted_by": pl.String,
    "accepted_until": pl.Date,
}
"""What is told of each finding: why it is accepted, by whom and until when; null: it is not."""
ENTRIES: dict[str, pl.DataType | type[pl.DataType]] = {
    "place": pl.String,
    "rule": pl.String,
    "table": pl.String,
    "state": pl.Enum(STATES),
    "findings": pl.UInt32,
    "is_error": pl.Boolean,
    "reason": pl.String,
    "by": pl.String,
    "until": pl.Date,
}


@dataclass(frozen=True)
class Acceptance:
    """A result held against a file of accepted findings."""

    name: str
    """What the file is called."""
    findings: pl.DataFrame = field(repr=False)
    """A row for each finding of the result, in its order: accepted (the reason; null where it is not accepted),
    accepted_by, accepted_until."""
    entries: pl.DataFrame = field(repr=False)
    """A row an entry: place (file and line), rule, table, state (accepted, past its date, cells changed, no such
    finding; an error, not forced; rule did not run), findings (that it accepts), is_error (the Department does not let
    it pass), reason, by, until."""
    is_key_open: bool
    """Whether others than its owner may read the key."""

    @cached_property
    def count(self) -> int:
        """How many findings are accepted."""
        return self.findings.height - self.findings.get_column("accepted").null_count()

    @cached_property
    def forced(self) -> int:
        """How many of those are errors that the Department does not let pass."""
        held = self.entries.filter(pl.col("state") == HOLDS, pl.col("is_error"))
        return int(held.get_column("findings").sum())

    @cached_property
    def states(self) -> dict[str, int]:
        """How many entries stand how, those states left out that none is in."""
        found = dict(self.entries.get_column("state").value_counts().iter_rows())
        return {state: found[state] for state in STATES if state in found}


def fingerprints(key: Key, grounds: pl.DataFrame) -> pl.DataFrame:
    """The fingerprints of findings that come with their grounds: the child's, and that of the cells."""
    name = pl.when("previous").then(pl.format(f"{{}}.{LAST_YEAR}", "table")).otherwise("table")
    rows = grounds.select("rule", name, "child", "grounds").rows()
    children = [child_of(key, rule, child) for rule, _, child, _ in rows]
    cells = [key.fingerprint("cells", *row) for row in rows]
    named = pl.DataFrame({"child": children, "cells": cells}, schema={"child": pl.String, "cells": pl.String})
    return grounds.select("place", "rule", name).hstack(named)


def child_of(key: Key, rule: str, child: str | None) -> str:
    """The fingerprint of a child. It is another for each rule, so that nobody can tell what is about one child."""
    return key.fingerprint("child", rule, child)


def hold(result: Result, accepted: Accepted, today: dt.date) -> Acceptance:
    """Hold the findings of a result against what was accepted, as it stands on a day."""
    errors = published_errors(result)
    places: dict[tuple[str, ...], list[int]] = {}
    for place, *about in fingerprints(accepted.key, with_grounds(result, _concerned(result, accepted))).rows():
        places.setdefault(tuple(about), []).append(place)
    of_children = {about[:3] for about in places}
    rows, told = [], []
    for number, entry in enumerate(accepted.entries):
        theirs = places.get(entry.about, [])
        state = _state(result, entry, theirs, entry.about[:3] in of_children, entry.rule in errors, today)
        theirs = theirs if state == HOLDS else []
        why = (entry.reason, entry.by, entry.until)
        rows.append((accepted.place(number), entry.rule, entry.table, state, len(theirs), entry.rule in errors, *why))
        told += [(place, *why) for place in theirs]
    whys = pl.DataFrame(told, schema={"place": pl.UInt32, **COLUMNS}, orient="row").unique("place", keep="last")
    return Acceptance(
        name=printable(accepted.path.name),
        findings=_numbers(result).join(whys, on="place", how="left", maintain_order="left").drop("place"),
        entries=pl.DataFrame(rows, schema=ENTRIES, orient="row"),
        is_key_open=accepted.is_open_to_others,
    )


def _numbers(result: Result) -> pl.DataFrame:
    return pl.DataFrame({"place": pl.int_range(result.findings.height, dtype=pl.UInt32, eager=True)})


def _concerned(result: Result, accepted: Accepted) -> pl.Series:
    """The findings, by number, of those rules and children that the file is about."""
    rules, children = {e.rule for e in accepted.entries}, {e.child for e in accepted.entries}
    found = result.findings.with_row_index("place").filter(pl.col("rule").is_in(list(rules)))
    marks = pl.Series([child_of(accepted.key, *row) for row in found.select("rule", "child").rows()], dtype=pl.String)
    return found.get_column("place").filter(marks.is_in(list(children)))


def _state(result: Result, entry: Entry, theirs: list[int], is_of_child: bool, is_error: bool, today: dt.date) -> State:
    """How an entry stands, of which these are the findings."""
    outcome = result.outcomes.get(entry.rule)
    if outcome is None or outcome.state in ("skipped", "crashed"):
        return NOT_RUN
    if not theirs:
        return CHANGED if is_of_child else GONE
    if entry.until < today:
        return PAST
    return NOT_FORCED if is_error and not entry.forced else HOLDS


def published_errors(result: Result) -> frozenset[str]:
    """The rules that the Department publishes as errors, whatever they count as here."""
    published = {each.code: each.severity for each in definitions_in_force(result.rules_year) if not each.is_own}
    return frozenset(code for code in result.outcomes if published.get(code) == "error")
