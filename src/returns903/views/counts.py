"""How much was found: by severity, by rule and by child."""

from __future__ import annotations

import polars as pl

from returns903.results import Result

EVERY = "all"
_ROW = pl.struct("previous", "table", "row")


def summary(result: Result) -> pl.DataFrame:
    """See `Result.summary`."""
    error, query = (result.findings.filter(severity=severity) for severity in ("error", "query"))
    found = pl.concat(_counted(frame) for frame in (error, query, result.findings))
    return found.select(pl.Series("severity", ["error", "query", EVERY]), *found.columns)


def by_rule(result: Result) -> pl.DataFrame:
    """See `Result.by_rule`."""
    told = [
        {
            "rule": code,
            "severity": result.definition(code).severity,
            "state": outcome.state,
            "reason": outcome.reason,
            "findings": outcome.count,
            "message": None if outcome.state == "crashed" else result.rules[code].message,
        }
        for code, outcome in result.outcomes.items()
    ]
    texts = dict.fromkeys(("rule", "severity", "state", "reason", "message"), pl.String)
    rules = pl.DataFrame(told, schema={**texts, "findings": pl.UInt32}, orient="row")
    counts = result.findings.group_by("rule").agg(children=pl.col("child").drop_nulls().n_unique().cast(pl.UInt32))
    found = rules.join(counts, on="rule", how="left", maintain_order="left").with_columns(
        pl.col("children").fill_null(0)
    )
    return found.select("rule", "severity", "state", "reason", "findings", "children", "message")


def by_child(result: Result) -> pl.DataFrame:
    """See `Result.by_child`."""
    of = {
        name: (pl.col("severity") == severity).sum() for name, severity in (("errors", "error"), ("queries", "query"))
    }
    counts = {**of, "rows": _ROW.n_unique()}
    found = result.findings.group_by("child").agg(
        *(each.cast(pl.UInt32).alias(name) for name, each in counts.items()),
        rules=pl.col("rule").unique(maintain_order=True),
    )
    return found.sort(["errors", "queries", "child"], descending=[True, True, False], nulls_last=True)


def _counted(findings: pl.DataFrame) -> pl.DataFrame:
    counts = {
        "rules": pl.col("rule").n_unique(),
        "findings": pl.len(),
        "rows": _ROW.n_unique(),
        "children": pl.col("child").drop_nulls().n_unique(),
    }
    return findings.select(each.cast(pl.UInt32).alias(name) for name, each in counts.items())
