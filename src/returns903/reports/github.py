"""The findings as annotations of a GitHub workflow: one a rule, at the first place. No identifier, no cell."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from returns903.reports.accepted import accepted, lapsed, left, weighed
from returns903.reports.places import AT
from returns903.reports.summary import change, loud, not_run
from returns903.results import Result
from returns903.words import counted, printable

KINDS = {"error": "error", "query": "warning"}


def to_github(result: Result) -> str:
    """A line a rule with findings, after what makes the run no pass; at the end what did not run, and the count."""
    return "\n".join(_lines(result)) + "\n"


def _lines(result: Result) -> Iterator[str]:
    for said in loud(result):
        yield _line("error", said, title="returns903")
    by_rule = left(result).with_columns(at=AT).group_by("rule", maintain_order=True)
    first = by_rule.agg(
        pl.col("severity", "message", "at", "file", "line").first(),
        rows=pl.len(),
        children=pl.col("child").drop_nulls().n_unique(),
    )
    for row in first.iter_rows(named=True):
        many = f"{counted(row['rows'], 'row')} of {counted(row['children'], 'child', 'children')}, first at {row['at']}"
        place = {"file": row["file"], "line": row["line"]}
        yield _line(KINDS[row["severity"]], f"{row['message']} {many}", title=f"Rule {row['rule']}", **place)
    for reason, codes in not_run(result).items():
        yield _line("notice", f"did not run, {reason}: {', '.join(codes)}", title="returns903")
    for told in (weighed(result), accepted(result), *lapsed(result), change(result)):
        if told:
            yield _line("notice", told, title="returns903")
    every = result.summary().filter(severity="all").row(0, named=True)
    yield _line(
        "notice", f"{counted(every['findings'], 'finding')} of {counted(every['rules'], 'rule')}", title="returns903"
    )


def _line(kind: str, text: str, **about: str | int | None) -> str:
    """One command of the workflow; its parts are escaped as GitHub asks for."""
    told = ",".join(f"{name}={_part(str(value))}" for name, value in about.items() if value is not None)
    return f"::{kind} {told}::{_escaped(printable(text))}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _part(text: str) -> str:
    return _escaped(printable(text)).replace(":", "%3A").replace(",", "%2C")
