"""A result at a glance: what each rule found and where it begins, and why rules did not run."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import polars as pl

from returns903.reports.accepted import accepted_by_rule
from returns903.reports.places import AT
from returns903.results import Result
from returns903.returns import Return
from returns903.rules import Rule, code_order
from returns903.words import printable

HINTS = {
    "no previous return": "--previous PATH",
    "no provider list": "--providers FILE",
    "no postcodes": "pip install 'returns903[postcodes]', or --postcodes FILE",
    "no local authority": "--la CODE",
}
"""What to type so that rules skipped for a reason run."""


LOUD: frozenset[str] = frozenset({"wrong year", "wrong previous", "emptied", "same file", "repeated rows"})
"""Kinds of notes that come first: what was checked may not be what was meant."""


@dataclass(frozen=True)
class Totals:
    """How much was found. A row that several rules flag is one row, and a child with several is one child."""

    rules: int
    findings: int
    rows: int
    children: int
    """Those whose identifier is given."""


@dataclass(frozen=True)
class Found:
    """What one rule found."""

    rule: Rule
    rows: int
    children: int
    places: list[str]
    """The first places, as ``episodes.csv:12``; ``Episodes row 3`` for frames."""
    ids: list[str]
    """The first children, for those who ask for them."""
    accepted: int
    """Of the rows, those that are accepted."""


def loud(result: Result) -> list[str]:
    """What nobody may overlook: why the run is no pass, and notes that the wrong thing may have been checked."""
    failures = [printable(f"not a pass: {failure}") for failure in result.failures]
    return failures + doubts(result.the_return)


def doubts(the_return: Return) -> list[str]:
    """The notes of a return that what was read may not be what was meant."""
    return [note.said for note in the_return.notes if note.kind in LOUD]


def totals(result: Result, severity: str) -> Totals:
    """How much was found of one severity."""
    return Totals(**result.summary().filter(severity=severity).drop("severity").row(0, named=True))


def found(result: Result, severity: str | None = None, places: int = 3) -> list[Found]:
    """What each rule with findings found, in the order of their codes; those of one severity where it is given."""
    by_rule = result.findings.group_by("rule", maintain_order=True).agg(
        rows=pl.len(),
        children=pl.col("child").drop_nulls().n_unique(),
        places=AT.unique(maintain_order=True).head(places),
        ids=pl.col("child").drop_nulls().unique(maintain_order=True).head(places),
    )
    taken = accepted_by_rule(result)
    every = [
        Found(result.rules[code], **about, accepted=taken.get(code, 0))
        for about in by_rule.iter_rows(named=True)
        if (code := about.pop("rule"))
    ]
    return [item for item in every if severity is None or item.rule.severity == severity]


@dataclass(frozen=True)
class Changed:
    """What changed in one rule since an earlier result."""

    rule: str
    new: int
    still_there: int
    fixed: int


def change(result: Result) -> str | None:
    """What changed since an earlier result, in a line; None where there is none."""
    if result.baseline is None:
        return None
    told = ", ".join(f"{many:,} {state}" for state, many in result.baseline.counts.items())
    return printable(f"Since {result.baseline.name}: {told}")


def changes(result: Result) -> list[Changed]:
    """The rules of which findings are new or were fixed since an earlier result."""
    rows = [] if result.baseline is None else result.baseline.by_rule().rows(named=True)
    found = [Changed(**row) for row in rows if row["new"] or row["fixed"]]
    return sorted(found, key=lambda each: code_order(each.rule))


def not_run(result: Result) -> dict[str, list[str]]:
    """The skipped rules by reason, the commonest reason first."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for code in result.codes("skipped"):
        reasons[result.outcomes[code].reason or ""].append(code)
    return dict(sorted(reasons.items(), key=lambda item: -len(item[1])))
