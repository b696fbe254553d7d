"""What is accepted and what holds no longer, in words: the same in every form. No identifier, no cell, no reason."""

from __future__ import annotations

import polars as pl

from returns903.accepting.held import CHANGED, GONE, LAPSED, NOT_FORCED, NOT_RUN, PAST
from returns903.results import Result
from returns903.views.states import still_to_do, weighed_otherwise
from returns903.words import counted

_WHY = {
    PAST: "its last day is past",
    CHANGED: "a cell that the rule reads has changed since: look again",
    GONE: "the rule does not find it any more: take the entry out",
    NOT_FORCED: "an error, which the Department does not let pass: it takes --force-errors to accept one",
}


def accepted(result: Result) -> str | None:
    """How much is accepted, in a line; None where nothing is set apart."""
    held = result.acceptance
    if held is None:
        return None
    rules = held.entries.filter(pl.col("findings") > 0).get_column("rule").n_unique()
    told = f"Accepted by {held.name}: {counted(held.count, 'finding')} of {counted(rules, 'rule')}"
    if held.forced:
        told += f", among them {counted(held.forced, 'error')}, which the Department does not let pass"
    not_run = held.states.get(NOT_RUN, 0)
    return f"{told}; {counted(not_run, 'entry', 'entries')} of rules that did not run" if not_run else told


def lapsed(result: Result) -> list[str]:
    """The entries that accept nothing, each with its place and why."""
    if result.acceptance is None:
        return []
    rows = result.acceptance.entries.filter(pl.col("state").is_in(LAPSED))
    return [f"{row['place']}, rule {row['rule']}: {_WHY[row['state']]}" for row in rows.iter_rows(named=True)]


def doubts(result: Result) -> list[str]:
    """What is to be said of the file beside the report: that some of it holds no longer, or that its key lies open."""
    held = result.acceptance
    if held is None:
        return []
    told = [f"{held.states[state]:,} {state}" for state in LAPSED if state in held.states]
    said = [f"{held.name}: {', '.join(told)}; the report names them"] if told else []
    key = f"the key of {held.name} can be read by others than its owner: chmod 600 makes it private"
    return [*said, key] if held.is_key_open else said


def weighed(result: Result) -> str | None:
    """The rules that count as something else than published, in a line; None where none does."""
    told = [f"{code} as {result.definition(code).severity}" for code in weighed_otherwise(result)]
    return f"Counted otherwise than published: {', '.join(told)}" if told else None


def accepted_by_rule(result: Result) -> dict[str, int]:
    """How many findings of each rule are accepted; rules with none are left out."""
    if result.acceptance is None:
        return {}
    rules = result.findings.select("rule").filter(result.acceptance.findings.get_column("accepted").is_not_null())
    return dict(rules.group_by("rule", maintain_order=True).len().iter_rows())


def left(result: Result) -> pl.DataFrame:
    """The findings that are not accepted, as `Result.findings` has them."""
    return still_to_do(result).select(result.findings.columns)
