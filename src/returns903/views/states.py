"""The findings with what is told of each beside: whether it is new, whether it is accepted, what it is published as."""

from __future__ import annotations

import polars as pl

from returns903.results import Result
from returns903.rules import definitions_in_force


def with_states(result: Result) -> pl.DataFrame:
    """The findings, and behind them what was asked for.

    Columns: `since` (new, still there) where the result is held against an earlier one; `accepted` (the reason; null:
    not accepted), `accepted_by` and `accepted_until` where accepted findings are set apart; `published` (error, query)
    where rules are counted otherwise than published.
    """
    parts = [result.findings]
    if result.baseline is not None:
        parts.append(result.baseline.findings.select("since"))
    if result.acceptance is not None:
        parts.append(result.acceptance.findings)
    found = pl.concat(parts, how="horizontal")
    others = weighed_otherwise(result)
    if not others:
        return found
    as_published = pl.col("rule").replace_strict(others, default=None, return_dtype=pl.String)
    return found.with_columns(published=pl.coalesce(as_published, "severity"))


def weighed_otherwise(result: Result) -> dict[str, str]:
    """The severities that rules are published with, by code, of those that count as something else here."""
    published = {each.code: each.severity for each in definitions_in_force(result.rules_year)}
    return {
        code: published[code]
        for code in result.outcomes
        if code in published and published[code] != result.definition(code).severity
    }


def still_to_do(result: Result) -> pl.DataFrame:
    """The findings with their states, but for those that are accepted."""
    found = with_states(result)
    return found if result.acceptance is None else found.filter(pl.col("accepted").is_null())
